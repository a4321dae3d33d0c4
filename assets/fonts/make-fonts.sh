#!/bin/sh
# Makes the fonts of the web pages (here) and of the print composer (data/fonts) again from their published packages.
# Needs npm, fonttools and brotli for Python; nothing else in the project does: the results are committed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --no-audit --no-fund --ignore-scripts @expo-google-fonts/literata@0.4.3 @expo-google-fonts/be-vietnam-pro@0.4.1
src=node_modules/@expo-google-fonts
mkdir -p "$here/../../data/fonts"
python3=$(command -v /usr/bin/python3 || command -v python3)
"$python3" "$here/make_fonts.py" "$src" "$here" "$here/../../data/fonts"
cp "$src/literata/LICENSE_FONT" "$here/OFL-literata.txt"
cp "$src/be-vietnam-pro/LICENSE_FONT" "$here/OFL-be-vietnam-pro.txt"
cp "$here"/OFL-*.txt "$here/../../data/fonts/"
