# What the stories of this folder have in common: sourced by each, with its arguments.
#
#   STORY.sh BASE ACCOUNTS [LATER]
#
# BASE is the address of a server of the demonstration ledger, ACCOUNTS a file of lines of role,
# name, unit and password such as its keys/demo-accounts.txt. LATER is a command that, given a
# number of days, brings the ledger's clock so much further and has the server running again when
# it ends. A story ends at the first answer that is not as told, with 1.
# shellcheck shell=sh
# shellcheck disable=SC2034 # what is set here is read by the stories

base=${1:?the address of the server} accounts=${2:?the file of accounts} later=${3:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "FAILED: $*" >&2
  [ ! -s "$work/body" ] || cat "$work/body" >&2
  exit 1
}

# pick NAME…: that member of the last answer; of a list, the element of that number, or for
# KEY=WORD the one whose KEY is that word.
pick() {
  python3 -c '
import json, sys
value = json.load(open(sys.argv[1]))
for name in sys.argv[2:]:
    if isinstance(value, list) and "=" in name:
        key, word = name.split("=", 1)
        value = next(one for one in value if one[key] == word)
    else:
        value = value[int(name)] if isinstance(value, list) else value[name]
print("" if value is None else value)' "$work/body" "$@"
}

# expect STATUS CODE WORDS: the last answer had that status and, unless -, that code.
expect() {
  [ "$status" = "$1" ] || fail "$3: answered $status and not $1"
  [ "$2" = - ] || [ "$(pick code)" = "$2" ] || fail "$3: $(pick code) and not $2"
  printf '%s %-26s %s\n' "$1" "$2" "$3"
}

# same VALUE NAME…: the last answer has that member.
same() {
  wanted=$1
  shift
  found=$(pick "$@")
  [ "$found" = "$wanted" ] || fail "$* is '$found' and not '$wanted'"
}

# --- requests

# request CURL-OPTION… URL: $status and the body of the answer.
request() {
  status=$(curl -s -o "$work/body" -w '%{http_code}' -H 'Accept-Language: en' "$@")
}

get() { request "$base$1"; }

# post PATH BODY: by nobody in particular.
post() { request -H 'Content-Type: application/json' --data-binary "$2" "$base$1"; }

sign_in() {
  password=$(awk -v name="$1" '$2 == name { print $4 }' "$accounts")
  [ -n "$password" ] || fail "no account $1 in $accounts"
  request -c "$work/$1.jar" -H 'Content-Type: application/json' \
    -d "{\"name\": \"$1\", \"password\": \"$password\"}" "$base/api/v1/session"
  expect 200 - "$1 signs in"
  pick csrf >"$work/$1.csrf"
}

# Whom the story's $cast names, in a session each.
sign_in_all() { for one in ${cast:?}; do sign_in "$one"; done; }

# as ACCOUNT METHOD PATH [BODY] [CURL-OPTION…]: a request in that account's session.
as() {
  who=$1 method=$2 path=$3 body=${4:-}
  shift 3
  [ $# -eq 0 ] || shift
  [ -z "$body" ] || set -- -H 'Content-Type: application/json' --data-binary "$body" "$@"
  request -X "$method" -b "$work/$who.jar" -H "X-CSRF-Token: $(cat "$work/$who.csrf")" "$@" \
    "$base$path"
}

# --- an item: $item and $version are of the one that was listed, looked at or changed last

# list ACCOUNT BODY: lists an item.
list() {
  as "$1" POST /api/v1/items "$2"
  [ "$status" != 201 ] || item=$(pick item) version=$(pick version)
}

# look ACCOUNT [ITEM]: at the item as it is now.
look() {
  item=${2:-$item}
  as "$1" GET "/api/v1/items/$item"
  [ "$status" != 200 ] || version=$(pick version)
}

# act ACCOUNT TRANSITION BODY [VERSION]: a change of the item, naming the version last seen.
act() {
  as "$1" POST "/api/v1/items/$item/$2" "$3" -H "If-Match: \"${4:-$version}\""
  [ "$status" != 200 ] || version=$(pick version)
}

# clock NAME MEMBER VALUE: of a time limit of the item that was looked at.
clock() { same "$3" clocks "clock=$1" "$2"; }

# upload ACCOUNT FILE: $sha256 is the name of what was taken.
upload() {
  request -b "$work/$1.jar" -H "X-CSRF-Token: $(cat "$work/$1.csrf")" \
    -H 'Content-Type: application/octet-stream' --data-binary "@$2" "$base/api/v1/evidence"
  [ "$status" != 201 ] || sha256=$(pick sha256)
}

# sheet WORDS: $work/sheet.pdf, a document that says so.
sheet() { printf '%%PDF-1.4\n%% %s\n%%%%EOF\n' "$1" >"$work/sheet.pdf"; }

# post_of ACCOUNT: the number of its post.
post_of() {
  as "$1" GET /api/v1/session
  pick posts 0 post
}

# --- days

today() {
  get /api/v1/kinds
  pick instant | cut -c1-10
}
in_days() { date -d "$1 +$2 days" +%F; }

# days_pass NUMBER: sessions end meanwhile; $day is the new day.
days_pass() {
  # shellcheck disable=SC2086 # a command and its arguments
  $later "$1"
  sign_in_all
  day=$(today)
  echo "-- $1 days later, on $day"
}
