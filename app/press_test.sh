#!/bin/sh
# bantin press, the whole way: made-up files in, four editions out, without a server and leaving nothing behind.
# press_test.sh PROGRAM
set -eu
program=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
fail() { echo "press: $1" >&2; exit 1; }
cd "$folder"
unset BANTIN_DATA BANTIN_DATABASE
printf '<h1>Chuyện một cây cầu</h1><p>Cả thôn góp công, cây cầu xong trước mùa mưa.</p>' >mot.html
printf 'Nước sạch về bản\n\nBể nước mới phục vụ bốn mươi hộ.\n' >hai.txt
files="mot.html hai.txt"
if command -v pandoc >/dev/null; then
    printf '# Thư viện của làng\n\nMỗi nhà góp một quyển sách.\n' >ba.md
    pandoc -o ba.docx ba.md
    files="$files ba.docx"
fi
# shellcheck disable=SC2086
"$program" press --publication thu --name "Bản tin thử" --issue 4/2026 --out ra $files >in 2>loi || fail "$(cat loi)"
for ending in .pdf -a5.pdf .epub .txt; do
    [ -s "ra/thu-so-4-2026$ending" ] || fail "no $ending"
    grep -q "thu-so-4-2026$ending" in || fail "$ending was not named"
done
grep -q 'CHƯA DUYỆT' ra/thu-so-4-2026.txt || fail "not marked"
grep -q 'Bể nước mới' ra/thu-so-4-2026.txt || fail "words are missing"
unzip -tq ra/thu-so-4-2026.epub >/dev/null || fail "broken EPUB"
# The order is the one asked for.
"$program" press --publication thu --issue 5/2026 --order 2,1 --out ra mot.html hai.txt >/dev/null 2>&1
[ "$(grep -n 'Bể nước' ra/thu-so-5-2026.txt | cut -d: -f1)" -lt "$(grep -n 'Cả thôn' ra/thu-so-5-2026.txt | cut -d: -f1)" ] || fail "order"
# In a kept installation the same number is not made twice.
BANTIN_DATA=nha "$program" press --publication thu --issue 4/2026 --out ra hai.txt >/dev/null 2>&1 || fail "kept installation"
if BANTIN_DATA=nha "$program" press --publication thu --issue 4/2026 --out ra hai.txt >/dev/null 2>&1; then fail "made twice"; fi
# Wrong words are 2, a bad file 1.
status=0; "$program" press --publication thu --issue x --out ra hai.txt 2>/dev/null || status=$?
[ $status = 2 ] || fail "status $status for a wrong issue"
: >rong.txt
status=0; "$program" press --publication thu --issue 6/2026 --out ra rong.txt >/dev/null 2>&1 || status=$?
[ $status = 1 ] || fail "status $status for an empty file"
[ ! -e ra/thu-so-6-2026.pdf ] || fail "an edition of nothing"
