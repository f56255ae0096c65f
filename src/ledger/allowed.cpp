// Codes with their Chinese titles, from the flows of the ledger.
#include "ledger/allowed.h"

#include <algorithm>

namespace tz::ledger {
namespace {

constexpr std::string_view kFixClasses =
    "immediate 立行立改、by_date 限期整改、phased 分阶段整改、long_term 长期坚持";
constexpr std::string_view kNatures = "individual 个性、common 共性";
constexpr std::string_view kSeverities = "general 一般、key 重点、major 重大";

void add(std::string& list, const std::string& code, const Title& title) {
  if (!list.empty()) list += "、";
  list += code;
  if (!title.zh.empty()) list += " " + title.zh;
}

std::string kinds_of(const State& state) {
  std::string list;
  for (const std::string& kind : state.kinds)
    if (const auto flow = state.flow_of(kind)) add(list, kind, state.flows[*flow]->title);
  return list;
}

std::string titled(const std::vector<std::string>& codes, const std::vector<Title>& titles) {
  std::string list;
  for (std::size_t i = 0; i < codes.size(); ++i)
    add(list, codes[i], i < titles.size() ? titles[i] : Title{});
  return list;
}

std::string sources_of(const State& state, std::string_view kind) {
  const auto index = state.flow_of(kind);
  if (!index) return {};
  return titled(state.flows[*index]->sources, state.flows[*index]->source_titles);
}

std::string categories_of(const State& state, std::string_view kind) {
  const auto index = state.flow_of(kind);
  if (!index) return {};
  return titled(state.flows[*index]->categories, state.flows[*index]->category_titles);
}

}  // namespace

Error with_allowed(Error error, const State& state, std::string_view kind) {
  const auto about = [&](std::string_view field) {
    return std::any_of(error.facts.begin(), error.facts.end(), [&](const auto& fact) {
      return fact.first == "field" && fact.second == field;
    });
  };
  std::string list;
  if (error.code == "kind_unknown") list = kinds_of(state);
  if (error.code == "source_unknown") list = sources_of(state, kind);
  if (error.code == "category_unknown") list = categories_of(state, kind);
  if (error.code == "field_bad" && about("fix_class")) list = kFixClasses;
  if (error.code == "field_bad" && about("nature")) list = kNatures;
  if (error.code == "field_bad" && about("severity")) list = kSeverities;
  if (!list.empty()) error.facts.emplace_back("allowed", std::move(list));
  return error;
}

}  // namespace tz::ledger
