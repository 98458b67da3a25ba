// A filter of the event log carried through a record: times become inputs, kinds are left to the
// database, accounts and markets are decided event by event.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/view/causes.hpp"
#include "core/view/event_line.hpp"
#include "storage/event_log.hpp"

namespace breakwater::runtime {

class LogSearch {
public:
    // `names` and `log` outlive the search.
    static Result<LogSearch> begin(storage::EventLog& log, const view::EventFilter& filter,
                                   const view::Snapshot& names, storage::EventPlace from,
                                   storage::Toward toward);

    // Up to `count` rows, fewer or none when a slice of time gives no more.
    Result<std::vector<storage::EventRow>> next(std::size_t count);
    bool atEnd() const { return m_atEnd; }
    double searched() const;  // share of the way to the end, 0..1

private:
    explicit LogSearch(storage::EventLog& log) : m_log(&log) {}

    storage::EventLog* m_log;
    storage::EventSearch m_search;
    Sequence m_begun = 0;
    bool m_atEnd = false;
};

// The record as the chain of causes asks it.
class LogCauses final : public view::CauseSource {
public:
    LogCauses(storage::EventLog& log, std::function<bool()> goOn)
        : m_log(log), m_goOn(std::move(goOn)) {}

    Result<std::optional<view::RecordedEvent>> lastBefore(
        Sequence sequence, std::uint32_t index, std::span<const std::size_t> kinds,
        const std::function<bool(const Event&)>& wanted) override;
    Result<std::optional<Input>> lastInputBefore(
        Sequence sequence, std::size_t most,
        const std::function<bool(const InputBody&)>& wanted) override;
    Result<view::RecordedStep> stepAt(Sequence sequence) override;

private:
    storage::EventLog& m_log;
    std::function<bool()> m_goOn;
};

}  // namespace breakwater::runtime
