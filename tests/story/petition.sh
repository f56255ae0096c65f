#!/bin/sh
# Plays a petition's whole life, from its registration to the end of its second review, with what is
# refused on the way; docs/story-petition.md tells it.
#
#   petition.sh BASE ACCOUNTS LATER      as in lib.sh; the accounts are those that run.sh makes
set -eu

# shellcheck source=tests/story/lib.sh
. "$(dirname "$0")/lib.sh"
cast='ys-county-recorder ys-county-supervisor ys-zhujian ys-supervisor ys-province-supervisor
  jilin-recorder'
# So many days pass each time that no limit ends on a day of rest, from which it would move on.

echo '-- by the regulations of 2022, with their window for objecting; the demonstration is of 2019'
days_pass 1000
due=$(in_days "$day" 45)

echo '-- registered'
petition='{"kind": "petition", "unit": "YS0101", "source": "letter", "category": "demand",
  "title": "要求补发工资", "description": "工程完工后拖欠三个月工资。"}'
list ys-zhujian "$petition"
expect 403 not_permitted 'the bureau it is about does not register it'
list ys-county-recorder "$petition"
expect 201 - 'the county registers another one of the same day'
late=$item
list ys-county-recorder "$petition"
expect 201 - 'the county registers a petition'
look jilin-recorder
expect 404 item_unknown 'another city: no such item'
look ys-county-supervisor
clock register due_day "$(in_days "$day" 15)"
get '/api/v1/units/YS0101/rollup?by=state'
expect 200 - 'what everybody sees of the county'
! grep -q petition "$work/body" || fail 'totals of petitions are among it'

echo '-- referred, within 15 days'
refer="{\"lead\": \"YS0101-ZJJ\", \"due\": \"$due\"}"
act ys-county-recorder refer "$refer"
expect 403 not_permitted 'the recorder does not refer'
act ys-county-supervisor accept '{"text": "予以受理。"}'
expect 409 transition_not_from_here 'accepting before it is referred'
act ys-county-supervisor refer "$refer"
expect 200 - 'the county refers it to the housing bureau'
seen=$version
look ys-county-supervisor
clock register state stopped
clock accept due_day "$(in_days "$day" 15)"
mine=$item
look ys-county-supervisor "$late"
act ys-county-supervisor refer "$refer"
expect 200 - 'and the other one'
look ys-zhujian "$mine"

echo '-- objected to, within 5 working days'
act ys-zhujian object '{}'
expect 400 field_required 'an objection without its reason'
act ys-zhujian object '{"reason": "属于人社部门职责。"}'
expect 200 - 'the bureau objects'
act ys-county-supervisor uphold "{\"lead\": \"YS0101-ZJJ\", \"due\": \"$due\",
  \"reason\": \"工程由你局发包，先行办理。\"}" "$seen"
expect 412 version_stale 'an answer to what it was before'
act ys-county-supervisor uphold "{\"lead\": \"YS0101-ZJJ\", \"due\": \"$due\",
  \"reason\": \"工程由你局发包，先行办理。\"}"
expect 200 - 'the county upholds its referral'

days_pass 14
look ys-zhujian "$late"
act ys-zhujian object '{"reason": "属于人社部门职责。"}'
expect 409 clock_ended 'the other one is objected to too late'

echo '-- accepted, and the petitioner told within 15 days'
look ys-zhujian "$mine"
act ys-zhujian accept '{"text": "决定受理，已书面告知信访人。"}'
expect 200 - 'the bureau accepts'
look ys-county-supervisor
clock accept state stopped
clock handle due_day "$(in_days "$day" 60)"

echo '-- prolonged once, by at most 30 days'
prolong='"reason": "须向三家分包单位核实。"'
act ys-county-supervisor prolong_handling "{\"extension\": \"30d\"}"
expect 400 field_required 'prolonged without a reason'
act ys-county-supervisor prolong_handling "{\"extension\": \"31d\", $prolong}"
expect 409 extension_over_cap 'prolonged by 31 days'
act ys-zhujian prolong_handling "{\"extension\": \"30d\", $prolong}"
expect 403 not_permitted 'the bureau prolongs its own limit'
act ys-county-supervisor prolong_handling "{\"extension\": \"30d\", $prolong}"
expect 200 - 'prolonged by 30 days'
act ys-county-supervisor prolong_handling "{\"extension\": \"1d\", $prolong}"
expect 409 extensions_too_many 'prolonged again'
look ys-county-supervisor
clock handle first_due_day "$(in_days "$day" 60)"
clock handle due_day "$(in_days "$day" 90)"

days_pass 75
echo '-- replied to in writing'
look ys-county-supervisor
clock handle state runs
act ys-county-supervisor reply '{"outcome": "not_supported", "text": "没有依据。"}'
expect 409 transition_not_from_here 'a reply before there is an opinion'
act ys-zhujian draft_opinion '{"text": "拖欠两个月属实，一个月已发。"}'
expect 200 - 'the bureau drafts the opinion'
act ys-zhujian reply '{"outcome": "explained", "text": "已发一个月。"}'
expect 403 not_permitted 'and does not issue it'
act ys-county-supervisor reply '{"outcome": "explained", "text": "欠发两个月，已责令补发。"}'
expect 200 - 'the county replies'
look ys-county-supervisor
clock handle state stopped
same replied state id
clock ask_review due_day "$(in_days "$day" 30)"

days_pass 27
echo '-- review, asked for within 30 days of the reply'
look ys-supervisor
act ys-zhujian ask_review '{"reason": "信访人不服。"}'
expect 403 not_permitted 'the bureau cannot ask for it'
act ys-supervisor ask_review '{"reason": "信访人书面申请复查。"}'
expect 200 - 'the prefecture takes the application'
look ys-supervisor
same in_review state id
clock review due_day "$(in_days "$day" 30)"
act ys-supervisor give_review '{"outcome": "upheld"}'
expect 400 field_required 'a review without its text'
act ys-supervisor give_review '{"outcome": "upheld", "text": "原处理意见事实清楚，予以维持。"}'
expect 200 - 'the prefecture gives its review'

echo '-- second review'
act ys-province-supervisor ask_rereview '{"reason": "信访人书面申请复核。"}'
expect 200 - 'the province takes the application'
look ys-province-supervisor
clock rereview due_day "$(in_days "$day" 30)"
act ys-province-supervisor open_hearing '{"reason": "案情复杂，举行听证。"}'
expect 200 - 'it holds a hearing'
look ys-province-supervisor
clock rereview state stands_still
ends=$(pick clocks clock=rereview first_due_day)

days_pass 12
look ys-province-supervisor
act ys-province-supervisor give_rereview '{"outcome": "changed", "text": "补发三个月。"}'
expect 409 transition_not_from_here 'no opinion while the hearing lasts'
act ys-province-supervisor end_hearing '{"text": "听证结束，笔录附卷。"}'
expect 200 - 'the hearing ends'
look ys-province-supervisor
clock rereview first_due_day "$ends"
clock rereview due_day "$(in_days "$ends" 12)"
act ys-province-supervisor give_rereview '{"outcome": "changed", "text": "应补发三个月工资。"}'
expect 200 - 'the province gives the second review'
look ys-county-recorder
same ended state id
act ys-supervisor ask_review '{"reason": "再次申请。"}'
expect 409 transition_not_from_here 'there is no third'

echo '-- what stays'
as ys-county-recorder GET "/api/v1/items/$item"
same explained closures 0 outcome
same upheld closures 1 outcome
same changed closures 2 outcome
same True closures 2 stands
echo 'everything was as expected'
