// expat and its callbacks; the first error wins and stops the parser.
#include "exchange/xml_part.h"

#include <expat.h>

#include <memory>

namespace tz::exchange {
namespace {

constexpr XML_Char kSeparator = '\n';  // between namespace and name: in no name, and in no URI

std::string_view local(const char* name) {
  const std::string_view whole(name);
  const std::size_t at = whole.rfind(kSeparator);
  return at == std::string_view::npos ? whole : whole.substr(at + 1);
}

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

class Parsing {
 public:
  Parsing(const std::string& part, const XlsxLimits& limits, PartReader& reader)
      : part_(part), limits_(limits), reader_(reader) {}

  Outcome open() {
    parser_.reset(XML_ParserCreateNS(nullptr, kSeparator));
    if (!parser_) return failure("out_of_memory");
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), &Parsing::on_begin, &Parsing::on_end);
    XML_SetCharacterDataHandler(parser_.get(), &Parsing::on_text);
    XML_SetStartDoctypeDeclHandler(parser_.get(), &Parsing::on_doctype);
    return Done{};
  }

  Outcome feed(std::string_view piece) {
    fed_ += piece.size();
    return parse(piece, XML_FALSE);
  }
  Outcome finish() { return parse({}, XML_TRUE); }

 private:
  static Parsing& self(void* data) { return *static_cast<Parsing*>(data); }
  static void on_begin(void* data, const XML_Char* name, const XML_Char** attributes) {
    Parsing& me = self(data);
    if (me.error_) return;
    if (++me.depth_ > me.limits_.depth_max)
      return me.stop(too_large("depth", me.limits_.depth_max));
    me.keep(me.reader_.begin(local(name), Attributes(attributes)));
  }
  static void on_end(void* data, const XML_Char* name) {
    Parsing& me = self(data);
    if (me.error_) return;
    --me.depth_;
    me.keep(me.reader_.end(local(name)));
  }
  static void on_text(void* data, const XML_Char* text, int count) {
    Parsing& me = self(data);
    if (!me.error_) me.keep(me.reader_.text({text, static_cast<std::size_t>(count)}));
  }
  static void on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    Parsing& me = self(data);
    if (!me.error_) me.stop(refusal("xlsx_doctype", {{"part", me.part_}}));
  }

  void keep(const Outcome& outcome) {
    if (!outcome.ok()) stop(outcome.error());
  }
  void stop(Error error) {
    error_ = std::move(error);
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  Outcome parse(std::string_view piece, int last) {
    const XML_Status status =
        XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), last);
    if (error_) return *error_;
    if (status != XML_STATUS_OK)
      return damaged(part_, XML_ErrorString(XML_GetErrorCode(parser_.get())));
    // expat keeps an unfinished token and may look at it again with every piece.
    const XML_Index at = XML_GetCurrentByteIndex(parser_.get());
    if (at >= 0 && fed_ - static_cast<std::size_t>(at) > limits_.token_bytes_max)
      return too_large("token_bytes", limits_.token_bytes_max);
    return Done{};
  }

  const std::string& part_;
  const XlsxLimits& limits_;
  PartReader& reader_;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser_;
  std::optional<Error> error_;
  std::size_t depth_ = 0;
  std::size_t fed_ = 0;
};

}  // namespace

std::optional<std::string_view> Attributes::find(std::string_view name) const {
  for (const char* const* at = pairs_; *at != nullptr; at += 2)
    if (local(*at) == name) return std::string_view(at[1]);
  return std::nullopt;
}

Outcome read_part(Archive& archive, const std::string& part, const XlsxLimits& limits,
                  PartReader& reader) {
  Parsing parsing(part, limits, reader);
  TZ_TRY(parsing.open());
  TZ_TRY(archive.read(part, [&](std::string_view piece) { return parsing.feed(piece); }));
  return parsing.finish();
}

}  // namespace tz::exchange
