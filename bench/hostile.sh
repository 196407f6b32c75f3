#!/usr/bin/env bash
# Turns wapiti, sqlmap, ffuf and slowhttptest (Debian's packages) and a thousand idle connections on a desk of its own: its own data folder,
# its own port, on the loopback alone. Each is bounded in time, some fifteen minutes in all. Sums up in a table what they found, and ends with 1
# when one found anything, was not there, or left the desk with an answer of 5xx.
#
#   bench/hostile.sh                  all of them
#   bench/hostile.sh ffuf idle        only these: ffuf idle slowhttptest sqlmap wapiti
set -u
cd "$(dirname "$0")/.."

WAPITI_SECONDS=${WAPITI_SECONDS:-240}
SQLMAP_SECONDS=${SQLMAP_SECONDS:-90}
SLOW_SECONDS=${SLOW_SECONDS:-30}
PASSWORD='copper lantern fjord 27'

work=$(mktemp -d)
chmod 755 "$work"
port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
desk="http://127.0.0.1:$port"
export DATA_DIR="$work/data" PORT="$port" HOST=127.0.0.1 PUBLIC_URL="$desk" LOG_LEVEL=info
unset DATABASE_URL DATABASE_OWNER_URL
verdict=0
rows=()
ulimit -n "$(ulimit -Hn)"

npm run --silent seed -- --password "$PASSWORD" >"$work/seed.log" 2>&1 || { cat "$work/seed.log"; exit 1; }
node --max-semi-space-size=8 --disable-warning=DeprecationWarning --import tsx src/server.ts >"$work/server.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 60); do curl -fs "$desk/readyz" >/dev/null && break; sleep 0.5; done

email=$(grep -oE '[a-z.]+@[a-z.]+' "$work/seed.log" | head -1)
for candidate in $(grep -i 'editor' "$work/seed.log" | grep -oE '[a-z.]+@[a-z.]+'); do email=$candidate; break; done

# A session for each tool: some of them follow every link, the way out too.
session() {
  curl -s -o /dev/null -D - -H 'Sec-Fetch-Site: same-origin' --data-urlencode "email=$email" --data-urlencode "password=$PASSWORD" \
    "$desk/sign-in" | sed -n 's/^set-cookie: \(stet_session=[^;]*\).*/\1/ip'
}

memory() { awk '/^VmRSS/ { print int($2 / 1024) " MB" }' "/proc/$server/status"; }
answers() { grep -c '"status":'"$1" "$work/server.log"; }
p99() { sort -n "$1" | awk '{ t[NR] = $1 } END { at = int(NR * 0.99); print t[at < 1 ? 1 : at] }'; }
# How long others wait with nobody attacking, by a few seconds before an attack and a few after it: the longer of both.
quiet=0
rest() {
  local until=$((SECONDS + 5)) was
  ask_while "$1" eval "[ \$SECONDS -lt $until ]"
  was=$(p99 "$work/times")
  quiet=$(printf '%s\n' "${was:-10}" "${2:-0}" | sort -n | tail -1)
}
# Over a second, and not because the machine has other work: over twice what others wait when nobody attacks.
is_late() { awk -v is="$1" -v quiet="$quiet" 'BEGIN { exit !(is > 1 && is > 2 * quiet) }'; }
# Asks for a list again and again while a condition holds, and writes down how long each took.
ask_while() {
  local cookie=$1
  shift
  : >"$work/times"
  while "$@" 2>/dev/null; do
    curl -fs -o /dev/null -m 10 -b "$cookie" -w '%{time_total}\n' "$desk/claims" >>"$work/times" || echo 10 >>"$work/times"
    sleep 0.1
  done
}

# A row of the table: what a tool found, and whether the desk stood it: alive, no answer of 5xx.
answered=0 faulty=0
told() {
  local tool=$1 found=$2 waited=${3:-} alive=yes all fives
  curl -fs -m 10 "$desk/readyz" >/dev/null || alive=no
  all=$(answers '[0-9]') fives=$(answers 5)
  [ "$found" = 0 ] && [ "$alive" = yes ] && [ "$fives" = "$faulty" ] || verdict=1
  rows+=("$tool|$found|$((all - answered))|$((fives - faulty))|${waited:--}|$(memory)|$alive")
  answered=$all faulty=$fives
}

# A door to the desk without its way out, which a scanner that sends every form would take at once. (wapiti's own way to leave an address out
# breaks under Python 3.11.)
open_door() {
  exec node -e '
    const { createServer, request } = require("node:http")
    const [port, cookie] = process.argv.slice(1)
    createServer((from, to) => {
      if (/^\/(sign-out|account\/sessions\/.*end)/.test(from.url)) return to.writeHead(404).end()
      const headers = { ...from.headers, cookie, "sec-fetch-site": "same-origin" }
      const out = request({ port, host: "127.0.0.1", path: from.url, method: from.method, headers }, (answer) => {
        to.writeHead(answer.statusCode, answer.headers)
        answer.pipe(to)
      })
      out.on("error", () => to.destroy())
      from.pipe(out)
    }).listen(0, "127.0.0.1", function () { console.log(this.address().port) })
  ' "$port" "$1" >"$work/door"
}

run_wapiti() {
  # Without the modules that wait for a call from elsewhere: nothing leaves the machine.
  echo "wapiti, $WAPITI_SECONDS s"
  local cookie
  cookie=$(session)
  open_door "$cookie" &
  local door=$!
  until [ -s "$work/door" ]; do sleep 0.2; done
  timeout $((WAPITI_SECONDS * 2)) wapiti -u "http://127.0.0.1:$(cat "$work/door")/" --scope domain --no-bugreport --flush-session \
    -m 'backup,blindsql,crlf,csp,exec,file,htaccess,methods,permanentxss,redirect,shellshock,sql,xss' --store-session "$work/wapiti" -f json -o "$work/wapiti.json" \
    --max-scan-time $((WAPITI_SECONDS / 4)) --max-attack-time $((WAPITI_SECONDS / 12)) >"$work/wapiti.log" 2>&1
  kill "$door"
  local found
  [ -f "$work/wapiti.json" ] || tail -5 "$work/wapiti.log"
  found=$(node -p 'const r=JSON.parse(require("fs").readFileSync(process.argv[1]));
    Object.entries({...r.vulnerabilities,...r.anomalies}).reduce((n,[k,v])=>(v.forEach(f=>console.error(k+": "+f.method+" "+f.path+" "+f.info)),n+v.length),0)' \
    "$work/wapiti.json" 2>"$work/wapiti.found" || echo 'no report')
  cat "$work/wapiti.found"
  told wapiti "$found"
}

run_sqlmap() {
  local cookie found=0
  cookie=$(session)
  local targets=(
    "claims?q=price&story=KZ&speaker=Tokayev&from=2022-01-01&sort=ref|"
    "parties?q=a&after=1|"
    "parties/suggestions?q=a|"
    "sources?q=a|"
    "stories/KZ/history?revision=1|"
    "exports/claims.csv?preset=verified&asOf=2026-01-01|"
    "sources|kind=article&title=a&url=https://example.org/a&revision=1"
    "claims/KZ-1/evidence|revision=1&source=%231&stance=supports&basis=document&note=a"
  )
  for target in "${targets[@]}"; do
    local path=${target%%|*} data=${target#*|}
    echo "sqlmap, $SQLMAP_SECONDS s: $path $data"
    timeout "$SQLMAP_SECONDS" sqlmap -u "$desk/$path" ${data:+--data "$data"} --cookie "$cookie" -H 'Sec-Fetch-Site: same-origin' \
      --batch --dbms PostgreSQL --level 2 --risk 2 --threads 4 --disable-coloring --output-dir "$work/sqlmap" >"$work/sqlmap.log" 2>&1
    if grep -qE 'identified the following injection|is vulnerable' "$work/sqlmap.log"; then
      found=$((found + 1))
      grep -E 'Parameter:|Type:|Payload:' "$work/sqlmap.log"
    fi
  done
  told sqlmap "$found"
}

run_ffuf() {
  echo 'ffuf'
  {
    for name in .env .git/config .git/HEAD .htaccess .DS_Store package.json package-lock.json tsconfig.json src/app.ts src/server.ts \
      prisma/schema.prisma data data/pg/postmaster.pid node_modules/express/package.json views/layout.ejs public public/stet.css assets \
      assets/ admin admin/ admin/login administrator wp-admin wp-login.php phpinfo.php server-status metrics debug actuator env config \
      backup backup.zip dump.sql db.sql database.sqlite api api/v1 graphql swagger.json openapi.json robots.txt.bak console trace status \
      users login logout register setup install test; do echo "$name"; done
    for up in ../ ..%2f %2e%2e/ %2e%2e%2f ..%5c %252e%252e%252f ....// .%00./ ..%c0%af; do
      for file in package.json etc/passwd data/pg/postmaster.pid; do echo "assets/$up$up$up$file"; echo "$up$up$up$file"; done
    done
  } >"$work/names"
  ffuf -s -u "$desk/FUZZ" -w "$work/names" -b "$(session)" -mc all -fc 400,404 -o "$work/ffuf.json" >/dev/null 2>&1
  local found
  found=$(node -p 'const r=JSON.parse(require("fs").readFileSync(process.argv[1]));
    r.results.forEach(f=>console.error(f.status+" "+f.input.FUZZ)); r.results.length' "$work/ffuf.json" 2>"$work/ffuf.found" || echo 'no report')
  cat "$work/ffuf.found"
  told ffuf "$found"
}

run_slowhttptest() {
  local cookie found kind late slow how asset
  asset=$(curl -s "$desk/sign-in" | grep -oE '/assets/[0-9a-f]+/stet.css')
  cookie=$(session)
  for kind in headers body read range pages; do
    echo "slowhttptest, slow $kind, $SLOW_SECONDS s"
    case $kind in
      headers) how=(-H -c 1000 -r 200 -u "$desk/sign-in") ;;
      body) how=(-B -t POST -c 1000 -r 200 -u "$desk/sign-in") ;;
      # A few bytes at a time of what costs next to nothing to make, so that it is the waiting that counts; then of a page that costs something.
      read) how=(-X -c 1000 -r 200 -w 1 -y 64 -n 2 -z 16 -u "$desk$asset") ;;
      pages) how=(-X -c 150 -r 5 -w 1 -y 64 -n 2 -z 16 -j "$cookie" -u "$desk/claims/KZ-1") ;;
      range) how=(-R -c 1000 -r 200 -a 1 -b 3000 -u "$desk$asset") ;;
    esac
    rest "$cookie"
    timeout $((SLOW_SECONDS + 30)) slowhttptest "${how[@]}" -i 5 -x 24 -p 3 -l "$SLOW_SECONDS" >"$work/slow.log" 2>&1 &
    slow=$!
    ask_while "$cookie" kill -0 "$slow"
    wait "$slow"
    cp "$work/times" "$work/slow.times"
    rest "$cookie" "$quiet"
    late=$(p99 "$work/slow.times")
    found=0
    is_late "$late" && found=1
    echo "others waited $late s at the 99th percentile, of $(wc -l <"$work/slow.times"); $quiet s with nobody attacking"
    told "slow $kind" "$found" "$late s, else $quiet s"
  done
}

run_idle() {
  echo 'a thousand idle connections, 38 s'
  local cookie found worst
  cookie=$(session)
  rest "$cookie"
  node --import tsx bench/idle.ts "$desk" "$cookie" | tee "$work/idle.log"
  rest "$cookie" "$quiet"
  read -r found worst < <(sed -n 's/^found \([0-9]*\) worst \(.*\)/\1 \2/p' "$work/idle.log")
  is_late "${worst:-99}" && found=$((${found:-0} + 1))
  told idle "${found:-no report}" "${worst:-?} s, else $quiet s"
}

# Waits that are measured come first, before the desk has anything else in it.
for tool in idle slowhttptest ffuf sqlmap wapiti; do
  [ $# = 0 ] || [[ " $* " == *" $tool "* ]] || continue
  if [ "$tool" = idle ] || command -v "$tool" >/dev/null; then
    "run_$tool"
  else
    rows+=("$tool|not installed: apt-get install $tool||||| ")
    verdict=1
  fi
done

echo
{
  echo 'tool|found|answers|of them 5xx|others waited (p99)|memory after it|alive'
  printf '%s\n' "${rows[@]}"
} | column -t -s '|'
grep '"status":5' "$work/server.log" | head -5
exit "$verdict"
