// A programme over the small ledger: three counties are asked, and the five units below them.
#pragma once

#include <string_view>

namespace tz::support {

// Of the counties (tier above) and of townships and villages (tier ground), in one batch that the
// small ledger's clock stands in.
constexpr std::string_view kSmallProgramme = R"(id: small
version: 1
title: {zh-CN: 小专项, en: A small programme}
basis: {zh-CN: 演示文件, en: A document that was made up}
period: {from: 2019-09-01, to: 2019-11-30}
budget: {county: 9, township: 9, village: 9}
batches:
  - {id: only, title: {zh-CN: 一批, en: The batch}, from: 2019-09-01, to: 2019-11-30}
tiers:
  - {id: above, title: {zh-CN: 县级, en: Counties}, batch: only, select: [{kinds: [county]}]}
  - id: ground
    title: {zh-CN: 基层, en: Below}
    batch: only
    select: [{kinds: [township, village]}]
requirements:
  - id: study
    title: {zh-CN: 学习, en: Study}
    sort: study
    of: [above]
    due: 2019-11-30
    met_by: result
  - id: self_check
    title: {zh-CN: 自查, en: Self-check}
    sort: self_examination
    of: [above, ground]
    due: 2019-11-30
  - id: meeting
    title: {zh-CN: 会议, en: Meeting}
    sort: meeting
    of: [ground]
    due: 2019-11-30
    quorum: 2/3
  - id: report
    title: {zh-CN: 报告, en: Report}
    sort: deliverable
    of: [ground]
    due: 2019-09-20
    delivers: {zh-CN: 一份报告, en: One report}
  - id: chaos
    title: {zh-CN: 整治乱象, en: Disorder}
    sort: rectification
    of: [ground]
    due: 2019-11-30
    set_by: central
  - id: parking
    title: {zh-CN: 整治乱停车, en: Parking}
    sort: rectification
    of: [ground]
    due: 2019-11-30
    set_by: local
    parent: chaos
)";

}  // namespace tz::support
