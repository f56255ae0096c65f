// Taking a signed note apart strictly, so that one note has one meaning.
#include "merkle/signed_note.h"

#include <algorithm>
#include <array>

#include "base/csv.h"
#include "base/sha256.h"
#include "merkle/checkpoint.h"

namespace tz::merkle {
namespace {

constexpr std::string_view kSignatureStart = "\u2014 ";  // em dash, space

// Unicode's White_Space that is not a control character below U+0020.
constexpr std::array<std::string_view, 20> kSpaces = {
    " ",      "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002",
    "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009",
    "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};

Error malformed(const char* why) { return refusal("checkpoint_malformed", {{"why", why}}); }

Result<NoteSignature> parse_signature(std::string_view line) {
  const Error bad = malformed("signature_line");
  if (!line.starts_with(kSignatureStart)) return bad;
  line.remove_prefix(kSignatureStart.size());
  const std::size_t name_end = line.find(' ');
  if (name_end == std::string_view::npos) return bad;
  const std::string_view name = line.substr(0, name_end);
  const Result<Bytes> bytes = from_base64(line.substr(name_end + 1));
  if (!valid_key_name(name) || !bytes.ok()) return bad;
  ByteReader reader(*bytes);
  const std::uint32_t id = reader.u32();
  if (!reader.ok() || reader.rest().empty()) return bad;
  return NoteSignature{name, id, Bytes(reader.rest().begin(), reader.rest().end())};
}

}  // namespace

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

std::vector<std::string_view> split_lines(std::string_view text) {
  TZ_ASSERT(text.ends_with('\n'));
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

bool valid_key_name(std::string_view name) {
  if (name.empty() || !valid_utf8(name) || has_control(name)) return false;
  if (name.find('+') != std::string_view::npos) return false;
  const auto inside = [&](std::string_view space) {
    return name.find(space) != std::string_view::npos;
  };
  return std::none_of(kSpaces.begin(), kSpaces.end(), inside);
}

Result<SignedNote> split_note(std::string_view note) {
  if (note.size() > kNoteBytesMax) return malformed("size");
  if (!valid_utf8(note)) return malformed("encoding");
  const bool control = std::any_of(note.begin(), note.end(), [](char c) {
    return c != '\n' && static_cast<unsigned char>(c) < 0x20;
  });
  if (control) return malformed("control");
  const std::size_t text_end = note.rfind("\n\n");
  if (text_end == std::string_view::npos) return malformed("blank_line");
  SignedNote parts{note.substr(0, text_end + 1), {}};
  const std::string_view tail = note.substr(text_end + 2);
  if (!tail.ends_with('\n')) return malformed("signature_line");
  const std::vector<std::string_view> lines = split_lines(tail);
  if (lines.size() > kNoteSignaturesMax) return malformed("signature_count");
  for (std::string_view line : lines) parts.signatures.push_back(TZ_TRY(parse_signature(line)));
  return parts;
}

std::string signature_line(std::string_view name, std::uint32_t id, BytesView signature) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.u32(id);
  writer.raw(signature);
  return std::string(kSignatureStart) + std::string(name) + " " + to_base64(bytes) + "\n";
}

std::uint32_t key_id(std::string_view name, std::uint8_t type, BytesView public_key) {
  const std::uint8_t separator[] = {'\n', type};
  const Hash hash = sha256({as_bytes(name), separator, public_key});
  return ByteReader(hash).u32();
}

}  // namespace tz::merkle
