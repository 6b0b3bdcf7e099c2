printf "# not a comment\n\nThe detail has\n# a heading\n" | cat - "$1" > "$1.new"
mv "$1.new" "$1"
