// What the tests of a live session share: plays, records, waiting.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "app/runtime/live_session.hpp"
#include "app/runtime/play.hpp"
#include "core/replay/replay.hpp"
#include "storage/record_reader.hpp"
#include "storage/verify.hpp"
#include "tests/app/scratch.hpp"

namespace breakwater::runtime::test {

using breakwater::test::Scratch;

inline const std::filesystem::path kResources = BREAKWATER_SOURCE_DIR "/resources";

inline PlayRequest play(std::size_t accounts, const std::string& until, std::uint64_t seed = 1) {
    PlayRequest request;
    request.accounts = accounts;
    request.until = until;
    request.seed = seed;
    request.program = "breakwater test";
    return request;
}

inline sim::Venue venueOf(const PlayRequest& request) {
    Result<sim::Venue> venue = makeVenue(request, kResources);
    if (!venue) ADD_FAILURE() << venue.error().message;
    return std::move(*venue);
}

// The same play, straight through.
inline Digest straightDigest(const PlayRequest& request) {
    sim::Lockstep play(venueOf(request));
    play.setEncoding(false);
    while (play.advance()) {
    }
    EXPECT_TRUE(play.ended());
    play.end();
    return play.state().digest();
}

inline std::unique_ptr<storage::Recorder> newRecorder(const std::filesystem::path& path,
                                                      const PlayRequest& request,
                                                      const storage::WriterOptions& writing = {}) {
    Result<storage::RecordWriter> writer = storage::RecordWriter::create(
        path, recordMeta(request, venueOf(request), "2026-01-02T03:04:05Z"), writing);
    if (!writer) ADD_FAILURE() << writer.error().message;
    return std::make_unique<storage::Recorder>(std::move(*writer));
}

// A bound against a test that hangs; nothing passes or fails by how long something took.
inline bool waitUntil(const std::function<bool()>& holds) {
    const auto giveUp = std::chrono::steady_clock::now() + std::chrono::minutes(4);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > giveUp) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

inline bool waitForBoard(const LiveSession& session) {
    return waitUntil([&] { return session.board().snapshot != nullptr; });
}

// The board has come to this venue time.
inline bool waitForTime(const LiveSession& session, Instant time) {
    return waitUntil([&] {
        const view::Board board = session.board();
        return board.snapshot && board.snapshot->asOf >= time;
    });
}

inline Digest playedOut(LiveSession& session) {
    EXPECT_TRUE(waitUntil([&] { return session.status().finished; }));
    session.stop();
    return session.finalDigest().value_or(Digest());
}

struct Replayed {
    ReplayOutcome outcome;
    storage::RecordTail tail;
};

inline Replayed replayed(const std::filesystem::path& path) {
    Replayed result;
    Result<storage::RecordReader> reader = storage::RecordReader::open(path);
    if (!reader) {
        ADD_FAILURE() << reader.error().message;
        return result;
    }
    Engine engine;
    const Result<ReplayOutcome> outcome = replay(engine, *reader, {});
    if (!outcome) {
        ADD_FAILURE() << outcome.error().message;
        return result;
    }
    result.outcome = *outcome;
    result.tail = reader->tail();
    EXPECT_FALSE(outcome->differsAt) << *outcome->differsAt << ": " << outcome->difference;
    EXPECT_EQ(outcome->lastSequence, result.tail.lastSequence);
    return result;
}

}  // namespace breakwater::runtime::test
