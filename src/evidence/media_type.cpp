// libmagic says what the bytes look like; a file is only taken for it if it also begins as such.
#include "evidence/media_type.h"

#include <magic.h>

#include <algorithm>
#include <array>

#include "evidence/office_file.h"
#include "evidence/store.h"

namespace tz::evidence {
namespace {

constexpr std::string_view kUnknown = "application/octet-stream";
constexpr std::string_view kZip = "application/zip";

struct Signature {
  std::string_view media_type;
  std::string_view begins;
};
constexpr std::array<Signature, 3> kSignatures{{
    {"application/pdf", "%PDF-"},
    {"image/jpeg", "\xff\xd8\xff"},
    {"image/png", "\x89PNG\r\n\x1a\n"},
}};

// libmagic's handle is for one thread at a time: each thread has its own.
class Magic {
 public:
  Magic() : handle_(magic_open(kFlags)) {
    loaded_ = handle_ != nullptr && magic_load(handle_, nullptr) == 0;
  }
  Magic(const Magic&) = delete;
  Magic& operator=(const Magic&) = delete;
  ~Magic() {
    if (handle_ != nullptr) magic_close(handle_);
  }
  [[nodiscard]] bool loaded() const { return loaded_; }
  std::string_view type_of(BytesView bytes) {
    if (!loaded_) return kUnknown;
    const char* type = magic_buffer(handle_, bytes.data(), bytes.size());
    return type == nullptr ? kUnknown : std::string_view(type);
  }

 private:
  // Nothing is unpacked or walked through: what is asked is only what the file is.
  static constexpr int kFlags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR |
                                MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF;
  magic_t handle_ = nullptr;
  bool loaded_ = false;
};

Magic& magic() {
  thread_local Magic handle;
  return handle;
}

}  // namespace

bool allowed_media_type(std::string_view media_type) {
  if (media_type == kDocx || media_type == kXlsx) return true;
  return std::any_of(kSignatures.begin(), kSignatures.end(),
                     [&](const Signature& one) { return one.media_type == media_type; });
}

bool media_types_available() { return magic().loaded(); }

std::string media_type_of(BytesView bytes) {
  if (as_text(bytes).starts_with("PK\x03\x04"))
    return std::string(office_type_of(bytes).value_or(kZip));
  const std::string_view type = magic().type_of(bytes);
  for (const Signature& one : kSignatures)
    if (type == one.media_type && !as_text(bytes).starts_with(one.begins))
      return std::string(kUnknown);
  // libmagic may know an office file by its first entries alone; that is not enough here.
  return std::string(type == kDocx || type == kXlsx ? kUnknown : type);
}

}  // namespace tz::evidence
