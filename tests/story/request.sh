#!/bin/sh
# Plays a resident's request, from the page for everybody to the archive: disputed, shelved, done
# again, and judged by who sent it; docs/story-request.md tells it.
#
#   request.sh BASE ACCOUNTS LATER      as in lib.sh; the accounts are those that run.sh makes
set -eu

# shellcheck source=tests/story/lib.sh
. "$(dirname "$0")/lib.sh"
cast='ys-county-recorder ys-county-supervisor ys-supervisor ys-zhujian ys-county jilin-recorder'

# follow CODE [FIELD=WORD…]: the page by which a reporter follows $item, and what he says there.
follow() {
  code=$1
  shift
  for one in "$@"; do
    set -- "$@" --data-urlencode "$one"
    shift
  done
  request --data-urlencode "item=$item" --data-urlencode "code=$code" -d lang=en "$@" "$base/follow"
}

# told STATUS SENTENCE WORDS: that page says so.
told() {
  [ "$status" = "$1" ] || fail "$3: answered $status and not $1"
  grep -qF "$2" "$work/body" || fail "$3: the page does not say: $2"
  printf '%s %-26s %s\n' "$1" '(page)' "$3"
}

sign_in_all
day=$(today)
due=$(in_days "$day" 5)

echo '-- sent in by somebody without an account'
post /api/v1/requests '{"unit": "YS0101", "category": "public_services"}'
expect 400 field_required 'a request that says nothing'
post /api/v1/requests '{"unit": "YS0101", "kind": "problem", "text": "路灯不亮"}'
expect 404 reports_not_taken 'a kind that takes none'
post /api/v1/requests '{"unit": "YS0101", "category": "public_services",
  "text": "我家住三单元，楼前三盏路灯坏了三个月。"}'
expect 201 - 'a request: its number and a query code, told once'
item=$(pick item) secret=$(pick code)
mine=$item
same YS0101 receiver code
follow 0000-0000-0000-0000
told 404 'There is no such number, or the code is not its own.' 'its page by a wrong code'
follow "$secret"
told 200 Received 'and by his own'

echo '-- written down for somebody who calls'
called='"unit": "YS0101", "category": "public_services", "text": "三单元前路灯不亮。"'
as ys-county-recorder POST /api/v1/items/on-behalf "{\"source\": \"online\", $called}"
expect 409 source_unknown 'as if he had sent it himself'
as ys-county-recorder POST /api/v1/items/on-behalf '{"source": "telephone", "accused": ["YS010101"],
  "text": "镇里推诿。"}'
expect 403 accusation_not_on_behalf 'what complains of a unit'
as ys-zhujian POST /api/v1/items/on-behalf "{\"source\": \"telephone\", $called}"
expect 403 not_permitted 'by who receives none'
as ys-county-recorder POST /api/v1/items/on-behalf "{\"source\": \"telephone\", $called}"
expect 201 - 'by the recorder'
call=$(pick item) caller=$(pick code)

echo '-- accepted, and dispatched by its abstract'
look jilin-recorder "$mine"
expect 404 item_unknown 'another city: no such item'
look ys-county-recorder
act ys-county-recorder accept '{}'
expect 200 - 'the county accepts'
dispatch="{\"lead\": \"YS0101-ZJJ\", \"due\": \"$due\"}"
act ys-county-supervisor assign "$dispatch"
expect 409 abstract_not_reviewed 'dispatched as he wrote it'
act ys-county-recorder abstract '{"title": "路灯不亮", "text": "某小区三盏路灯损坏三个月。"}'
expect 200 - 'the recorder writes the abstract'
act ys-county-recorder approve_abstract '{}'
expect 403 not_permitted 'and does not approve it'
act ys-county-supervisor approve_abstract '{}'
expect 200 - 'the supervisor does'
act ys-county-supervisor assign "$dispatch"
expect 200 - 'dispatched to the housing bureau'
look ys-zhujian
same 路灯不亮 title
same '' report text
clock objection state runs

echo '-- disputed'
act ys-zhujian object '{}'
expect 400 field_required 'an objection without its reason'
act ys-zhujian object '{"reason": "路灯归县政府管护。"}'
expect 200 - 'the bureau objects'
act ys-county-supervisor uphold '{"reason": "归你局。"}'
expect 403 same_person 'decided by who dispatched'
act ys-supervisor uphold '{"reason": "先由你局核实产权。"}'
expect 200 - 'the prefecture upholds'
act ys-county-supervisor reassign "{\"lead\": \"YS0101\", \"due\": \"$due\", \"reason\": \"已核实。\"}"
expect 200 - 'dispatched to the county itself'
act ys-county object '{"reason": "产权已移交住建局。"}'
expect 200 - 'the county objects'
act ys-supervisor redispatch "{\"lead\": \"YS0101-ZJJ\", \"due\": \"$due\",
  \"reason\": \"移交文书齐全。\"}"
expect 200 - 'the prefecture agrees, and dispatches to the bureau again'
look ys-zhujian
clock contact state runs
handled_by=$(pick clocks clock=handle due_day)

echo '-- contacted first'
act ys-zhujian answer '{"text": "已修好。"}'
expect 409 transition_not_from_here 'answered before the reporter is contacted'
act ys-zhujian contact '{"text": "已通过查询页留言，约定次日查看。"}'
expect 200 - 'he is contacted'
look ys-zhujian
clock contact state stopped

echo '-- shelved'
act ys-county-supervisor shelve "{\"due\": \"$due\", \"reason\": \"待灯杆到货。\"}"
expect 409 transition_not_from_here 'shelved unasked'
act ys-zhujian ask_shelving '{"text": "灯杆锈断，须订制，十月中旬到货。"}'
expect 200 - 'the bureau asks to shelve it, with its plan'
act ys-zhujian shelve "{\"due\": \"$due\", \"reason\": \"待灯杆到货。\"}"
expect 403 not_permitted 'and does not do so itself'
act ys-county-supervisor shelve "{\"due\": \"$(in_days "$day" 30)\", \"reason\": \"待灯杆到货。\"}"
expect 200 - 'the county shelves it until a day'
look ys-zhujian
same suspended phase
same "$due" original_due
clock handle state stands_still

days_pass 26
look ys-zhujian
clock handle state stands_still
act ys-zhujian take_up '{"text": "灯杆已到货。"}'
expect 200 - 'taken up again'
look ys-zhujian
clock handle state runs
clock handle first_due_day "$handled_by"

echo '-- answered, and sent back'
act ys-zhujian answer '{"text": "已更换灯杆。"}'
expect 200 - 'the bureau answers'
act ys-zhujian close '{"outcome": "handled", "text": "已修好。"}'
expect 403 not_permitted 'and does not close'
act ys-county-supervisor send_back '{"reason": "只换了两盏。"}'
expect 200 - 'the county sends it back'
act ys-zhujian answer '{"text": "第三盏也已更换。"}'
expect 200 - 'done again, and answered'
act ys-county-supervisor close '{"outcome": "fixed", "text": "三盏路灯已修好。"}'
expect 409 outcome_unknown 'closed as fixed, which only the reporter can say'
act ys-county-supervisor close '{"outcome": "handled", "text": "三盏路灯已修好。"}'
expect 200 - 'closed, with the answer that the reporter reads'

echo '-- the verdict'
act ys-county-recorder judge '{"solved": "yes", "satisfied": "yes", "way": "phone"}'
expect 409 verdict_is_reporters 'given by the county, which had the work for a while'
follow "$secret"
told 200 三盏路灯已修好。 'he reads the answer'
closing=$(grep -o 'name="closure" value="[0-9]*"' "$work/body" | grep -o '[0-9]*')
follow "$secret" do=judge "closure=$closing" solved=no satisfied=no
told 200 Reopened 'not solved: it is open again'
look ys-county-supervisor
same reopened state id
same 1 reopened
act ys-county-supervisor assign "{\"lead\": \"YS0101-ZJJ\", \"due\": \"$(in_days "$day" 5)\"}"
expect 200 - 'dispatched again'
act ys-zhujian contact '{"text": "已约定当晚查看。"}'
act ys-zhujian answer '{"text": "线路接头已修。"}'
expect 200 - 'the bureau contacts him and answers'
act ys-county-supervisor close '{"outcome": "handled", "text": "线路已修，三盏均亮。"}'
expect 200 - 'closed again'
act ys-county-supervisor archive '{}'
expect 409 clock_still_runs 'archived while he may still judge'
follow "$secret" do=judge "closure=$((closing + 1))" solved=yes satisfied=yes
told 200 Closed 'solved, and he is satisfied'
follow "$secret" do=judge "closure=$((closing + 1))" solved=no satisfied=no
told 409 'You have given your verdict' 'a second verdict'

echo '-- the call about the same'
look ys-county-recorder "$call"
act ys-county-recorder accept '{}'
expect 200 - 'the county accepts it'
act ys-county-supervisor same_matter "{\"into\": \"$mine\", \"text\": \"路灯已经修好。\"}"
expect 200 - 'it is answered by what was done, and nothing reopened'
act ys-county-recorder judge '{"solved": "yes", "satisfied": "yes", "way": "phone"}'
expect 409 verdict_is_reporters 'the verdict, given for the caller'
follow "$caller"
told 200 '路灯已经修好。' 'the caller sees it closed, by his own code'

days_pass 20
echo '-- archived'
look ys-county-supervisor "$mine"
act ys-county-supervisor archive '{}'
expect 200 - 'the time for a verdict is over'
look ys-county-recorder
same archived state id
same yes judgement satisfied
echo 'everything was as expected'
