#include "storage/verify.hpp"

#include <algorithm>
#include <utility>

#include "storage/opened_record.hpp"
#include "storage/record_reader.hpp"
#include "storage/step_cursor.hpp"

namespace breakwater::storage {
namespace {

constexpr Sequence kProgressEvery = 4'096;
constexpr double kChainShare = 0.9;  // of the whole check, about

class Verifier {
public:
    Verifier(OpenedRecord& record, Verification& out, const std::function<bool(double)>& progress)
        : m_record(record), m_out(out), m_progress(progress) {}

    // The first thing that differs; nothing when all agrees.
    Result<void> run() {
        Result<void> done = walk();
        if (done) done = checkStateDigests();
        if (done) done = checkCheckpoints();
        if (done) done = checkStructure();
        if (done && m_record.lostCommits > 0) {
            return differs(m_record.tail.lastSequence + 1, lostCommitsText(m_record.lostCommits));
        }
        return done;
    }

private:
    // The chain is most of the way.
    bool goesOn(double share) { return !m_progress || m_progress(share); }
    static Unexpected givenUp() { return fail(ErrorCode::Refused, "the check was given up"); }
    Unexpected differs(Sequence at, const std::string& why) {
        m_out.differsAt = at;
        return fail(ErrorCode::Corrupt, why);
    }
    // What SQLite refuses to read is a difference, what the disk refuses is not.
    Unexpected passOn(Sequence at, const Error& error) {
        if (error.code == ErrorCode::Corrupt) m_out.differsAt = at;
        return Unexpected(error);
    }

    Result<void> walk();
    Result<void> checkStateDigests();
    Result<void> checkCheckpoints();
    Result<void> checkStructure();

    OpenedRecord& m_record;
    Verification& m_out;
    const std::function<bool(double)>& m_progress;
    std::uint64_t m_stateDigests = 0;
};

Result<void> Verifier::walk() {
    Result<StepCursor> cursor = StepCursor::after(m_record, 0);
    if (!cursor) return passOn(1, cursor.error());
    Step step;
    for (;;) {
        const Result<bool> row = cursor->next(step);
        if (!row) return passOn(cursor->last() + 1, row.error());
        if (!*row) break;
        m_out.verified += 1 + step.eventCount();
        if (step.sequence % kProgressEvery != 0) continue;
        const double share =
            static_cast<double>(step.sequence) / static_cast<double>(m_record.tail.lastSequence);
        if (!goesOn(kChainShare * share)) return givenUp();
    }
    m_stateDigests = cursor->stateDigests();
    if (cursor->events() != m_record.tail.events) {
        return differs(cursor->last(), "the record's end counts other events than there are");
    }
    if (m_stateDigests != m_record.tail.stateDigests) {
        return differs(cursor->last(),
                       "the record's end counts other state digests than there are");
    }
    return {};
}

// Each repeats an event of the chain, so the event is what it is held against.
Result<void> Verifier::checkStateDigests() {
    Result<Statement> rows = m_record.database.prepare(
        "SELECT d.id, d.digest, d.chain, e.payload, e.chain "
        "FROM state_digests AS d LEFT JOIN events AS e ON e.id = d.id ORDER BY d.id");
    if (!rows) return passOn(0, rows.error());
    std::uint64_t count = 0;
    for (;; ++count) {
        const Result<bool> row = rows->step();
        if (!row) return passOn(0, row.error());
        if (!*row) break;
        const Sequence sequence = sequenceOf(rows->number(0));
        Digest digest, chain, eventChain;
        const bool sound = rows->digest(1, digest) && rows->digest(2, chain) && rows->isBlob(3) &&
                           rows->digest(4, eventChain) && isStateDigest(rows->blob(3)) &&
                           std::ranges::equal(rows->blob(3).subspan(1), digest.bytes) &&
                           chain == eventChain;
        if (!sound) {
            return differs(sequence, "the state digest kept for input " + std::to_string(sequence) +
                                         " is not that of its event");
        }
    }
    if (count != m_stateDigests) return differs(0, "state digests are missing from their table");
    return {};
}

Result<void> Verifier::checkCheckpoints() {
    std::uint64_t count = 0;
    Digest head = m_record.genesis;
    Result<Statement> rows =
        m_record.database.prepare("SELECT seq, digest FROM checkpoints ORDER BY seq");
    if (!rows) return passOn(0, rows.error());
    for (;; ++count) {
        const Result<bool> row = rows->step();
        if (!row) return passOn(0, row.error());
        if (!*row) break;
        const Sequence sequence = rows->number(0);
        if (sequence == 0 || sequence > m_record.tail.lastSequence) {
            return differs(m_record.tail.lastSequence,
                           "there is a checkpoint of no recorded input");
        }
        const Result<Checkpoint> checkpoint = loadCheckpoint(m_record, sequence);
        if (!checkpoint) return passOn(sequence, checkpoint.error());
        if (!rows->digest(1, head)) return differs(sequence, "a checkpoint's digest is missing");
    }
    if (count != m_record.tail.checkpoints || head != m_record.tail.checkpointChain) {
        return differs(m_record.tail.lastSequence, "checkpoints are missing");
    }
    return {};
}

// A damaged number on an inner page lets every row be found one by one in order and yet not when
// it is asked for by its number; SQLite's own check sees that.
Result<void> Verifier::checkStructure() {
    const std::function<bool()> goOn = [this] { return goesOn(kChainShare); };
    m_record.database.askWhetherToGoOn(&goOn);
    const Result<std::string> answer = m_record.database.queryText("PRAGMA integrity_check(1)");
    m_record.database.askWhetherToGoOn(nullptr);
    if (!answer && !goOn()) return givenUp();
    if (!answer) return passOn(0, answer.error());
    if (*answer != "ok") return differs(0, "the file's structure is damaged: " + *answer);
    return {};
}

Verification verifyOpened(OpenedRecord& record, const std::function<bool(double)>& progress) {
    Verification out;
    out.meta = record.meta;
    out.tail = record.tail;
    out.sizeBytes = record.sizeBytes;
    const Result<void> same = Verifier(record, out, progress).run();
    if (!same) {
        const bool differs = same.error().code == ErrorCode::Corrupt;
        out.verdict = differs ? Verdict::Differs : Verdict::Unreadable;
        out.why = same.error().message;
        return out;
    }
    out.verdict =
        record.tail.state == RecordState::Closed ? Verdict::Intact : Verdict::IntactWithoutClose;
    return out;
}

}  // namespace

Verification verify(const std::filesystem::path& path) {
    Result<OpenedRecord> record = openForReading(path);
    if (record) return verifyOpened(*record, {});
    // Damage in what describes a record is a difference; a file that is none is unreadable.
    Verification out;
    const bool differs = record.error().code == ErrorCode::Corrupt;
    out.verdict = differs ? Verdict::Differs : Verdict::Unreadable;
    out.why = record.error().message;
    return out;
}

Verification verify(RecordReader& reader, const std::function<bool(double)>& progress) {
    return verifyOpened(reader.opened(), progress);
}

int exitCode(Verdict verdict) {
    switch (verdict) {
        case Verdict::Intact:
        case Verdict::IntactWithoutClose: return 0;
        case Verdict::Differs: return 1;
        case Verdict::Unreadable: return 2;
    }
    return 2;
}

}  // namespace breakwater::storage
