#include "app/runtime/event_export.hpp"

#include "app/runtime/log_search.hpp"
#include "storage/csv_export.hpp"

namespace breakwater::runtime {
namespace {

constexpr std::size_t kAtOnce = 2'000;

// The last digest of the whole state that the record has.
Result<std::string> lastDigest(storage::EventLog& log) {
    const Result<storage::RecordTail> end = log.end();
    if (!end) return Unexpected(end.error());
    const std::size_t kind = Event(StateDigested()).index();
    const std::string until =
        "as of " + end->lastTime.toString() + ", input " + std::to_string(end->lastSequence) + "; ";
    LogCauses source(log, [] { return true; });
    const Result<std::optional<view::RecordedEvent>> found =
        source.lastBefore(end->lastSequence + 1, 0, {&kind, 1}, {});
    if (!found) return Unexpected(found.error());
    if (!*found) return until + "no state digest yet";
    return until + "state digest " + std::get<StateDigested>((*found)->event).digest.toHex() +
           " at input " + std::to_string((*found)->sequence);
}

std::string accountName(const view::EventLine& line, const view::Snapshot& names) {
    if (!line.account) return {};
    return line.account->value() < names.accountCount
               ? std::string(view::nameOf(names, *line.account))
               : std::to_string(line.account->value());
}

std::string marketName(std::optional<InstrumentId> market, const view::Snapshot& names) {
    if (!market) return {};
    return names.markets && market->value() < names.markets->size()
               ? (*names.markets)[market->value()].instrument.symbol
               : std::to_string(market->value());
}

}  // namespace

std::string filterText(const view::EventFilter& filter, const view::Snapshot& names) {
    std::string text;
    const auto add = [&text](const std::string& part) {
        text += (text.empty() ? "" : "; ") + part;
    };
    if (!filter.kinds.empty()) {
        std::string kinds;
        for (const std::size_t kind : filter.kinds)
            kinds += (kinds.empty() ? "" : " ") + std::string(view::eventKinds()[kind]);
        add("kinds " + kinds);
    }
    if (filter.account) {
        view::EventLine line;
        line.account = filter.account;
        add("account " + accountName(line, names));
    }
    if (filter.market) add("market " + marketName(filter.market, names));
    if (filter.from) add("from " + filter.from->toString());
    if (filter.to) add("to " + filter.to->toString());
    return text.empty() ? "all events" : text;
}

Result<EventExport> exportEvents(storage::EventLog& log, const view::EventFilter& filter,
                                 const view::Snapshot& names, const std::filesystem::path& path,
                                 const std::string& program, const std::function<bool()>& goOn) {
    const Result<std::string> digest = lastDigest(log);
    if (!digest) return Unexpected(digest.error());
    Result<LogSearch> search = LogSearch::begin(log, filter, names, {}, storage::Toward::End);
    if (!search) return Unexpected(search.error());
    const std::string about = program + "; " + *digest + "; " + filterText(filter, names);
    Result<storage::CsvFile> file = storage::CsvFile::create(
        path, {"sequence", "index", "time", "kind", "account", "market", "text", "json", about});
    if (!file) return Unexpected(file.error());
    EventExport out;
    while (!search->atEnd()) {
        if (!goOn()) return fail(ErrorCode::Refused, "The export was given up; no file is left.");
        const Result<std::vector<storage::EventRow>> rows = search->next(kAtOnce);
        if (!rows) return Unexpected(rows.error());
        for (const storage::EventRow& row : *rows) {
            const Result<Event> event = decodeEvent(row.bytes);
            if (!event) return Unexpected(event.error());
            const view::EventLine line =
                view::lineOf(*event, row.sequence, row.index, row.time, names);
            file->add({std::to_string(row.sequence),
                       std::to_string(row.index),
                       row.time.toString(),
                       std::string(view::eventKinds()[line.kind]),
                       accountName(line, names),
                       marketName(line.market, names),
                       line.text,
                       toJson(*event),
                       {}});
            ++out.events;
        }
    }
    const Result<void> done = file->finish();
    if (!done) return Unexpected(done.error());
    return out;
}

}  // namespace breakwater::runtime
