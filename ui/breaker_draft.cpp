#include "ui/breaker_draft.hpp"

#include <algorithm>

#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

constexpr Duration kLastMinutes = Duration::seconds(120);
constexpr std::size_t kNamesInSentence = 4;

const Market& marketOf(const view::Snapshot& snapshot, InstrumentId id) {
    return (*snapshot.markets)[id.value()];
}

const BreakerState& breakerOf(const view::Snapshot& snapshot, InstrumentId id) {
    return (*snapshot.breakers)[id.value()];
}

bool isBlind(const view::Snapshot& snapshot, InstrumentId id) {
    return (*snapshot.underlyings)[marketOf(snapshot, id).instrument.underlying.value()].blind;
}

QString percentText(Ratio ratio) { return widgets::formatPercent(ratio.toDouble(), 1); }

QString levelEffect(const Profile& profile, BreakerLevel level) {
    switch (level) {
        case BreakerLevel::Normal:
            return QStringLiteral(
                "Orders, withdrawals, liquidations and funding go on as usual at once.");
        case BreakerLevel::Tighten:
            return QStringLiteral(
                       "Takers need initial margin ×%1 for new risk; makers, reducing, cancels, "
                       "deposits, "
                       "liquidations stay on.")
                .arg(text(profile.tightenFactor.toString()));
        case BreakerLevel::Restrict:
            return QStringLiteral(
                       "Makers post-only inside the %1 band; reducing, cancels, deposits, "
                       "liquidations "
                       "stay on.")
                .arg(percentText(profile.makerBand));
        case BreakerLevel::Auction: return QStringLiteral("Orders meet in call auctions only.");
        case BreakerLevel::Stop:
            return QStringLiteral(
                "Only cancels and deposits go on. Liquidations and funding are suspended, "
                "withdrawals are queued.");
    }
    return {};
}

QString leadOf(BreakerLevel level) {
    switch (level) {
        case BreakerLevel::Normal: return QStringLiteral("Release to normal");
        case BreakerLevel::Tighten: return QStringLiteral("Tighten new risk");
        case BreakerLevel::Restrict: return QStringLiteral("Restrict new risk");
        case BreakerLevel::Auction: return QStringLiteral("Auction");
        case BreakerLevel::Stop: return QStringLiteral("Stop trading");
    }
    return {};
}

}  // namespace

std::vector<InstrumentId> scopeOf(const BreakerDraft& draft, const view::Snapshot& snapshot) {
    std::vector<InstrumentId> out;
    if (draft.scope == ScopeKind::Venue) {
        for (const Market& market : *snapshot.markets)
            out.push_back(market.instrument.id);
        return out;
    }
    for (const InstrumentId id : draft.markets) {
        if (id.value() < snapshot.markets->size()) out.push_back(id);
    }
    return out;
}

QString scopeText(const BreakerDraft& draft, const view::Snapshot& snapshot) {
    const std::vector<InstrumentId> scope = scopeOf(draft, snapshot);
    if (draft.scope == ScopeKind::Venue)
        return QStringLiteral("all %1 markets of the venue").arg(scope.size());
    QString out;
    for (std::size_t i = 0; i < std::min(scope.size(), kNamesInSentence); ++i) {
        if (i > 0) out += i + 1 == scope.size() ? QStringLiteral(" and ") : QStringLiteral(", ");
        out += text(marketOf(snapshot, scope[i]).instrument.symbol);
    }
    if (scope.size() > kNamesInSentence) {
        out += QStringLiteral(" and %1 others").arg(scope.size() - kNamesInSentence);
    }
    return out;
}

QString codeOf(const BreakerDraft& draft, const view::Snapshot& snapshot) {
    if (draft.scope == ScopeKind::Venue) return QStringLiteral("VENUE");
    QStringList codes;
    for (const InstrumentId id : scopeOf(draft, snapshot)) {
        codes.append(text(marketOf(snapshot, id).instrument.code));
    }
    return codes.join(QLatin1Char('+'));
}

bool codeMatches(const QString& typed, const QString& code) {
    return !code.isEmpty() && typed.trimmed().compare(code, Qt::CaseInsensitive) == 0;
}

bool isOnVenue(const Profile& profile, BreakerLevel level) {
    return level == BreakerLevel::Normal || profile.termsOf(level) != nullptr;
}

Duration longestOf(const Profile& profile, BreakerLevel level) {
    const LevelTerms* terms = profile.termsOf(level);
    return terms == nullptr ? Duration() : terms->longest;
}

Duration proposedOf(const Profile& profile, BreakerLevel level) {
    const LevelTerms* terms = profile.termsOf(level);
    return terms == nullptr ? Duration() : std::min(terms->stepDown, terms->longest);
}

BreakerLevel standingLevel(const BreakerDraft& draft, const view::Snapshot& snapshot) {
    BreakerLevel highest = BreakerLevel::Normal;
    for (const InstrumentId id : scopeOf(draft, snapshot)) {
        highest = std::max(highest, breakerOf(snapshot, id).level);
    }
    return highest;
}

Direction directionOf(const BreakerDraft& draft, const view::Snapshot& snapshot) {
    if (draft.kind == CommandKind::Renew) return Direction::Renewal;
    bool up = false, down = false;
    for (const InstrumentId id : scopeOf(draft, snapshot)) {
        const BreakerLevel now = breakerOf(snapshot, id).level;
        up = up || draft.level >= now;
        down = down || draft.level < now;
    }
    if (up && down) return Direction::Mixed;
    return down ? Direction::Loosening : Direction::Tightening;
}

std::size_t blindMarkets(const BreakerDraft& draft, const view::Snapshot& snapshot) {
    std::size_t count = 0;
    for (const InstrumentId id : scopeOf(draft, snapshot))
        count += isBlind(snapshot, id) ? 1U : 0U;
    return count;
}

ScopeSentence sentenceOf(const BreakerDraft& draft, const view::Snapshot& snapshot) {
    const std::vector<InstrumentId> scope = scopeOf(draft, snapshot);
    if (scope.empty()) return {{}, QStringLiteral("Choose at least one market.")};
    const QString names = scopeText(draft, snapshot);
    const QString end = clockText(snapshot.asOf + draft.duration);
    if (draft.kind == CommandKind::Renew) {
        return {QStringLiteral("Renew %1").arg(levelCode(standingLevel(draft, snapshot))),
                QStringLiteral("on %1. Ends %2 instead of %3, then steps down.")
                    .arg(names, end, clockText(breakerOf(snapshot, scope.front()).ends))};
    }
    ScopeSentence out{leadOf(draft.level), QStringLiteral("on %1. ").arg(names)};
    out.rest += levelEffect(*snapshot.profile, draft.level);
    if (draft.level != BreakerLevel::Normal) {
        const BreakerLevel next = snapshot.profile->stepBelow(draft.level);
        out.rest +=
            QStringLiteral(" Steps down to %1 at %2 unless renewed.").arg(levelCode(next), end);
    }
    const std::size_t blind = blindMarkets(draft, snapshot);
    if (blind > 0)
        out.rest +=
            QStringLiteral(" Given BLIND: %1 of %2 without quorum.").arg(blind).arg(scope.size());
    return out;
}

QString whyNotArmed(const BreakerDraft& draft, const view::Snapshot& snapshot) {
    const std::vector<InstrumentId> scope = scopeOf(draft, snapshot);
    if (scope.empty()) return QStringLiteral("choose a market");
    if (draft.kind == CommandKind::Renew) {
        for (const InstrumentId id : scope) {
            if (breakerOf(snapshot, id).level == BreakerLevel::Normal) {
                return QStringLiteral("%1 has nothing to renew")
                    .arg(text(marketOf(snapshot, id).instrument.symbol));
            }
        }
    } else if (!isOnVenue(*snapshot.profile, draft.level)) {
        return QStringLiteral("%1 is not on this venue").arg(levelCode(draft.level));
    }
    const BreakerLevel level =
        draft.kind == CommandKind::Renew ? standingLevel(draft, snapshot) : draft.level;
    if (draft.reason.trimmed().isEmpty()) return QStringLiteral("a reason is mandatory");
    if (level != BreakerLevel::Normal &&
        (draft.duration <= Duration() || draft.duration > longestOf(*snapshot.profile, level))) {
        return QStringLiteral("%1 lasts at most %2")
            .arg(levelCode(level), countdownText(longestOf(*snapshot.profile, level)));
    }
    if (draft.kind == CommandKind::Renew) return {};
    bool changes = false;
    for (const InstrumentId id : scope) {
        const BreakerLevel now = breakerOf(snapshot, id).level;
        changes = changes || now != BreakerLevel::Normal || draft.level != BreakerLevel::Normal;
        if (draft.level < now && isBlind(snapshot, id)) {
            return QStringLiteral("loosening is locked: %1 has no quorum")
                .arg(text(marketOf(snapshot, id).instrument.symbol));
        }
    }
    return changes ? QString() : QStringLiteral("already at L0 normal");
}

bool needsCode(const BreakerDraft& draft, const view::Snapshot& snapshot) {
    if (draft.kind != CommandKind::Renew) return true;
    for (const InstrumentId id : scopeOf(draft, snapshot)) {
        const BreakerState& breaker = breakerOf(snapshot, id);
        if (breaker.level > BreakerLevel::Restrict || breaker.ends - snapshot.asOf > kLastMinutes)
            return true;
    }
    return false;
}

QString holdText(const BreakerDraft& draft, const view::Snapshot& snapshot) {
    const QString code = codeOf(draft, snapshot);
    const QString on = code.size() > 18 ? scopeText(draft, snapshot) : code;
    if (draft.kind == CommandKind::Renew) {
        return QStringLiteral("Hold F12 to renew %1 on %2")
            .arg(levelCode(standingLevel(draft, snapshot)), on);
    }
    switch (directionOf(draft, snapshot)) {
        case Direction::Loosening:
            return draft.level == BreakerLevel::Normal
                       ? QStringLiteral("Hold F12 to release %1").arg(on)
                       : QStringLiteral("Hold F12 to step %1 down to %2")
                             .arg(on, levelCode(draft.level));
        case Direction::Mixed:
            return QStringLiteral("Hold F12 to set %1 on %2").arg(levelCode(draft.level), on);
        default: return QStringLiteral("Hold F12 to trip %1 on %2").arg(levelCode(draft.level), on);
    }
}

OfficerCommand commandOf(const BreakerDraft& draft, const view::Snapshot& snapshot,
                         const std::string& officer) {
    OfficerCommand command;
    command.officer = officer;
    command.kind = draft.kind;
    command.scope = draft.scope;
    if (draft.scope != ScopeKind::Venue) command.instruments = scopeOf(draft, snapshot);
    command.level = draft.kind == CommandKind::Renew ? standingLevel(draft, snapshot) : draft.level;
    command.duration = command.level == BreakerLevel::Normal ? Duration() : draft.duration;
    command.reason = utf8(draft.reason.trimmed());
    return command;
}

}  // namespace breakwater::ui
