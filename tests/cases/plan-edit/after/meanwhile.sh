asrun plan edit announce --owner Lee --quiet
sed -i 's/Announce to all/Announce to everybody/' "$1"
