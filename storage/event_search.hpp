// The searches behind EventLog, on any connection. Internal.
#pragma once

#include "storage/event_log.hpp"
#include "storage/opened_record.hpp"

namespace breakwater::storage {

Result<EventSlice> searchEvents(OpenedRecord& record, const EventSearch& search);
Result<Step> readStep(OpenedRecord& record, Sequence sequence);
Result<Sequence> findSequence(OpenedRecord& record, Instant time);

}  // namespace breakwater::storage
