[ "$1" = --wait ] || exit 9
printf "한 줄\n" | cat - "$2" > "$2.new"
mv "$2.new" "$2"
