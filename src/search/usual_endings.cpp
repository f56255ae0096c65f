// Endings that people leave out when they name a unit.
#include "search/unit_index.h"

namespace tz::search {
namespace {

constexpr std::u16string_view kEndings[] = {
    u"社区居民委员会",
    u"社区居委会",
    u"社区村委会",
    u"社区",
    u"居民委员会",
    u"居委会",
    u"家委会",
    u"村民委员会",
    u"村委会",
    u"委员会",
    u"村",
    u"嘎查",
    u"嘎查村委会",
    u"小区",
    u"街道",
    u"街道办事处",
    u"办事处",
    u"镇",
    u"乡",
    u"民族乡",
    u"苏木",
    u"县",
    u"自治县",
    u"区",
    u"市",
    u"旗",
    u"自治旗",
    u"地区",
    u"盟",
    u"自治州",
    u"省",
    u"自治区",
    u"特别行政区",
    u"林区",
    u"林场",
    u"农场",
    u"牧场",
    u"管理区",
    u"开发区",
    u"经济开发区",
    u"园区",
    u"工业园区",
    u"虚拟社区",
    u"生活区",
    u"管委会",
    u"管理委员会",
};

}  // namespace

std::span<const std::u16string_view> usual_endings() { return kEndings; }

}  // namespace tz::search
