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
#include "core/event/codec.hpp"
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

// Made new, or taken up where a record of this play is, as the program does it.
inline LiveRecord newRecord(const std::filesystem::path& path, const PlayRequest& request,
                            const storage::WriterOptions& writing = {}) {
    storage::RecorderOptions recording;
    recording.retryEvery = std::chrono::milliseconds(5);
    Result<LiveRecord> record = openLiveRecord(
        path, recordMeta(request, venueOf(request), "2026-01-02T03:04:05Z"), writing, recording);
    if (!record) ADD_FAILURE() << record.error().message;
    return record ? std::move(*record) : LiveRecord{};
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

inline OfficerCommand trip(BreakerLevel level, std::int64_t seconds, std::string reason = "test") {
    OfficerCommand command;
    command.officer = "m.reyes";
    command.scope = ScopeKind::Market;
    command.instruments = {InstrumentId(0)};
    command.level = level;
    command.duration = Duration::seconds(seconds);
    command.reason = std::move(reason);
    return command;
}

inline std::optional<view::CommandOutcome> outcomeOf(const LiveSession& session, CommandId id) {
    std::optional<view::CommandOutcome> found;
    const bool seen = waitUntil([&] {
        const view::Board board = session.board();
        if (!board.snapshot) return false;
        for (const view::CommandOutcome& outcome : *board.snapshot->commands) {
            if (outcome.id == id) found = outcome;
        }
        return found.has_value();
    });
    EXPECT_TRUE(seen);
    return found;
}

// Everything shown is on the disk, and the venue stands still.
inline bool settles(const LiveSession& session) {
    Sequence before = 0;
    return waitUntil([&] {
        const view::Board board = session.board();
        const LiveStatus status = session.status();
        const bool same = board.snapshot && board.snapshot->sequence == before;
        if (board.snapshot) before = board.snapshot->sequence;
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        return same && status.paused && status.durable == before && before > 0;
    });
}

// What a crash leaves behind: the file, its write-ahead log and the reserve.
inline void copyAsCrashed(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::filesystem::copy_file(from, to);
    const std::filesystem::path log = from.string() + "-wal";
    ASSERT_TRUE(std::filesystem::exists(log));
    std::filesystem::copy_file(log, to.string() + "-wal");
    const std::filesystem::path reserve = from.string() + ".reserve";
    ASSERT_TRUE(std::filesystem::exists(reserve));
    std::filesystem::copy_file(reserve, to.string() + ".reserve");
}

// The officer commands of a record, each with its sequence.
inline std::vector<std::pair<Sequence, OfficerCommand>> commandsOf(
    const std::filesystem::path& path) {
    std::vector<std::pair<Sequence, OfficerCommand>> commands;
    Result<storage::RecordReader> reader = storage::RecordReader::open(path);
    EXPECT_TRUE(reader) << reader.error().message;
    Step step;
    while (reader) {
        const Result<bool> more = reader->next(step);
        EXPECT_TRUE(more) << more.error().message;
        if (!more || !*more) break;
        const Result<InputBody> body = decodeInput(step.input());
        if (const auto* command = body ? std::get_if<OfficerCommand>(&*body) : nullptr)
            commands.emplace_back(step.sequence, *command);
    }
    return commands;
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
