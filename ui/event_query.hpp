// What an officer types above the event log, read as a filter.
#pragma once

#include <vector>

#include <QString>
#include <QStringList>

#include "core/view/event_line.hpp"

namespace breakwater::ui {

enum class TimeEdge : std::uint8_t { From, To };

// "21:15", "21:15:04", "21:15:04.25" on the day of `day`, or a whole instant ("2025-10-10T21:15Z",
// the T may be a blank). As the far edge a time means its whole minute or second, so that from
// 21:15 to 21:15 is that minute.
Result<Instant> parseEventTime(const QString& text, Instant day, TimeEdge edge);
QString eventTimeText(Instant time, TimeEdge edge, Instant day);

// An account by its whole name, by a part that only one name has, or by "#17".
Result<AccountId> findAccount(const QString& text, const view::Snapshot& names);
// Names that contain `part`, at most so many; those that begin with it first.
QStringList accountsLike(const QString& part, const view::Snapshot& names, int most);

// Kinds that belong together, for the chips: "Liquidations", "Losses", ...
struct KindGroup {
    const char* title;
    std::vector<std::size_t> kinds;  // of eventKinds(), ascending; empty: all
};
const std::vector<KindGroup>& kindGroups();

// "liquidations, ETH-PERP, 0x7a3f..e1, 21:15:00Z to 21:15:59Z"; empty when nothing is filtered.
QString filterText(const view::EventFilter& filter, const view::Snapshot& names);

}  // namespace breakwater::ui
