// The web that is built into the program, at its addresses: the page, and the files it loads.
#include <optional>

#include "base/csv.h"
#include "http/accept.h"
#include "http/handlers.h"
#include "http/web_page.h"

namespace tz::http {
namespace {

constexpr std::string_view kRoot = "web/dist/";
constexpr std::string_view kAssets = "web/dist/assets/";

struct FileType {
  std::string_view ending;
  std::string_view content_type;
};

// Sorted.
constexpr FileType kFileTypes[] = {
    {".css", "text/css; charset=utf-8"},
    {".gif", "image/gif"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".jpg", "image/jpeg"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".ttf", "font/ttf"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".webp", "image/webp"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
};

std::string_view content_type_of(std::string_view name) {
  for (const FileType& type : kFileTypes)
    if (name.ends_with(type.ending)) return type.content_type;
  return "application/octet-stream";
}

}  // namespace

// Whether there is what the address names, the page itself asks: it is one and the same for a
// hidden item and for none. Its query is the page's own.
Result<Response> get_page(const Call& call) { return web_page(call.site.context); }

namespace {

// A built-in file, packed where there is a packed one and the other side takes it; none where
// there is no such file.
std::optional<Response> file_response(const Call& call, const std::string& path) {
  const Context& context = call.site.context;
  const std::string_view plain = context.embedded(path);
  if (plain.empty()) return std::nullopt;
  Response response;
  response.content_type = content_type_of(path);
  response.built_in = plain;
  if (const std::string_view small = context.embedded(path + ".gz"); !small.empty()) {
    response.headers.emplace_back("Vary", "Accept-Encoding");
    const std::string* accepted = call.request.header("accept-encoding");
    if (accepted != nullptr && takes_gzip(*accepted)) {
      response.headers.emplace_back("Content-Encoding", "gzip");
      response.built_in = small;
    }
  }
  return response;
}

Result<Response> root_file(const Call& call, const char* name) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  auto response = file_response(call, std::string(kRoot) + name);
  if (!response) return refusal("page_missing");
  response->headers.emplace_back("Cache-Control", "no-cache");
  return *std::move(response);
}

}  // namespace

Result<Response> get_icon(const Call& call) { return root_file(call, "icon.svg"); }

Result<Response> get_licences(const Call& call) { return root_file(call, "licences.txt"); }

Result<Response> get_asset(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  auto response = file_response(call, std::string(kAssets) + call.params[0]);
  if (!response)
    return refusal("asset_unknown", {{"name", std::string(beginning_of(call.params[0], 100))}});
  // A file's name holds its hash: another content has another name.
  response->headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  return *std::move(response);
}

}  // namespace tz::http
