#!/bin/sh
# press_bench.sh: how long the press takes. First an issue of about 48 pages with photographs of 2,000 x 1,333 pixels made by
# ImageMagick, then `bantin press` on the real documents where BANTIN_SAMPLES (or ../shared/samples) has them.
. "$(dirname "$0")/kit.sh"
ninja -C "$build" areas/press/press_bench >/dev/null
mkdir "$work/pictures"
for i in $(seq 20); do
    convert -size 500x333 plasma:"hsl($((i * 17)),120,150)"-"hsl($((i * 31)),90,90)" -resize 2000x1333 -quality 85 "$work/pictures/$i.jpg"
done
"$build/areas/press/press_bench" "$work/pictures"
samples=${BANTIN_SAMPLES:-../shared/samples}
[ -d "$samples" ] || { echo "the real documents are not here: skipped"; exit 0; }
for round in 1 2 3 4 5; do
    rm -rf "$work/out"
    began=$(date +%s%N)
    BANTIN_LOG=debug "$build/bantin" press --publication thu --issue 4/2026 --out "$work/out" "$samples"/d[0-4]-*.docx >/dev/null 2>"$work/log" || { cat "$work/log"; exit 1; }
    echo $((($(date +%s%N) - began) / 1000000)) >>"$work/whole"
    sed -n 's/.*event=press.composed ms=\([0-9]*\).*/\1/p' "$work/log" >>"$work/composed"
done
echo "five real documents: whole command median $(quantile "$work/whole" 50) ms, of which both PDFs, EPUB and text $(quantile "$work/composed" 50) ms"
