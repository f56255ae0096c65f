// As much of JSON Schema as the contract uses, and an error for what it does not know.
#include "http/contract.h"

#include <yaml-cpp/yaml.h>

#include <set>

#include "base/embedded.h"

namespace tz::http_test {
namespace {

const YAML::Node& file() {
  static const YAML::Node root = YAML::Load(std::string(embedded_file("api/openapi.yaml")));
  return root;
}

YAML::Node followed(const YAML::Node& node) {
  if (!node["$ref"]) return node;
  std::string path = node["$ref"].as<std::string>().substr(2);
  YAML::Node here = file();
  while (!path.empty()) {
    const std::size_t end = path.find('/');
    const std::string piece = path.substr(0, end);
    path = end == std::string::npos ? "" : path.substr(end + 1);
    const YAML::Node next = here[piece];
    if (!next) return YAML::Node(YAML::NodeType::Undefined);
    here.reset(next);
  }
  return followed(here);
}

std::string type_of(const Json& value) {
  if (value.is_null()) return "null";
  if (value.as_bool() != nullptr) return "boolean";
  if (value.as_int() != nullptr) return "integer";
  if (value.as_text() != nullptr) return "string";
  return value.as_array() != nullptr ? "array" : "object";
}

bool has_type(const YAML::Node& type, const std::string& actual) {
  if (!type.IsSequence()) return type.as<std::string>() == actual;
  for (const YAML::Node& one : type)
    if (one.as<std::string>() == actual) return true;
  return false;
}

std::string compare(const YAML::Node& raw, const Json& value, const std::string& at);

std::string compare_object(const YAML::Node& schema, const Json& value, const std::string& at) {
  for (const YAML::Node& name : schema["required"])
    if (value.find(name.as<std::string>()) == nullptr)
      return at + ": " + name.as<std::string>() + " is missing";
  const YAML::Node more = schema["additionalProperties"];
  for (const JsonMember& member : *value.as_object()) {
    const std::string here = at + "/" + member.first;
    const YAML::Node properties = schema["properties"];
    if (properties && properties[member.first]) {
      const std::string wrong = compare(properties[member.first], member.second, here);
      if (!wrong.empty()) return wrong;
    } else if (more && more.IsMap()) {
      const std::string wrong = compare(more, member.second, here);
      if (!wrong.empty()) return wrong;
    } else if (more && !more.as<bool>()) {
      return here + ": is not in the contract";
    }
  }
  return {};
}

std::string compare(const YAML::Node& raw, const Json& value, const std::string& at) {
  const YAML::Node schema = followed(raw);
  if (!schema.IsDefined()) return at + ": the contract refers to nothing";
  if (schema["type"] && !has_type(schema["type"], type_of(value)))
    return at + ": is " + type_of(value);
  if (schema["const"] && schema["const"].as<std::string>() != *value.as_text())
    return at + ": is another value";
  if (schema["enum"]) {
    std::set<std::string> words;
    bool may_be_null = false;
    for (const YAML::Node& word : schema["enum"]) {
      if (word.IsNull())
        may_be_null = true;
      else
        words.insert(word.as<std::string>());
    }
    const bool known = value.as_text() == nullptr ? may_be_null && type_of(value) == "null"
                                                  : words.contains(*value.as_text());
    if (!known) return at + ": is none of the words";
  }
  if (schema["minimum"] && value.as_int() != nullptr &&
      *value.as_int() < schema["minimum"].as<std::int64_t>())
    return at + ": is too small";
  if (value.as_object() != nullptr) return compare_object(schema, value, at);
  if (const JsonArray* list = value.as_array()) {
    for (std::size_t i = 0; i < list->size() && schema["items"]; ++i) {
      const std::string wrong = compare(schema["items"], (*list)[i], at + "/" + std::to_string(i));
      if (!wrong.empty()) return wrong;
    }
  }
  return {};
}

}  // namespace

std::string breach(const std::string& method, const std::string& route, const Reply& reply) {
  std::string verb = method;
  for (char& c : verb) c = static_cast<char>(c + 32);
  const YAML::Node operation = file()["paths"][route][verb];
  if (!operation) return route + " is not in the contract";
  const YAML::Node responses = operation["responses"];
  const std::string status = std::to_string(reply.status);
  const char* fallback = "default";
  if (!responses[status] && !responses[fallback])
    return "status " + status + " is not in the contract";
  const YAML::Node answer = followed(responses[status] ? responses[status] : responses[fallback]);
  const std::string said = reply.header("content-type");
  const std::string type = said.substr(0, said.find(';'));
  const YAML::Node content = answer["content"][type];
  if (!content) return "content type " + type + " is not in the contract";
  const bool json = type.find("json") != std::string::npos;
  return compare(content["schema"], json ? reply.json : Json(reply.body), "");
}

}  // namespace tz::http_test
