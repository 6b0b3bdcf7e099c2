asrun log "logged meanwhile" --at 18:02 >&2
sed -i s/two/second/ "$1"
