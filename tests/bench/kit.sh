# What the benches share: a demo installation served on a free port, in a folder that goes when the bench ends.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
work=$(mktemp -d)
pids=
end() {
    for pid in $pids; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap end EXIT INT TERM
PATH=$PATH:/usr/sbin

# serve DATA: starts the program and sets `url`.
serve() {
    "$build/bantin" migrate --data "$1" 2>/dev/null
    "$build/bantin" serve --data "$1" --port 0 >"$work/serve.out" 2>"$work/serve.log" &
    server=$!
    pids="$pids $server"
    until grep -q '^bantin: ' "$work/serve.out"; do
        kill -0 "$server" 2>/dev/null || { cat "$work/serve.log"; exit 1; }
        sleep 0.02
    done
    url=$(sed -n 's/^bantin: \(.*\)\/$/\1/p' "$work/serve.out")
}

# sign_in LOGIN: the session's cookie into $work/cookies, for curl -b.
sign_in() {
    curl -s -o /dev/null -c "$work/cookies" --data-urlencode "login=$1" --data-urlencode "password=bantin-dung-thu-2026" "$url/dang-nhap"
    sed -i 's/^#HttpOnly_//; s/\tTRUE\t\/\tTRUE\t/\tFALSE\t\/\tFALSE\t/' "$work/cookies"
    cookie=$(awk '$6 == "__Host-bantin" { print $6 "=" $7 }' "$work/cookies")
    [ -n "$cookie" ] || { echo "could not sign in as $1"; exit 1; }
}

# median and other quantiles of a file of numbers, one a line: quantile FILE PERCENT
quantile() { sort -n "$1" | awk -v p="$2" '{ v[NR] = $1 } END { i = int((NR - 1) * p / 100 + 1.5); if (i > NR) i = NR; print v[i] }'; }
