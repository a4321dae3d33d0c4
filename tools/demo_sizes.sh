#!/bin/sh
# tools/demo_sizes.sh CONVERTER: the sizes of the demo's pictures beside them, by the program's own helper (build/bantin-convert), so that
# a demo shows its pictures from its first second, also on a machine that cannot convert. Run after tools/demo_pictures.mjs.
set -eu
converter=$(realpath "$1")
cd "$(dirname "$0")/../data/demo/media"
for picture in *.jpeg; do
    sizes=${picture%.jpeg}
    rm -rf "$sizes"
    mkdir "$sizes"
    "$converter" picture "$picture" "$sizes" >/dev/null
    rm "$sizes/print.jpeg" # the press takes the largest size
    chmod 644 "$sizes"/*
done
