#!/bin/sh
# Plays an item's whole life through the HTTP API by curl alone, with what is refused on the way;
# docs/story.md tells it.
#
#   story.sh BASE ACCOUNTS [LATER]      as in lib.sh
#
# Without LATER the new item stays under public notice, and the judgement is shown on an item that
# the demonstration has closed.
set -eu

# shellcheck source=tests/story/lib.sh
. "$(dirname "$0")/lib.sh"
cast='ys-recorder ys-supervisor ys-zhujian ys-county ys-county-verifier ys-verifier-1
  ys-verifier-2 jilin-recorder'

echo '-- who may come in'
get /api/v1/units/YS010101-02
expect 200 - 'a unit and its totals are public'
get /api/v1/items
expect 401 sign_in_needed 'items need an account'
request -H 'Authorization: Bearer tz_wrong' "$base/api/v1/items"
expect 401 token_unknown 'a wrong token'
post /api/v1/session '{"name": "ys-recorder", "password": "not-the-password"}'
expect 401 sign_in_refused 'a wrong password'
sign_in_all
day=$(today)
due=$(in_days "$day" 60)

echo '-- listing'
problem='{"kind": "problem", "unit": "YS010101-02", "source": "resident", "title": "路灯不亮",
  "description": "村口三盏路灯不亮。"}'
request -b "$work/ys-recorder.jar" -H 'Content-Type: application/json' -d "$problem" \
  "$base/api/v1/items"
expect 403 csrf_wrong 'a session without its secret'
as jilin-recorder POST /api/v1/items "$problem"
expect 403 not_permitted 'a recorder of another city'
as ys-recorder POST /api/v1/items '{"kind": "problem", "unit": "YS010101-02", "source": "rumour",
  "title": "路灯不亮"}'
expect 409 source_unknown 'a source that the flow does not name'
key="story-$$-$(date +%s)"
as ys-recorder POST /api/v1/items "$problem" -H "Idempotency-Key: $key"
expect 201 - 'the recorder lists a problem'
item=$(pick item) version=$(pick version)
as ys-recorder POST /api/v1/items "$problem" -H "Idempotency-Key: $key"
expect 201 - 'the same request again: the same answer'
same "$item" item
same True repeated
as ys-recorder POST /api/v1/items '{"kind": "problem", "unit": "YS010101-02", "source": "patrol",
  "title": "另一件事"}' -H "Idempotency-Key: $key"
expect 422 idempotency_mismatch 'the same key for something else'
look jilin-recorder
expect 404 item_unknown 'who has nothing to do with it: no such item'

echo '-- an owner and a deadline'
as ys-supervisor POST "/api/v1/items/$item/assign" "{\"lead\": \"YS0101-ZJJ\", \"due\": \"$due\"}"
expect 428 version_required 'a change that names no version'
act ys-supervisor assign '{"lead": "YS0101-ZJJ", "due": "2019-01-01"}'
expect 409 due_in_past 'a deadline in the past'
act ys-recorder assign "{\"lead\": \"YS0101-ZJJ\", \"due\": \"$due\"}"
expect 403 not_permitted 'the recorder may not assign'
listed=$version
act ys-supervisor assign "{\"lead\": \"YS0101-ZJJ\", \"due\": \"$due\"}"
expect 200 - 'the supervisor assigns it to the housing bureau'
act ys-supervisor reassign "{\"lead\": \"YS0101\", \"due\": \"$due\", \"reason\": \"改派\"}" \
  "$listed"
expect 412 version_stale 'a change that saw an old version'
[ -n "$(pick changes 0 type)" ] || fail 'it is not told what changed since'

echo '-- work'
act ys-zhujian report '{"text": "先干起来"}'
expect 409 transition_not_from_here 'work before a plan'
measures="[{\"text\": \"更换灯具\", \"due\": \"$due\"}]"
act ys-zhujian plan "{\"measures\": $measures}"
expect 409 criterion_missing 'a plan without a criterion'
act ys-zhujian plan "{\"measures\": $measures, \"criterion\": \"三盏路灯全部点亮。\",
  \"quantities\": [{\"id\": \"lamps_repaired\", \"unit\": \"lamp\", \"value\": 3}]}"
expect 200 - 'the bureau plans, with a criterion of three lamps'
act ys-zhujian report '{"measure": 1, "done": false, "text": "灯具已到。"}'
expect 200 - 'it reports progress'
act ys-zhujian request_closure '{"text": "申请销号。"}'
expect 409 measures_not_done 'close-out before the measure is done'
act ys-zhujian report '{"measure": 1, "done": true, "text": "已全部更换。"}'
expect 200 - 'it reports the measure done'
act ys-zhujian request_closure '{"text": "申请销号。"}'
expect 409 evidence_missing 'close-out without evidence'
echo '<html>not a document</html>' >"$work/page.html"
upload ys-zhujian "$work/page.html"
expect 415 evidence_type_not_allowed 'evidence that is a web page'
sheet "$item"
upload ys-zhujian "$work/sheet.pdf"
expect 201 - 'an acceptance sheet is uploaded'
[ "$sha256" = "$(sha256sum <"$work/sheet.pdf" | cut -d' ' -f1)" ] || fail 'another hash'
act ys-zhujian report "{\"text\": \"附验收单。\", \"evidence\": [{\"sha256\": \"$sha256\",
  \"name\": \"验收单\"}]}"
expect 200 - 'and reported'
act ys-zhujian request_closure '{"text": "申请销号。"}'
expect 409 quantities_not_measured 'close-out without having counted'
measured='[{"id": "lamps_repaired", "unit": "lamp", "value": 3}]'
act ys-zhujian request_closure "{\"text\": \"申请销号。\", \"measured\": $measured}"
expect 200 - 'the bureau asks for close-out'

echo '-- verification'
act ys-zhujian review '{"text": "自己看过了。"}'
expect 403 not_permitted 'who fixed holds no post to verify'
act ys-verifier-1 review '{"text": "材料齐全。"}'
expect 200 - 'the province reviews'
act ys-verifier-1 check "{\"text\": \"到场\", \"measured\": $measured}"
expect 409 checkers_too_few 'an on-site check by one'
second=$(post_of ys-verifier-2)
act ys-verifier-1 check "{\"text\": \"到场\", \"checkers\": [$second]}"
expect 409 quantities_not_measured 'a check that measures nothing'
act ys-verifier-1 check "{\"text\": \"三盏路灯均亮。\", \"checkers\": [$second],
  \"measured\": $measured}"
expect 200 - 'two check on site and count'

echo '-- a verifier of the unit that fixed: another item, led by the county itself'
mine=$item seen=$version
as ys-supervisor GET '/api/v1/items?unit=YS010101-01&kind=problem&state=in_progress&limit=1'
expect 200 - 'the item of the demonstration that was returned'
item=$(pick items 0 item) version=$(pick items 0 version)
act ys-county request_closure '{"text": "申请销号。"}'
expect 409 evidence_missing 'evidence of before the return does not count'
upload ys-county "$work/sheet.pdf"
expect 201 - 'the same sheet, uploaded by the county itself'
act ys-county report "{\"text\": \"重新整改。\", \"evidence\": [{\"sha256\": \"$sha256\"}]}"
expect 200 - 'the county reports the new work'
act ys-county request_closure "{\"text\": \"申请销号。\",
  \"measured\": [{\"id\": \"lamps_repaired\", \"unit\": \"lamp\", \"value\": 12}]}"
expect 200 - 'and asks for close-out'
act ys-county-verifier review '{"text": "本单位看过了。"}'
expect 403 verifier_is_fixer 'its own verifier may not check it'
act ys-verifier-1 return '{"reason": "仍有两盏不亮。"}'
expect 200 - 'the province returns it again'
item=$mine version=$seen

echo '-- public notice'
act ys-supervisor publicise "{\"notice_last\": \"$(in_days "$day" 2)\"}"
expect 409 notice_too_short 'a notice of two days'
act ys-supervisor publicise "{\"notice_last\": \"$(in_days "$day" 7)\"}"
expect 200 - 'a notice of five working days'
act ys-supervisor close '{"outcome": "fixed"}'
expect 409 notice_running 'closing while it runs'
echo '-- a text entered by mistake'
as ys-recorder GET "/api/v1/items/$item/history"
opened=$(pick records 0 seq)
act ys-zhujian redact "{\"record\": $opened, \"part\": 1, \"reason\": \"不该写\"}"
expect 403 not_permitted 'who fixes may not destroy a text'
act ys-recorder redact "{\"record\": $opened, \"part\": 1, \"reason\": \"含有不应记录的内容\"}"
expect 200 - 'the recorder destroys the description'
look ys-recorder
same '' description
as ys-recorder GET "/api/v1/items/$item/history"
expect 200 - 'its history is whole, but for that text'
same '' records 0 texts description
same 路灯不亮 records 0 texts title

echo '-- close-out and judgement'
if [ -n "$later" ]; then
  days_pass 8
  get /api/v1/units/YS010101-02
  fixed=$(pick totals 0 closed_fixed)
  act ys-supervisor close '{"outcome": "fixed", "reason": "公示期满无异议。"}'
  expect 200 - 'the supervisor closes it as fixed'
  get /api/v1/units/YS010101-02
  same $((fixed + 1)) totals 0 closed_fixed
  judge=ys-recorder
else
  echo '(no days pass: an item that is closed already is judged)'
  sign_in jilin-supervisor
  as jilin-supervisor GET '/api/v1/items?unit=2202&phase=closed&limit=1'
  expect 200 - 'the newest closed item of the city'
  item=$(pick items 0 item) version=$(pick items 0 version)
  judge=jilin-recorder
fi
act ys-verifier-1 reopen '{"reason": "再看看"}'
[ "$status" = 403 ] || [ "$status" = 404 ] || fail "a verifier reopens: $status"
printf '%s %-26s %s\n' "$status" "$(pick code)" 'a verifier may not reopen'
act "$judge" judge '{"satisfied": "yes"}'
expect 400 field_required 'a judgement that does not say whether it is solved'
act "$judge" judge '{"solved": "yes", "satisfied": "yes", "way": "phone", "text": "问题解决了。"}'
expect 200 - 'the reporter is content'
look "$judge"
expect 200 - 'the item says so'
same closed state id
same yes judgement solved

echo '-- the numbers and the proof'
get '/api/v1/units/YS010101/rollup?by=state'
expect 200 - 'totals by state, with position and instant'
[ -n "$(pick position)" ] || fail 'a number without its position'
[ -n "$(pick instant)" ] || fail 'a number without its instant'
get /log/checkpoint
[ "$status" = 200 ] || fail 'no checkpoint'
head -n 3 "$work/body"
echo 'everything was as expected'
