#!/bin/sh
# asset_bytes.sh ASSETS: the compressed bytes of what each kind of page loads stay within product/screens.md.
# Prints a line a page; ends with 1 when one is over.
set -u
cd "$1" || exit 1
over=0

weigh() { # NAME LIMIT_KB FILE…
    name=$1 limit=$(($2 * 1024)) sum=0
    shift 2
    for f in "$@"; do
        case $f in
        *.woff2) n=$(wc -c <"$f") ;;
        *) n=$(gzip -9c "$f" | wc -c) ;;
        esac
        sum=$((sum + n))
    done
    echo "$name: $sum of $limit bytes"
    [ "$sum" -le "$limit" ] || over=1
}

weigh "public css" 8 app.css
weigh "public js" 5 app.js
weigh "public fonts" 26 fonts/literata.woff2 fonts/ui-400.woff2
weigh "work css" 10 app.css work.css
weigh "work js" 12 app.js work.js
weigh "work fonts" 26 fonts/ui-400.woff2 fonts/ui-600.woff2
weigh "editor css" 15 app.css work.css editor/editor.css
weigh "editor js" 110 app.js work.js editor/editor.js
weigh "editor fonts" 50 fonts/literata.woff2 fonts/ui-400.woff2 fonts/ui-600.woff2
exit $over
