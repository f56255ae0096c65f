// Reading with Beast's parser and writing with our own few lines, over plain sockets and TLS.
#include "http/session.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <deque>
#include <optional>
#include <type_traits>

#include "http/error_response.h"
#include "http/response_head.h"

namespace tz::http {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using ErrorCode = boost::system::error_code;
using TlsStream = asio::ssl::stream<Socket>;
using Parser = beast_http::request_parser<beast_http::string_body>;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::size_t kReadAtOnce = 16 << 10;
constexpr std::size_t kLargeBody = 64 << 10;
constexpr std::size_t kHeadersMax = 100;
constexpr std::size_t kBytesPerSecondMin = 20 << 10;
constexpr std::size_t kStreamBytesMax = 1 << 20;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view view_of(boost::beast::string_view text) { return {text.data(), text.size()}; }

bool may_repeat(std::string_view name) {
  return name == "accept" || name == "accept-language" || name == "accept-encoding" ||
         name == "cookie" || name == "cache-control" || name == "via" || name == "forwarded" ||
         name == "x-forwarded-for" || name == "connection" || name == "pragma";
}

// What the parser let pass and we do not: headers said twice, codings we do not know, no host.
Outcome take_head(const Parser& parser, Request& out) {
  const auto& message = parser.get();
  out.method = std::string(view_of(message.method_string()));
  out.target = std::string(view_of(message.target()));
  out.body.clear();
  for (const auto& field : message) {
    if (out.headers.size() == kHeadersMax)
      return refusal("headers_too_large", {{"count_max", std::to_string(kHeadersMax)}});
    std::string name = lower(view_of(field.name_string()));
    const std::string_view value = view_of(field.value());
    const auto same = std::find_if(out.headers.begin(), out.headers.end(),
                                   [&](const auto& header) { return header.first == name; });
    if (same == out.headers.end())
      out.headers.emplace_back(std::move(name), std::string(value));
    else if (may_repeat(name))
      same->second += (name == "cookie" ? "; " : ", ") + std::string(value);
    else
      return refusal("header_twice", {{"header", name}});
  }
  const std::string* coding = out.header("transfer-encoding");
  if (coding != nullptr && lower(*coding) != "chunked")
    return refusal("request_malformed", {{"why", "transfer_encoding"}});
  if (message.version() != 11 && message.version() != 10)
    return refusal("request_malformed", {{"why", "version"}});
  if (message.version() == 11 && out.header("host") == nullptr)
    return refusal("header_missing", {{"header", "host"}});
  return Done{};
}

Error parse_error(const ErrorCode& fault) {
  using beast_http::error;
  if (fault == error::header_limit) return refusal("headers_too_large");
  if (fault == error::body_limit) return refusal("body_too_large");
  return refusal("request_malformed", {{"why", fault.message()}});
}

enum class Phase { Handshake, Idle, Head, Body, Handling, Writing, Streaming, Closed };

template <class Stream>
class Connection final : public Session,
                         public EventSink,
                         public std::enable_shared_from_this<Connection<Stream>> {
 public:
  Connection(NewSession parts, Stream stream)
      : loop_(std::move(parts.loop)),
        shared_(std::move(parts.shared)),
        stream_(std::move(stream)),
        peer_(std::move(parts.peer)),
        place_(std::move(parts.place)),
        local_(parts.local) {}

  ~Connection() override { give_back_body(); }

  void start() override {
    if (loop_->stopping) draining_ = true;
    loop_->sessions.insert(this->shared_from_this());
    set_deadline(shared_->options.request_seconds);
    if (draining_) return close_now();
    if constexpr (kTls) {
      phase_ = Phase::Handshake;
      stream_.async_handshake(asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](const ErrorCode& fault) {
                                if (fault) return self->close_now();
                                self->next_request();
                              });
    } else {
      next_request();
    }
  }

  void look_at_time(SteadyTime now) override {
    if (now < deadline_ || phase_ == Phase::Handling || phase_ == Phase::Closed) return;
    if ((phase_ == Phase::Streaming) && !writing_) return;
    if (phase_ == Phase::Head || phase_ == Phase::Body) return refuse(refusal("request_timeout"));
    close_now();
  }

  void drain() override {
    draining_ = true;
    if (phase_ == Phase::Idle || phase_ == Phase::Handshake || phase_ == Phase::Streaming)
      close_now();
  }

  void close_now() override {
    if (phase_ == Phase::Closed) return;
    phase_ = Phase::Closed;
    stream_open_ = false;
    give_back_body();
    place_.reset();
    ErrorCode ignored;
    socket().shutdown(Socket::shutdown_both, ignored);
    socket().close(ignored);
    loop_->sessions.erase(this->shared_from_this());
    --shared_->door->metrics().connections;
  }

  // --- EventSink: any thread

  void send(std::string event) override {
    waiting_bytes_ += event.size();
    asio::post(loop_->io, [self = this->shared_from_this(), event = std::move(event)]() mutable {
      if (self->phase_ != Phase::Streaming) return;
      self->events_.push_back(std::move(event));
      if (self->waiting_bytes_ > kStreamBytesMax) return self->close_now();
      self->write_events();
    });
  }
  std::size_t waiting_bytes() const override { return waiting_bytes_; }
  bool open() const override { return stream_open_; }
  void close() override {
    asio::post(loop_->io, [self = this->shared_from_this()] { self->close_now(); });
  }

 private:
  static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;

  Socket& socket() {
    if constexpr (kTls)
      return stream_.next_layer();
    else
      return stream_;
  }

  void set_deadline(unsigned after) { deadline_ = steady_clock::now() + seconds(after); }

  // --- reading

  void next_request() {
    if (draining_ || loop_->stopping) return close_now();
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(shared_->options.header_bytes_max));
    parser_->body_limit(shared_->options.door.evidence_bytes);
    owes_continue_ = false;
    request_ = Request{};
    request_.peer = peer_;
    request_.tls = kTls;
    request_.local = local_;
    phase_ = Phase::Idle;
    set_deadline(shared_->options.idle_seconds);
    if (unread_ < filled_) begin_head();
    parse();
  }

  void begin_head() {
    phase_ = Phase::Head;
    set_deadline(shared_->options.request_seconds);
  }

  void read_more() {
    if (unread_ == filled_) unread_ = filled_ = 0;
    if (unread_ > 0) {
      buffer_.erase(0, unread_);
      filled_ -= unread_;
      unread_ = 0;
    }
    const std::size_t wanted = phase_ == Phase::Body ? kLargeBody : kReadAtOnce;
    if (buffer_.size() < filled_ + wanted) buffer_.resize(filled_ + wanted);
    reading_ = true;
    stream_.async_read_some(
        asio::buffer(buffer_.data() + filled_, buffer_.size() - filled_),
        [self = this->shared_from_this()](const ErrorCode& fault, std::size_t count) {
          self->reading_ = false;
          // A request that ran out of time is answered already.
          if (self->phase_ != Phase::Idle && self->phase_ != Phase::Head &&
              self->phase_ != Phase::Body)
            return;
          if (fault) return self->close_now();
          self->took(count);
        });
  }

  void took(std::size_t count) {
    filled_ += count;
    if (phase_ == Phase::Idle) begin_head();
    // A slow line may take its time, a standing one not.
    if (phase_ == Phase::Body)
      deadline_ += std::chrono::milliseconds(count * 1000 / kBytesPerSecondMin);
    parse();
  }

  void parse() {
    ErrorCode fault;
    while (unread_ < filled_ && !parser_->is_done()) {
      const bool in_head = !parser_->is_header_done();
      const std::size_t used =
          parser_->put(asio::buffer(buffer_.data() + unread_, filled_ - unread_), fault);
      unread_ += used;
      if (in_head && parser_->is_header_done() && !fault) {
        if (!take_head_and_limits()) return;
        continue;
      }
      if (fault == beast_http::error::need_more) break;
      if (fault) return refuse(parse_error(fault));
      if (used == 0) break;
    }
    if (phase_ == Phase::Closed) return;
    if (parser_->is_done()) return handle();
    if (owes_continue_) return say_continue();
    read_more();
  }

  // False where the request was refused by its head.
  bool take_head_and_limits() {
    const Outcome head = take_head(*parser_, request_);
    if (!head.ok()) {
      refuse(head.error());
      return false;
    }
    parser_->eager(true);
    if (parser_->is_done()) return true;
    const auto length = parser_->content_length();
    const std::size_t usual = shared_->options.door.stranger_body_bytes;
    std::size_t limit = usual;
    if (!length || *length > usual)
      limit =
          local_ ? shared_->options.door.evidence_bytes : shared_->door->body_bytes_max(request_);
    if (length && *length > limit) {
      refuse(refusal("body_too_large", {{"bytes_max", std::to_string(limit)}}));
      return false;
    }
    parser_->body_limit(limit);
    if (!reserve_body(length ? static_cast<std::size_t>(*length) : limit)) return false;
    phase_ = Phase::Body;
    set_deadline(shared_->options.request_seconds);
    const std::string* expect = request_.header("expect");
    owes_continue_ = expect != nullptr && lower(*expect) == "100-continue";
    return true;
  }

  bool reserve_body(std::size_t bytes) {
    if (bytes <= kLargeBody) return true;
    body_bytes_ = bytes;
    if (shared_->receiving_bytes.fetch_add(bytes) + bytes <= shared_->options.receiving_bytes_max)
      return true;
    refuse(refusal("server_busy"));
    return false;
  }

  void give_back_body() {
    shared_->receiving_bytes -= body_bytes_;
    body_bytes_ = 0;
  }

  void say_continue() {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    owes_continue_ = false;
    asio::async_write(stream_, asio::buffer(kContinue),
                      [self = this->shared_from_this()](const ErrorCode& fault, std::size_t) {
                        if (self->phase_ != Phase::Body) return;
                        if (fault) return self->close_now();
                        self->read_more();
                      });
  }

  // --- handling

  void handle() {
    phase_ = Phase::Handling;
    keep_alive_ = parser_->get().keep_alive();
    head_only_ = request_.method == "HEAD";
    request_.body = std::move(parser_->get().body());
    request_.runner = loop_;
    const Responder respond = [self = this->shared_from_this()](Response response) {
      asio::dispatch(self->loop_->io, [self, response = std::move(response)]() mutable {
        self->give_back_body();
        self->answer(std::move(response));
      });
    };
    if (local_ && shared_->options.control)
      shared_->options.control(std::move(request_), respond);
    else
      shared_->door->handle(std::move(request_), respond);
  }

  // What follows on the connection cannot be read any more: it ends with this answer.
  void refuse(const Error& error) {
    give_back_body();
    keep_alive_ = false;
    head_only_ = request_.method == "HEAD";
    answer(shared_->door->refuse(error, request_));
  }

  // --- writing

  void answer(Response response) {
    if (phase_ == Phase::Closed) return;
    if (draining_ || loop_->stopping || response.stream) keep_alive_ = false;
    response_ = std::move(response);
    head_ = response_head(response_, {keep_alive_, loop_->date});
    if (head_only_) {
      response_.body.clear();
      response_.built_in = {};
      response_.stream = nullptr;
    }
    phase_ = Phase::Writing;
    written_ = 0;
    write_some();
  }

  void write_some() {
    set_deadline(shared_->options.request_seconds);
    const std::string_view body = response_.content();
    std::array<asio::const_buffer, 2> buffers;
    if (written_ < head_.size()) {
      buffers[0] = asio::buffer(head_.data() + written_, head_.size() - written_);
      buffers[1] = asio::buffer(body);
    } else {
      const std::size_t at = written_ - head_.size();
      buffers[0] = asio::buffer(body.data() + at, body.size() - at);
    }
    stream_.async_write_some(
        buffers, [self = this->shared_from_this()](const ErrorCode& fault, std::size_t count) {
          if (self->phase_ == Phase::Closed) return;
          if (fault) return self->close_now();
          self->written_ += count;
          if (self->written_ < self->head_.size() + self->response_.content().size())
            return self->write_some();
          self->answered();
        });
  }

  void answered() {
    const auto stream = std::move(response_.stream);
    response_ = Response{};
    if (stream) {
      phase_ = Phase::Streaming;
      stream_open_ = true;
      watch_for_end();
      return stream(this->shared_from_this());
    }
    if (keep_alive_) return next_request();
    linger();
  }

  // The other side may still be sending what was refused: reading it off lets it read the answer
  // instead of a reset. Bounded by the deadline and by bytes.
  void linger() {
    if (reading_) return close_now();
    if constexpr (kTls) {
      set_deadline(2);
      stream_.async_shutdown([self = this->shared_from_this()](const ErrorCode&) {
        if (self->phase_ != Phase::Closed) self->close_now();
      });
    } else {
      linger_plain();
    }
  }

  void linger_plain() {
    ErrorCode ignored;
    socket().shutdown(Socket::shutdown_send, ignored);
    set_deadline(2);
    lingered_ = 0;
    read_off();
  }

  void read_off() {
    buffer_.resize(kLargeBody);
    socket().async_read_some(asio::buffer(buffer_), [self = this->shared_from_this()](
                                                        const ErrorCode& fault, std::size_t count) {
      if (self->phase_ == Phase::Closed) return;
      self->lingered_ += count;
      if (fault || self->lingered_ > kStreamBytesMax) return self->close_now();
      self->read_off();
    });
  }

  // --- streaming

  // A stream's reader sends nothing more; what comes is its end.
  void watch_for_end() {
    buffer_.resize(kReadAtOnce);
    stream_.async_read_some(
        asio::buffer(buffer_),
        [self = this->shared_from_this()](const ErrorCode&, std::size_t) { self->close_now(); });
  }

  void write_events() {
    if (writing_ || events_.empty()) return;
    writing_ = true;
    set_deadline(shared_->options.request_seconds);
    asio::async_write(stream_, asio::buffer(events_.front()),
                      [self = this->shared_from_this()](const ErrorCode& fault, std::size_t count) {
                        self->writing_ = false;
                        self->waiting_bytes_ -= count;
                        if (self->phase_ == Phase::Closed) return;
                        if (fault) return self->close_now();
                        self->events_.pop_front();
                        self->write_events();
                      });
  }

  const std::shared_ptr<Loop> loop_;
  const std::shared_ptr<Shared> shared_;
  Stream stream_;
  const std::string peer_;
  std::shared_ptr<void> place_;
  const bool local_;
  Phase phase_ = Phase::Idle;
  SteadyTime deadline_;
  bool draining_ = false;
  std::optional<Parser> parser_;
  std::string buffer_;
  std::size_t unread_ = 0;  // buffer_[unread_, filled_) was read and not parsed
  std::size_t filled_ = 0;
  std::size_t body_bytes_ = 0;  // reserved in shared_->receiving_bytes
  Request request_;
  Response response_;
  std::string head_;
  std::size_t written_ = 0;
  std::size_t lingered_ = 0;
  bool keep_alive_ = true;
  bool head_only_ = false;
  bool reading_ = false;
  bool writing_ = false;
  bool owes_continue_ = false;
  std::deque<std::string> events_;
  std::atomic<std::size_t> waiting_bytes_{0};
  std::atomic<bool> stream_open_{false};
};

}  // namespace

void Loop::give(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (ended_) return;
    given_.push_back(std::move(task));
    if (given_.size() > 1) return;  // it is on its way already
  }
  asio::post(io, [this] { run_given(); });
}

void Loop::run_given() {
  std::vector<std::function<void()>> tasks;
  {
    const std::lock_guard lock(mutex_);
    tasks.swap(given_);
  }
  for (const auto& task : tasks) task();
}

void Loop::end() {
  std::vector<std::function<void()>> dropped;
  const std::lock_guard lock(mutex_);
  ended_ = true;
  dropped.swap(given_);
}

std::shared_ptr<Session> make_session(NewSession parts) {
  if (parts.tls != nullptr) {
    TlsStream stream(std::move(parts.socket), *parts.tls);
    return std::make_shared<Connection<TlsStream>>(std::move(parts), std::move(stream));
  }
  Socket socket = std::move(parts.socket);
  return std::make_shared<Connection<Socket>>(std::move(parts), std::move(socket));
}

}  // namespace tz::http
