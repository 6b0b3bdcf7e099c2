1i 18:40 Thank [after: announce]
s/18:00+09:00 Announce/18:15+09:00 Announce to all/
s/ \[command: [^]]*\]\]//
/\[id: look\]/d
