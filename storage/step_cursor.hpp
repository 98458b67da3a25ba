// Walks the steps of a record in order and holds every row against the chain. Internal.
#pragma once

#include <string>

#include "storage/opened_record.hpp"

namespace breakwater::storage {

class StepCursor {
public:
    // `record` outlives the cursor. Starts after a step whose chain head is taken as stated.
    static Result<StepCursor> after(OpenedRecord& record, Sequence sequence);

    // ErrorCode::Corrupt where the record differs from its chain; the cursor stays there.
    // `step` holds nothing of worth then.
    Result<bool> next(Step& step);

    Sequence last() const { return m_last; }  // last step that agrees
    const Digest& chain() const { return m_chain.head(); }
    std::uint64_t events() const { return m_events; }              // since the start
    std::uint64_t stateDigests() const { return m_stateDigests; }  // since the start

private:
    StepCursor(const RecordTail& tail, Sequence last, Instant lastTime, const Digest& chain)
        : m_tail(tail), m_last(last), m_lastTime(lastTime), m_chain(chain) {}

    Result<void> takeInput(Step& step);
    Result<void> takeEvents(Step& step);
    Result<void> checkEnd();
    Result<void> advanceEvent();

    RecordTail m_tail;
    Sequence m_last;
    Instant m_lastTime;
    Chain m_chain;
    Statement m_inputRows;
    Statement m_eventRows;
    bool m_hasEvent = false;  // m_eventRows stands on a row not yet taken
    std::uint64_t m_events = 0;
    std::uint64_t m_stateDigests = 0;
};

// Head of the journal's chain after a step (genesis for 0) and the step's time, as stated.
struct ChainPoint {
    Digest chain;
    Instant time;
};
Result<ChainPoint> chainAfter(OpenedRecord& record, Sequence sequence);

// The last checkpoint at or before a step, held against its digest. Its place is 0 without one.
Result<Checkpoint> loadCheckpoint(OpenedRecord& record, Sequence atOrBefore);

}  // namespace breakwater::storage
