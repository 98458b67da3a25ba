// An officer's act on breakers before it is sent: what it says, whether it may be armed, and
// the code that commits it. No widget; the same draft and snapshot give the same words.
#pragma once

#include <string>
#include <vector>

#include <QString>

#include "core/event/inputs.hpp"
#include "core/view/snapshot.hpp"

namespace breakwater::ui {

struct BreakerDraft {
    CommandKind kind = CommandKind::SetLevel;  // or Renew
    ScopeKind scope = ScopeKind::Market;
    std::vector<InstrumentId> markets;  // the list, ascending; not read for the venue
    BreakerLevel level = BreakerLevel::Restrict;
    Duration duration;
    QString reason;
};

struct ScopeSentence {
    QString lead;  // "Restrict new risk"
    QString rest;  // "on ETH-PERP. Makers post-only ..."
};

enum class Direction : std::uint8_t { Tightening, Loosening, Mixed, Renewal };

std::vector<InstrumentId> scopeOf(const BreakerDraft& draft, const view::Snapshot& snapshot);
QString scopeText(const BreakerDraft& draft, const view::Snapshot& snapshot);
QString codeOf(const BreakerDraft& draft, const view::Snapshot& snapshot);  // ETH, BTC+ETH, VENUE
bool codeMatches(const QString& typed, const QString& code);

// The longest the level may last on this venue and what the console proposes; zero at level 0.
Duration longestOf(const Profile& profile, BreakerLevel level);
Duration proposedOf(const Profile& profile, BreakerLevel level);
bool isOnVenue(const Profile& profile, BreakerLevel level);

// The level a renewal keeps: the highest in scope.
BreakerLevel standingLevel(const BreakerDraft& draft, const view::Snapshot& snapshot);
Direction directionOf(const BreakerDraft& draft, const view::Snapshot& snapshot);
ScopeSentence sentenceOf(const BreakerDraft& draft, const view::Snapshot& snapshot);
// Empty when the draft may be armed; else one short sentence.
QString whyNotArmed(const BreakerDraft& draft, const view::Snapshot& snapshot);
// A renewal of level 1 or 2 in its last two minutes needs the hold only.
bool needsCode(const BreakerDraft& draft, const view::Snapshot& snapshot);
QString holdText(const BreakerDraft& draft, const view::Snapshot& snapshot);
// Markets in scope whose index has no quorum.
std::size_t blindMarkets(const BreakerDraft& draft, const view::Snapshot& snapshot);

OfficerCommand commandOf(const BreakerDraft& draft, const view::Snapshot& snapshot,
                         const std::string& officer);

}  // namespace breakwater::ui
