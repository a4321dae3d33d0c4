#!/bin/sh
# Makes the sound and the video of data/demo/media: two spoken sentences, four drawn steps.
#   tools/demo_sounds.sh        (Debian: espeak-ng ffmpeg librsvg2-bin)
set -eu
out=$(cd "$(dirname "$0")/.." && pwd)/data/demo/media
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

espeak-ng -v vi -s 130 -w "$work/a.wav" \
    "Mỗi tối chúng ta học hai chữ thôi. Học được chữ nào, mai ra chợ tìm chữ ấy mà đọc. Đọc được một lần là chữ thành của mình."
ffmpeg -loglevel error -y -i "$work/a.wav" -ac 1 -ar 24000 -b:a 24k -map_metadata -1 "$out/loi-co-hoa.mp3"

# A sheet of paper on a table, a telephone's frame that comes to stand straight over it, a tick.
step() { # N ANGLE LIGHT TICK
    cat >"$work/$1.svg" <<SVG
<svg xmlns="http://www.w3.org/2000/svg" width="960" height="540" viewBox="0 0 960 540">
<rect width="960" height="540" fill="#c99e6b"/><circle cx="480" cy="270" r="330" fill="#fff3cf" opacity="$3"/>
<rect x="380" y="120" width="200" height="290" rx="6" fill="#fffdf6"/>
<g fill="#b9ae98"><rect x="405" y="150" width="110" height="12" rx="6"/><rect x="405" y="185" width="150" height="8" rx="4"/><rect x="405" y="210" width="150" height="8" rx="4"/>
<rect x="405" y="235" width="130" height="8" rx="4"/><rect x="405" y="260" width="150" height="8" rx="4"/><rect x="405" y="285" width="90" height="8" rx="4"/></g><circle cx="530" cy="360" r="24" fill="#c9553f"/>
<g transform="rotate($2 480 265)"><rect x="350" y="70" width="260" height="400" rx="30" fill="none" stroke="#28333f" stroke-width="18"/><circle cx="480" cy="446" r="12" fill="#28333f"/></g>
<g opacity="$4"><circle cx="720" cy="270" r="60" fill="#4f9a6a"/><path d="M 690 272 L 714 296 L 752 248" fill="none" stroke="#fffdf6" stroke-width="14" stroke-linecap="round" stroke-linejoin="round"/></g>
</svg>
SVG
    rsvg-convert -o "$work/$1.png" "$work/$1.svg"
}
n=100
for at in "-24 0 0" "-24 0.35 0" "-24 0.75 0" "-18 0.75 0" "-12 0.75 0" "-6 0.75 0" "0 0.75 0" "0 0.75 0.5" "0 0.75 1" "0 0.75 1"; do
    # shellcheck disable=SC2086
    step $n $at
    n=$((n + 1))
done
ffmpeg -loglevel error -y -framerate 1.25 -pattern_type glob -i "$work/1*.png" -c:v libx264 -preset slow -crf 30 -r 25 \
    -pix_fmt yuv420p -movflags +faststart -map_metadata -1 "$out/nhip-tay.mp4"
ls -l "$out"
