#!/bin/sh
# public_bench.sh: a real article page of the demo against nginx serving the same bytes as a file; 64 connections by wrk, in
# turn, five rounds of five seconds each. nginx as Debian configures it, but for unlimited requests a connection and no
# access log. Prints the medians and the ratios; fails under 0.8 of nginx's rate or over twice its 99th percentile (T9).
. "$(dirname "$0")/kit.sh"
command -v nginx >/dev/null && command -v wrk >/dev/null || { echo "skipped: nginx or wrk is missing"; exit 77; }
"$build/bantin" demo --data "$work/data" 2>/dev/null
serve "$work/data"
page=$(curl -s "$url/" | grep -o '/bai/[a-z0-9-]*' | head -1)
sleep 6 # pictures and editions of the demo are made in the first seconds
curl -s -o "$work/page.html" "$url$page"
nginx_port=$(($(echo "$url" | sed 's/.*://') - 1000))
chmod 755 "$work"
cat >"$work/nginx.conf" <<CONF
daemon off; worker_processes 1; pid $work/nginx.pid; error_log $work/error.log crit;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; types { text/html html; }
  client_body_temp_path $work; proxy_temp_path $work; fastcgi_temp_path $work; uwsgi_temp_path $work; scgi_temp_path $work;
  server { listen 127.0.0.1:$nginx_port; root $work; } }
CONF
nginx -e "$work/error.log" -c "$work/nginx.conf" & pids="$pids $!"
sleep 0.5
measure() { # address -> requests a second, 99th percentile in microseconds
    wrk -t1 -c64 -d"${SECONDS_EACH:-5}s" --latency "$1" | awk '
        /Requests\/sec/ { rate = $2 }
        $1 == "99%" { v = $2; f = v ~ /us$/ ? 1 : v ~ /ms$/ ? 1000 : 1000000; sub(/[a-z]+$/, "", v); p99 = v * f }
        END { print rate, p99 }'
}
for round in 1 2 3 4 5; do
    measure "$url$page" >>"$work/ours"
    measure "http://127.0.0.1:$nginx_port/page.html" >>"$work/theirs"
done
column() { cut -d' ' -f"$2" "$1" >"$work/column"; quantile "$work/column" 50; }
awk -v a="$(column "$work/ours" 1)" -v b="$(column "$work/theirs" 1)" -v p="$(column "$work/ours" 2)" \
    -v q="$(column "$work/theirs" 2)" -v n="$(wc -c <"$work/page.html")" 'BEGIN {
    printf "article page of %d bytes: bantin %.0f/s p99 %.1f ms, nginx %.0f/s p99 %.1f ms: rate %.2f, p99 %.2f\n", n, a, p / 1000, b, q / 1000, a / b, p / q
    exit !(a / b >= 0.8 && p / q <= 2) }'
