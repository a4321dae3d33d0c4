#!/bin/sh
# start_bench.sh: from the start of the program to its first answered page, on an existing database, eleven times; and the
# memory it holds when idle after having made the demo's editions.
. "$(dirname "$0")/kit.sh"
"$build/bantin" demo --data "$work/data" 2>/dev/null
serve "$work/data"
sleep 10
echo "idle after making the editions: $(awk '/VmRSS/ { print $2 / 1024 " MB resident" }' "/proc/$server/status"), peak $(awk '/VmHWM/ { print $2 / 1024 " MB" }' "/proc/$server/status")"
kill "$server"; wait "$server" || true
for round in 1 2 3 4 5 6 7 8 9 10 11; do
    port=$((20000 + $$ % 10000 + round))
    began=$(date +%s%N)
    "$build/bantin" serve --data "$work/data" --port $port >/dev/null 2>"$work/serve.log" & server=$!
    until curl -s -o /dev/null "http://127.0.0.1:$port/"; do :; done
    echo $((($(date +%s%N) - began) / 1000)) >>"$work/starts"
    [ $round != 11 ] || echo "idle after a start: $(awk '/VmRSS/ { print $2 / 1024 " MB resident" }' "/proc/$server/status")"
    kill "$server"; wait "$server" || true
done
awk -v m="$(quantile "$work/starts" 50)" -v h="$(quantile "$work/starts" 100)" 'BEGIN { printf "start to first answer: median %.0f ms, slowest %.0f ms\n", m / 1000, h / 1000; exit m > 100000 }'
