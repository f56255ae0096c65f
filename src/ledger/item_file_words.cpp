// What the columns of a table of items are called, and which words their cells may hold.
#include <array>

#include "ledger/item_file.h"
#include "ledger/special_items.h"

namespace tz::ledger {
namespace {

constexpr std::array<ItemFileColumn, 21> kColumns = {
    {{{"unit", "单位代码", "Unit"}},
     {{"title", "标题", "Title"}, true},
     {{"description", "描述", "Description"}},
     {{"source", "来源", "Source"}, true},
     {{"upstream_no", "来源编号", "Upstream number"}},
     {{"source_doc", "来源文件", "Source document"}},
     {{"batch", "来源批次", "Batch"}},
     {{"feedback", "反馈日期", "Day of feedback"}},
     {{"category", "问题类别", "Category"}},
     {{"nature", "问题性质", "Nature"}},
     {{"severity", "严重程度", "Severity"}},
     {{"fix_class", "整改类型", "Fix class"}},
     {{"due", "整改时限", "Deadline"}},
     {{"occurred", "发生日期", "Occurred"}},
     {{"target", "整改目标", "Target"}},
     {{"key_measures", "重点措施", "Key measures"}},
     {{"implementing", "整改实施主体", "Implementing unit"}},
     {{"accepting", "验收单位", "Accepting unit"}},
     {{"special", "专项整治事项", "Special item"}},
     {{"scheme", "征迁项目", "Resettlement scheme"}},
     {{"remark", "备注", "Remark"}}}};
constexpr std::array<ItemFileWord, 4> kFixClasses = {{{"immediate", "立行立改", "Immediate"},
                                                      {"by_date", "限期整改", "By date"},
                                                      {"phased", "分阶段整改", "Phased"},
                                                      {"long_term", "长期坚持", "Long-term"}}};
constexpr std::array<ItemFileWord, 2> kNatures = {
    {{"individual", "个性", "Individual"}, {"common", "共性", "Common"}}};
constexpr std::array<ItemFileWord, 3> kSeverities = {
    {{"general", "一般", "General"}, {"key", "重点", "Key"}, {"major", "重大", "Major"}}};

std::vector<ItemFileWord> titled(const std::vector<std::string>& ids,
                                 const std::vector<Title>& titles) {
  std::vector<ItemFileWord> out;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const bool has_title = i < titles.size() && !titles[i].zh.empty() && !titles[i].en.empty();
    out.push_back(has_title ? ItemFileWord{ids[i], titles[i].zh, titles[i].en}
                            : ItemFileWord{ids[i], ids[i], ids[i]});
  }
  return out;
}

// Those that some programme still asks for.
std::vector<ItemFileWord> special_items(const State& state) {
  std::vector<ItemFileWord> out;
  for (std::uint32_t i = 0; i < state.specials.size(); ++i) {
    const AdoptedRequirement& one = words_of(state, i);
    if (!one.dropped)
      out.push_back({state.specials[i].name, one.words().title.zh, one.words().title.en});
  }
  return out;
}

// Those whose register is open.
std::vector<ItemFileWord> open_schemes(const State& state) {
  std::vector<ItemFileWord> out;
  for (const auto& scheme : state.schemes)
    if (!scheme->closed) out.push_back({scheme->code, scheme->name, scheme->name});
  return out;
}

}  // namespace

std::span<const ItemFileColumn> item_file_columns() { return kColumns; }

std::vector<ItemFileWord> item_file_choices(const State& state, const Flow& flow,
                                            std::string_view column) {
  const auto all = [](const auto& words) {
    return std::vector<ItemFileWord>(words.begin(), words.end());
  };
  if (column == "source") return titled(flow.sources, flow.source_titles);
  if (column == "category") return titled(flow.categories, flow.category_titles);
  if (column == "nature") return all(kNatures);
  if (column == "severity") return all(kSeverities);
  if (column == "fix_class") return all(kFixClasses);
  if (column == "special") return special_items(state);
  if (column == "scheme" && flow.resettles()) return open_schemes(state);
  return {};
}

std::string item_file_template() {
  std::string header;
  for (const ItemFileColumn& column : kColumns) {
    if (!header.empty()) header += ",";
    header += column.word.zh;
  }
  return "\xEF\xBB\xBF" + header +
         "\r\n220204006001,示例：楼道堆物,三单元楼道堆放旧家具,resident,,,,,housing,individual,"
         "general,by_date,,,,,,,,,\r\n";
}

}  // namespace tz::ledger
