#!/bin/sh
# Plays a major hazard's whole life, from its registration past its closing to a rebound, with what
# is refused on the way; docs/story-hazard.md tells it.
#
#   hazard.sh BASE ACCOUNTS LATER      as in lib.sh
set -eu

# shellcheck source=tests/story/lib.sh
. "$(dirname "$0")/lib.sh"
cast='ys-recorder ys-supervisor ys-zhujian ys-county-verifier ys-verifier-1 ys-verifier-2
  jilin-recorder'

sign_in_all
second=$(post_of ys-verifier-2)
day=$(today)
due=$(in_days "$day" 60)

# closed_fixed NUMBER: so many hazards of the village count as fixed, for everybody to see.
closed_fixed() {
  get /api/v1/units/YS010101-03
  same "$1" totals kind=hazard closed_fixed
}

echo '-- registered'
hazard='"kind": "hazard", "unit": "YS010101-03", "source": "hazard_search", "category": "gas",
  "title": "燃气管道被占压"'
list ys-recorder "{$hazard}"
expect 400 field_required 'ordinary or major is not said'
list jilin-recorder "{$hazard, \"severity\": \"major\"}"
expect 403 not_permitted 'by a recorder of another city'
list ys-recorder "{$hazard, \"severity\": \"major\"}"
expect 201 - 'the township registers a major hazard'
registered=$version

echo '-- assigned'
act ys-recorder assign "{\"lead\": \"YS0101-ZJJ\", \"due\": \"$due\"}"
expect 403 not_permitted 'the recorder does not assign'
act ys-supervisor assign "{\"lead\": \"YS0101-ZJJ\", \"due\": \"2019-01-01\"}"
expect 409 due_in_past 'a deadline in the past'
act ys-supervisor assign "{\"lead\": \"YS0101-ZJJ\", \"due\": \"$due\"}"
expect 200 - 'the prefecture assigns it to the housing bureau'
act ys-supervisor stop_use '{"reason": "治理前停止供气。"}' "$registered"
expect 412 version_stale 'a step that saw what it was before'
act ys-supervisor stop_use '{"reason": "治理前停止供气。"}'
expect 200 - 'it is taken out of use until then'

echo '-- the five assurances: who, measures, money, dates, an emergency plan'
measures="\"measures\": [{\"text\": \"拆除占压房屋\", \"due\": \"$due\"}]"
criterion='"criterion": "两处占压全部拆除。",
  "quantities": [{"id": "obstructions_removed", "unit": "place", "value": 2}]'
person='"responsible_person": "演示丙（虚构）"'
money='"funds": "县级财政安全生产专项"'
emergency='"emergency_plan": "停气、警戒并疏散周边住户。"'
act ys-zhujian plan "{$criterion, $person, $money, $emergency}"
expect 409 measures_missing 'no measures with their dates'
act ys-zhujian plan "{$measures, $criterion, $money, $emergency}"
expect 409 assurance_missing 'nobody who answers for it'
same responsible_person facts field
act ys-zhujian plan "{$measures, $criterion, $person, $emergency}"
expect 409 assurance_missing 'no money'
same funds facts field
act ys-zhujian plan "{$measures, $criterion, $person, $money}"
expect 409 assurance_missing 'no emergency plan'
same emergency_plan facts field
act ys-zhujian report '{"text": "先拆起来。"}'
expect 409 transition_not_from_here 'work before the plan'
act ys-zhujian plan "{$measures, $criterion, $person, $money, $emergency}"
expect 200 - 'the bureau plans, with all five'

echo '-- treated'
act ys-zhujian report '{"measure": 1, "done": false, "text": "第一处已拆除。"}'
expect 200 - 'it reports progress'
act ys-zhujian ask_review '{}'
expect 409 measures_not_done 'a review before the measure is done'
act ys-zhujian report '{"measure": 1, "done": true, "text": "两处均已拆除。"}'
expect 200 - 'the measure is done'
act ys-zhujian ask_review '{}'
expect 409 evidence_missing 'a review without evidence'
sheet "$item"
upload ys-zhujian "$work/sheet.pdf"
expect 201 - 'a test report of the gas company'
act ys-zhujian report "{\"text\": \"附检测报告。\", \"evidence\": [{\"sha256\": \"$sha256\"}]}"
expect 200 - 'and reported'
measured='"measured": [{"id": "obstructions_removed", "unit": "place", "value": 2}]'
act ys-zhujian ask_review '{}'
expect 409 quantities_not_measured 'a review without having counted'
act ys-zhujian ask_review "{$measured}"
expect 200 - 'the bureau asks for the review'
look ys-verifier-1
clock site_review due_day "$(in_days "$day" 10)"

echo '-- reviewed, and checked on site by two'
act ys-zhujian review '{"text": "自己看过了。"}'
expect 403 not_permitted 'who fixed holds no post to verify'
act ys-verifier-1 review '{"text": "材料齐全。"}'
expect 200 - 'the province reviews the papers'
act ys-verifier-1 check "{\"text\": \"到场\", $measured}"
expect 409 checkers_too_few 'a check by one'
act ys-verifier-1 check "{\"text\": \"到场\", \"checkers\": [$second]}"
expect 409 quantities_not_measured 'a check that measures nothing'
act ys-supervisor close '{"outcome": "fixed"}'
expect 409 transition_not_from_here 'closed before the check'
act ys-verifier-1 check "{\"text\": \"两处均已拆除。\", \"checkers\": [$second], $measured}"
expect 200 - 'two check on site'
act ys-zhujian close '{"outcome": "fixed"}'
expect 403 not_permitted 'who fixed does not close'
closed_fixed 0
act ys-supervisor close '{"outcome": "fixed", "reason": "现场审查通过。"}'
expect 200 - 'the prefecture closes it as removed'
closed_fixed 1
closed=$day
look ys-verifier-1
clock look_back_3 due_day "$(date -d "$closed +3 months" +%F)"

days_pass 80
echo '-- looked back at'
look ys-verifier-1
act ys-zhujian look_back_3 '{"found": "held", "text": "没有反弹。"}'
expect 403 not_permitted 'by who fixed'
act ys-verifier-1 look_back_3 '{"found": "held", "text": "没有反弹。"}'
expect 409 checkers_too_few 'by one'
look_back="\"checkers\": [$second]"
act ys-verifier-1 look_back_3 "{\"found\": \"held\", \"text\": \"没有反弹。\", $look_back}"
expect 200 - 'by two, who find that it held'
act ys-verifier-1 look_back_3 "{\"found\": \"held\", \"text\": \"没有反弹。\", $look_back}"
expect 409 clock_none 'once is enough'

days_pass 270
look ys-verifier-1
act ys-verifier-1 look_back_12 "{\"found\": \"rebound\", \"text\": \"又搭建一处。\", $look_back}"
expect 200 - 'after a year there is a rebound'
closed_fixed 0
look ys-recorder
same reopened state id
same 1 reopened
same fixed closures 0 outcome
same False closures 0 stands
act ys-supervisor close '{"outcome": "fixed"}'
expect 409 transition_not_from_here 'the check of before closes nothing'
act ys-zhujian report '{"text": "新搭建的一处已拆除。"}'
expect 409 transition_not_from_here 'work before a new plan'
measures="\"measures\": [{\"text\": \"再次拆除\", \"due\": \"$(in_days "$day" 20)\"}]"
act ys-zhujian plan "{$measures, $person, $money, $emergency}"
expect 200 - 'the bureau plans anew, under the same number'
echo 'everything was as expected'
