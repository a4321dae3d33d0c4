#!/bin/sh
# http_bench.sh [BUILD]: a cached page of 20 KB from our server against the same file from nginx, 64 connections by wrk,
# alternating, five rounds of five seconds; nginx as it comes, but for unlimited requests per connection. Prints the medians and the ratios; fails under 0.8 of nginx or over twice
# its 99th percentile (T9).
set -eu
build=${1:-build}
loops=${LOOPS:-1}
for tool in nginx wrk; do command -v $tool >/dev/null || PATH=$PATH:/usr/sbin; command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 77; }; done
work=$(mktemp -d)
ours= ; theirs=
end() {
    [ -z "$theirs" ] || kill "$theirs" 2>/dev/null || true
    exec 9>&- || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap end EXIT INT TERM

i=0; : >"$work/page.html"
while [ "$(wc -c <"$work/page.html")" -lt 20480 ]; do
    i=$((i + 1)); echo "<p>Đoạn thứ $i của một trang mẫu để đo tốc độ.</p>" >>"$work/page.html"
done
mkfifo "$work/in"
"$build/platform/http/http_bench" "$work/page.html" "$loops" <"$work/in" >"$work/port" &
exec 9>"$work/in"
until [ -s "$work/port" ]; do sleep 0.1; done
port=$(cat "$work/port")
nginx_port=$((port > 60000 ? port - 1000 : port + 1000))
cat >"$work/nginx.conf" <<CONF
daemon off; worker_processes $loops; pid $work/nginx.pid; error_log $work/error.log crit;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
  types { text/html html; } client_body_temp_path $work; proxy_temp_path $work; fastcgi_temp_path $work;
  uwsgi_temp_path $work; scgi_temp_path $work;
  server { listen 127.0.0.1:$nginx_port; root $work; } }
CONF
chmod 755 "$work"
nginx -e "$work/error.log" -c "$work/nginx.conf" & theirs=$!
sleep 0.5

measure() { # url -> "requests-per-second p99-in-microseconds"
    wrk -t1 -c64 -d"${SECONDS_EACH:-5}s" --latency "$1" | awk '
        /Requests\/sec/ { rate = $2 }
        $1 == "99%" { v = $2; f = v ~ /us$/ ? 1 : v ~ /ms$/ ? 1000 : 1000000; sub(/[a-z]+$/, "", v); p99 = v * f }
        END { print rate, p99 }'
}
measure "http://127.0.0.1:$port/page.html" >/dev/null
for round in 1 2 3 4 5; do
    measure "http://127.0.0.1:$port/page.html" >>"$work/ours"
    measure "http://127.0.0.1:$nginx_port/page.html" >>"$work/theirs"
done
median() { cut -d' ' -f"$2" "$1" | sort -n | sed -n 3p; }
awk -v a="$(median "$work/ours" 1)" -v b="$(median "$work/theirs" 1)" -v p="$(median "$work/ours" 2)" \
    -v q="$(median "$work/theirs" 2)" 'BEGIN {
    printf "ours %.0f/s p99 %.1f ms, nginx %.0f/s p99 %.1f ms: rate %.2f, p99 %.2f\n", a, p / 1000, b, q / 1000, a / b, p / q
    exit !(a / b >= 0.8 && p / q <= 2) }'
