// Chunks in a row: whoever is free takes the first that waits.
#include "engine/record_maker.h"

#include <utility>

namespace tz::engine {

RecordMaker::~RecordMaker() {
  clear();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  waiting_.notify_all();
  if (helper_.joinable()) helper_.join();
}

void RecordMaker::make_all(Chunk& chunk) {
  chunk.made.reserve(chunk.ingredients.size());
  for (Ingredients& one : chunk.ingredients) chunk.made.push_back(make(one, chunk.ledger));
  chunk.ingredients.clear();
}

RecordMaker::Chunk* RecordMaker::take_waiting() {
  for (const auto& chunk : chunks_) {
    if (chunk->stage != Stage::Waiting) continue;
    chunk->stage = Stage::Taken;
    return chunk.get();
  }
  return nullptr;
}

void RecordMaker::hand_over() {
  const std::lock_guard lock(mutex_);
  chunks_.push_back(std::move(filling_));
}

void RecordMaker::add(Ingredients ingredients, const journal::LedgerId& ledger) {
  if (!filling_) {
    filling_ = std::make_unique<Chunk>();
    filling_->ingredients.reserve(kChunk);
    filling_->ledger = ledger;
  }
  filling_->ingredients.push_back(std::move(ingredients));
  if (filling_->ingredients.size() < kChunk) return;
  hand_over();
  if (!helper_.joinable()) helper_ = std::thread([this] { run(); });
  waiting_.notify_one();
}

std::vector<Made> RecordMaker::next() {
  if (filling_) hand_over();
  std::unique_lock lock(mutex_);
  while (!chunks_.empty()) {
    if (chunks_.front()->stage == Stage::Made) {
      std::vector<Made> made = std::move(chunks_.front()->made);
      chunks_.pop_front();
      return made;
    }
    if (Chunk* chunk = take_waiting()) {
      lock.unlock();
      make_all(*chunk);
      lock.lock();
      chunk->stage = Stage::Made;
    } else {
      made_.wait(lock);
    }
  }
  return {};
}

void RecordMaker::clear() {
  filling_.reset();
  std::unique_lock lock(mutex_);
  std::erase_if(chunks_, [](const auto& chunk) { return chunk->stage == Stage::Waiting; });
  made_.wait(lock, [this] {
    for (const auto& chunk : chunks_)
      if (chunk->stage == Stage::Taken) return false;
    return true;
  });
  chunks_.clear();
}

void RecordMaker::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    waiting_.wait(lock, [this] {
      if (stopping_) return true;
      for (const auto& chunk : chunks_)
        if (chunk->stage == Stage::Waiting) return true;
      return false;
    });
    if (stopping_) return;
    Chunk* chunk = take_waiting();
    lock.unlock();
    make_all(*chunk);
    lock.lock();
    chunk->stage = Stage::Made;
    made_.notify_one();
  }
}

}  // namespace tz::engine
