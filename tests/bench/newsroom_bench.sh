#!/bin/sh
# newsroom_bench.sh [N]: the newsroom's pages with N (100,000) generated articles: 200 requests each, one after another, signed
# in as an editor. Prints queries (from the log), median and 95th percentile in milliseconds, measured by curl on loopback.
. "$(dirname "$0")/kit.sh"
n=${1:-100000}
data=${BENCH_DATA:-$work/data} # a folder that is kept between runs, where named
if [ ! -e "$data/bantin.db" ]; then
    "$build/bantin" demo --data "$data" 2>/dev/null
    began=$(date +%s)
    "$build/bantin" demo --data "$data" --articles "$n" 2>/dev/null
    echo "$n articles written in $(($(date +%s) - began)) s"
fi
BANTIN_LOG=debug serve "$data"
sign_in bientap
sleep 8
status=0
for path in ${PATHS:-} /toa-soan /toa-soan/bai '/toa-soan/bai?trang-thai=review' '/toa-soan/bai?q=chi+bo' /toa-soan/so / /cac-so '/tim-kiem?q=sinh+hoat' '/tim-kiem?q=chi'; do
    for i in $(seq 200); do
        curl -s -o /dev/null -H "Cookie: $cookie" -w '%{time_starttransfer} %{time_pretransfer} %{http_code}\n' "$url$path"
    done >"$work/raw"
    awk '{ print ($1 - $2) * 1000 }' "$work/raw" >"$work/times"
    queries=$(grep -o 'route=[^ ]* status=[0-9]* us=[0-9]* queries=[0-9]*' "$work/serve.log" | tail -1 | sed 's/.*queries=//')
    printf '%-34s status %s, %2s queries, median %6.2f ms, p95 %6.2f ms\n' "$path" "$(tail -1 "$work/raw" | cut -d' ' -f3)" "$queries" \
        "$(quantile "$work/times" 50)" "$(quantile "$work/times" 95)"
done
grep -E 'VmRSS|VmHWM' "/proc/$server/status"
exit $status
