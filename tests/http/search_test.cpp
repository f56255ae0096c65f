// Search over HTTP: units for anybody, items only in sight, and nothing that was taken back.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>

#include "base/csv.h"
#include "http/contract.h"

namespace tz::http_test {
namespace {

// Asked until the search has taken in what was recorded.
Reply search(Served& served, const std::string& person, const std::string& query) {
  const std::string path = "/api/v1/search?q=" + query;
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  for (;;) {
    Reply reply = person.empty() ? served.ask({"GET", path, "", {}}) : served.get(person, path);
    if (reply.status != 200) return reply;
    EXPECT_EQ(breach("GET", "/api/v1/search", reply), "") << reply.body;
    if (reply.at("index_behind") == Json(false)) return reply;
    if (std::chrono::steady_clock::now() >= until) {
      ADD_FAILURE() << "the search does not get there: " << reply.body;
      return reply;
    }
  }
}

std::vector<std::string> texts(const Reply& reply, const std::string& list, const char* name) {
  std::vector<std::string> out;
  for (const Json& each : reply.list(list)) out.push_back(*each.find(name)->as_text());
  return out;
}

using Texts = std::vector<std::string>;

std::string encoded(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte / 16];
    out += kDigits[byte % 16];
  }
  return out;
}

std::string open_item(Served& served, const std::string& title, const std::string& description) {
  Json body;
  body.set("kind", "problem").set("unit", "900101001001").set("source", "resident");
  body.set("title", title).set("description", description);
  const Reply reply = served.post("recorder", "/api/v1/items", body.dump());
  EXPECT_EQ(reply.status, 201U) << reply.body;
  return reply.text("item");
}

TEST(Search, FindsUnitsForAnybodyAndItemsForNobodyInParticular) {
  Served served;
  served.ledger->open_problem("900101001001", "停车难");
  const Reply reply = search(served, "", "hpsq");
  EXPECT_EQ(texts(reply, "units", "name"), Texts{"和平社区"});
  EXPECT_EQ(texts(reply, "units/0/path", "code"),
            (Texts{"0", "90", "9001", "900101", "900101001", "900101001001"}));
  EXPECT_EQ(reply.text("units/0/kind"), "village");
  EXPECT_EQ(reply.at("more_units"), Json(false));
  EXPECT_TRUE(search(served, "", encoded("停车")).list("items").empty());
  const Reply few = search(served, "", "9001&limit=2");
  EXPECT_EQ(few.list("units").size(), 2U);
  EXPECT_EQ(few.at("more_units"), Json(true));
  EXPECT_TRUE(search(served, "", encoded("市辖")).list("units").empty()) << "a placeholder";
}

TEST(Search, PutsUnitsInScopeFirstThenThoseWithItems) {
  Served served;
  EXPECT_EQ(texts(search(served, "", encoded("社区")), "units", "name"),
            (Texts{"东社区", "和平社区", "幸福社区"}));
  served.ledger->open_problem("900101001002", "停车难");
  EXPECT_EQ(texts(search(served, "", "shequ"), "units", "name"),
            (Texts{"幸福社区", "东社区", "和平社区"}));
  EXPECT_EQ(texts(search(served, "outsider", "shequ"), "units", "name"),
            (Texts{"东社区", "幸福社区", "和平社区"}));
}

TEST(Search, FindsItemsByNumberAndByWordsOnlyInSight) {
  Served served;
  const std::string one = open_item(served, "停车难", "ＡＢＣ楼前 无处停车");
  const std::string two = open_item(served, "路灯不亮", "abc楼后");
  EXPECT_EQ(texts(search(served, "recorder", "ABC"), "items", "item"), (Texts{two, one}));
  EXPECT_EQ(texts(search(served, "recorder", encoded("abc 停车")), "items", "item"), Texts{one});
  EXPECT_EQ(texts(search(served, "recorder", encoded("灯")), "items", "item"), Texts{two});
  EXPECT_EQ(texts(search(served, "recorder", "abc&limit=1"), "items", "item"), Texts{two});
  EXPECT_TRUE(search(served, "outsider", "ABC").list("items").empty());
  std::string typed;
  for (const char c : one) typed += c == '-' ? ' ' : static_cast<char>(std::tolower(c));
  for (const std::string& number : {one, encoded(typed)}) {
    EXPECT_EQ(texts(search(served, "recorder", number), "items", "item"), Texts{one});
    EXPECT_TRUE(search(served, "outsider", number).list("items").empty());
    EXPECT_TRUE(search(served, "", number).list("items").empty());
  }
  const std::string none = ledger::to_text(ledger::ItemNo{12345});
  EXPECT_EQ(search(served, "outsider", none).body, search(served, "outsider", one).body);
}

TEST(Search, ForgetsWhatWasCorrectedOrRedactedAtOnce) {
  Served served;
  const std::string no = open_item(served, "张三停车", "李四家门口");
  EXPECT_EQ(search(served, "recorder", encoded("张三")).list("items").size(), 1U);
  ASSERT_EQ(
      served
          .act("recorder", no, "correct", R"({"field":"title","value":"居民停车","reason":"笔误"})")
          .status,
      200U);
  EXPECT_TRUE(search(served, "recorder", encoded("张三")).list("items").empty());
  EXPECT_EQ(search(served, "recorder", encoded("居民")).list("items").size(), 1U);
  const std::string record =
      served.get("recorder", "/api/v1/items/" + no + "/history").at("records/0/seq").dump();
  ASSERT_EQ(served
                .act("recorder", no, "redact",
                     R"({"record":)" + record + R"(,"part":1,"reason":"写了姓名"})")
                .status,
            200U);
  EXPECT_TRUE(search(served, "recorder", encoded("李四")).list("items").empty());
  EXPECT_EQ(search(served, "recorder", encoded("居民")).list("items").size(), 1U);
}

TEST(Search, DoesNotFindWhatIsStagedUntilItIsAdopted) {
  Served served;
  ledger::OpenItem command;
  command.kind = "problem";
  command.place = served.ledger->unit("900101001001");
  command.source = "resident";
  command.title = "导入的停车难";
  command.import = 7;
  ASSERT_TRUE(served.ledger->engine->submit_and_wait({command, {}, {}, {}}).ok());
  EXPECT_TRUE(search(served, "supervisor", encoded("导入")).list("items").empty());
  EXPECT_EQ(texts(search(served, "", "shequ"), "units", "name").front(), "东社区");
  ASSERT_TRUE(served.ledger->engine->submit_and_wait({ledger::AdoptImport{7}, {}, {}, {}}).ok());
  EXPECT_EQ(search(served, "supervisor", encoded("导入")).list("items").size(), 1U);
  EXPECT_EQ(texts(search(served, "", "shequ"), "units", "name").front(), "和平社区");
}

TEST(Search, KnowsAtTheStartWhatWasRecordedBefore) {
  Served served;
  const std::string no = open_item(served, "停车难", "");
  served.server->stop();
  auto again = http::Server::start(served.context, [] {
    http::ServerOptions options;
    options.listen = "127.0.0.1:0";
    return options;
  }());
  ASSERT_TRUE(again.ok());
  served.server = *std::move(again);
  EXPECT_EQ(texts(search(served, "recorder", encoded("停车")), "items", "item"), Texts{no});
}

TEST(Search, HasLimits) {
  Served served;
  EXPECT_EQ(served.ask({"GET", "/api/v1/search", "", {}}).code(), "field_required");
  EXPECT_EQ(search(served, "", "").code(), "field_required");
  EXPECT_EQ(search(served, "", encoded("　 ")).code(), "field_required");
  EXPECT_EQ(search(served, "", std::string(65, 'a')).code(), "words_too_long");
  EXPECT_EQ(search(served, "", std::string(64, 'a')).status, 200U);
  EXPECT_EQ(search(served, "", "a+b+c+d+e+f+g+h+i").code(), "words_too_many");
  EXPECT_EQ(search(served, "", "a&limit=51").code(), "query_bad");
  EXPECT_EQ(search(served, "", "a&limit=0").code(), "query_bad");
  EXPECT_EQ(search(served, "", "a&sort=x").code(), "query_unknown");
}

TEST(Search, TellsItsMemoryInTheMetrics) {
  Served served;
  search(served, "", "a");
  const Reply reply = served.ask({"GET", "/metrics", "", {}});
  EXPECT_NE(reply.body.find("tz_search_bytes"), std::string::npos);
  EXPECT_NE(reply.body.find("tz_search_unreadable_items 0"), std::string::npos);
}

TEST(ItemWords, RestrictAListAndItsPages) {
  Served served;
  std::vector<std::string> numbers;
  numbers.reserve(7);
  for (int i = 0; i < 7; ++i)
    numbers.push_back(open_item(served, i % 2 == 0 ? "停车难" : "路灯不亮", "第一街道"));
  search(served, "recorder", encoded("停车"));
  const std::string path = "/api/v1/items?limit=2&words=" + encoded("停车 街道");
  const Reply first = served.get("recorder", path);
  EXPECT_EQ(breach("GET", "/api/v1/items", first), "") << first.body;
  EXPECT_EQ(first.at("index_behind"), Json(false));
  EXPECT_EQ(texts(first, "items", "item"), (Texts{numbers[6], numbers[4]}));
  const Reply second = served.get("recorder", path + "&cursor=" + first.text("next"));
  EXPECT_EQ(texts(second, "items", "item"), (Texts{numbers[2], numbers[0]}));
  EXPECT_TRUE(second.at("next").is_null());
  EXPECT_TRUE(served.get("outsider", path).list("items").empty());
  EXPECT_EQ(served.get("recorder", "/api/v1/items?words=+").list("items").size(), 7U);
  EXPECT_EQ(served.get("recorder", "/api/v1/items?words=" + std::string(65, 'a')).code(),
            "words_too_long");
}

// Its records cannot be read while it is told so, as if the disk were slow.
class StallingJournal final : public journal::Journal {
 public:
  Outcome append(const journal::Batch& batch) override { return inner_->append(batch); }
  Outcome reopen() override { return inner_->reopen(); }
  Outcome erase_subject_key(std::uint64_t subject) override {
    return inner_->erase_subject_key(subject);
  }
  Outcome tend() override { return inner_->tend(); }
  Result<std::unique_ptr<journal::Reader>> open_reader() override {
    auto inner = inner_->open_reader();
    if (!inner.ok()) return inner.error();
    return std::unique_ptr<journal::Reader>(
        std::make_unique<StallingReader>(*std::move(inner), *this));
  }

  std::atomic<bool> stalls{false};

 private:
  class StallingReader final : public journal::Reader {
   public:
    StallingReader(std::unique_ptr<Reader> inner, StallingJournal& journal)
        : inner_(std::move(inner)), journal_(journal) {}
    Result<std::uint64_t> size() override { return inner_->size(); }
    Result<std::vector<journal::StoredRecord>> read(Seq from, std::size_t count_max,
                                                    std::size_t bytes_max) override {
      if (journal_.stalls) return failure("storage_failed", {{"path", "-"}, {"why", "stalls"}});
      return inner_->read(from, count_max, bytes_max);
    }
    Result<std::vector<journal::StoredRecord>> read_each(std::span<const Seq> seqs) override {
      if (journal_.stalls) return failure("storage_failed", {{"path", "-"}, {"why", "stalls"}});
      return inner_->read_each(seqs);
    }
    Result<std::vector<Bytes>> read_headers(Seq from, std::size_t count_max) override {
      return inner_->read_headers(from, count_max);
    }
    Result<std::optional<journal::SubjectKeyRow>> subject_key(std::uint64_t subject) override {
      return inner_->subject_key(subject);
    }
    Result<std::vector<journal::SubjectKeyRow>> subject_keys(std::uint64_t from,
                                                             std::size_t count_max) override {
      return inner_->subject_keys(from, count_max);
    }
    Result<std::optional<Bytes>> kept(std::string_view space, BytesView key) override {
      return inner_->kept(space, key);
    }
    Result<std::vector<journal::KeptRow>> kept_all(std::string_view space) override {
      return inner_->kept_all(space);
    }
    Result<std::vector<journal::KeptRow>> kept_from(std::string_view space, BytesView from,
                                                    std::size_t count_max) override {
      return inner_->kept_from(space, from, count_max);
    }
    Result<std::optional<Hash>> tree_hash(std::uint8_t level, std::uint64_t index) override {
      return inner_->tree_hash(level, index);
    }
    Result<std::vector<journal::TreeHashRow>> tree_hashes() override {
      return inner_->tree_hashes();
    }
    Result<std::optional<journal::CheckpointRow>> checkpoint(std::uint64_t size_max) override {
      return inner_->checkpoint(size_max);
    }
    Result<std::vector<journal::CheckpointRow>> checkpoints(std::uint64_t from_size,
                                                            std::size_t count_max) override {
      return inner_->checkpoints(from_size, count_max);
    }

   private:
    std::unique_ptr<Reader> inner_;
    StallingJournal& journal_;
  };

  std::unique_ptr<Journal> inner_ = journal::open_memory_journal(journal::make_memory_store());
};

// A download made while the search was behind lacked the rows it had not taken in, and said
// nothing.
TEST(ItemWords, ADownloadIsNotMadeWhileTheSearchIsBehind) {
  auto journal = std::make_unique<StallingJournal>();
  std::atomic<bool>& stalls = journal->stalls;
  support::SmallLedgerOptions options;
  options.journal = std::move(journal);
  Served served({}, std::move(options));
  open_item(served, "停车难", "");
  search(served, "recorder", encoded("停车"));
  const std::string query = "?columns=item&words=" + encoded("停车");
  stalls = true;
  open_item(served, "停车更难", "");
  for (const char* file : {"items.csv", "items.xlsx"}) {
    const Reply refused = served.get("recorder", std::string("/api/v1/exports/") + file + query);
    EXPECT_EQ(refused.status, 503U);
    EXPECT_EQ(refused.code(), "search_behind");
    EXPECT_EQ(refused.header("retry-after"), "1");
  }
  stalls = false;
  EXPECT_EQ(search(served, "recorder", encoded("停车")).list("items").size(), 2U);
  const Reply file = served.get("recorder", "/api/v1/exports/items.csv" + query);
  EXPECT_EQ(file.status, 200U);
  const auto table = parse_csv(file.body);
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table->size(), 4U);
}

}  // namespace
}  // namespace tz::http_test
