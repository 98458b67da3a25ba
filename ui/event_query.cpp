#include "ui/event_query.hpp"

#include <algorithm>

#include <QRegularExpression>
#include <QStringList>

#include "ui/text.hpp"

namespace breakwater::ui {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

std::int64_t startOfDay(Instant instant) {
    const std::int64_t us = instant.microseconds();
    return us - ((us % kDay) + kDay) % kDay;
}

// The kind's place is fixed by the event's type, so a new event cannot shift a group.
template <class E>
std::size_t kindOf() {
    return Event(E{}).index();
}

std::vector<std::size_t> sorted(std::vector<std::size_t> kinds) {
    std::sort(kinds.begin(), kinds.end());
    return kinds;
}

QString kindsText(const std::vector<std::size_t>& kinds) {
    for (const KindGroup& group : kindGroups()) {
        if (group.kinds == kinds) return QString::fromUtf8(group.title).toLower();
    }
    if (kinds.size() > 2) return QStringLiteral("%1 kinds").arg(kinds.size());
    QStringList titles;
    for (const std::size_t kind : kinds)
        titles.append(text(view::titleOfKind(kind)).toLower());
    return titles.join(QStringLiteral(" or "));
}

}  // namespace

Result<Instant> parseEventTime(const QString& typed, Instant day, TimeEdge edge) {
    static const QRegularExpression form(QStringLiteral(
        R"(^(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?Z?$)"));
    const QRegularExpressionMatch match = form.match(typed.trimmed());
    const auto refused = [&] {
        return fail(ErrorCode::InvalidArgument,
                    "\"" + utf8(typed.trimmed()) + "\" is no time; write 21:15 or 21:15:04");
    };
    if (!match.hasMatch()) return refused();
    const int hour = match.captured(2).toInt();
    const int minute = match.captured(3).toInt();
    const int second = match.captured(4).toInt();
    if (hour > 23 || minute > 59 || second > 59) return refused();
    std::int64_t at = startOfDay(day);
    if (!match.captured(1).isEmpty()) {
        const Result<Instant> date = Instant::parse(utf8(match.captured(1)) + "T00:00:00Z");
        if (!date) return refused();
        at = date->microseconds();
    }
    at += (hour * 3'600LL + minute * 60LL + second) * kSecond;
    const QString fraction = match.captured(5);
    at += fraction.leftJustified(6, QLatin1Char('0')).toLongLong();
    if (edge == TimeEdge::To && fraction.isEmpty())
        at += (match.captured(4).isEmpty() ? 60 : 1) * kSecond - 1;
    return Instant::fromMicroseconds(at);
}

QString eventTimeText(Instant time, TimeEdge edge, Instant day) {
    // The last microsecond of a second or minute is how a far edge is stored.
    const std::int64_t us =
        time.microseconds() +
        (edge == TimeEdge::To && (time.microseconds() + 1) % kSecond == 0 ? 1 - kSecond : 0);
    const bool wholeMinute = edge == TimeEdge::To ? (time.microseconds() + 1) % (60 * kSecond) == 0
                                                  : us % (60 * kSecond) == 0;
    const QString whole = text(Instant::fromMicroseconds(us).toString());
    QString clock = whole.mid(11).chopped(1);
    if (wholeMinute) clock = clock.left(5);
    return startOfDay(time) == startOfDay(day) ? clock : whole.left(10) + QLatin1Char(' ') + clock;
}

Result<AccountId> findAccount(const QString& typed, const view::Snapshot& names) {
    const QString wanted = typed.trimmed();
    if (wanted.startsWith(QLatin1Char('#'))) {
        bool ok = false;
        const uint number = wanted.mid(1).toUInt(&ok);
        if (ok && number < names.accountCount) return AccountId(number);
        return fail(ErrorCode::NotFound, "there is no account " + utf8(wanted));
    }
    std::optional<AccountId> found;
    std::size_t matches = 0;
    const std::string part = utf8(wanted.toLower());
    for (std::size_t i = 0; i < names.accountCount; ++i) {
        const AccountId id(static_cast<std::uint32_t>(i));
        const std::string_view name = view::nameOf(names, id);
        if (name.size() < part.size()) continue;
        const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
        const auto at = std::search(name.begin(), name.end(), part.begin(), part.end(), same);
        if (at == name.end()) continue;
        if (name.size() == part.size()) return id;
        found = id;
        ++matches;
    }
    if (matches == 1) return *found;
    if (matches == 0) return fail(ErrorCode::NotFound, "no account is called " + utf8(wanted));
    return fail(ErrorCode::InvalidArgument,
                std::to_string(matches) + " accounts are called " + utf8(wanted) + ", type more");
}

QStringList accountsLike(const QString& part, const view::Snapshot& names, int most) {
    QStringList first, rest;
    const QString wanted = part.trimmed();
    for (std::size_t i = 0; i < names.accountCount && first.size() < most; ++i) {
        const QString name = text(view::nameOf(names, AccountId(static_cast<std::uint32_t>(i))));
        const qsizetype at = name.indexOf(wanted, 0, Qt::CaseInsensitive);
        if (at == 0)
            first.append(name);
        else if (at > 0 && rest.size() < most)
            rest.append(name);
    }
    return (first + rest).mid(0, most);
}

const std::vector<KindGroup>& kindGroups() {
    static const std::vector<KindGroup> groups{
        {"All", {}},
        {"Liquidations", sorted({kindOf<LiquidationStarted>(), kindOf<LiquidationOrdered>(),
                                 kindOf<LiquidationFilled>(), kindOf<LiquidationEnded>()})},
        {"Losses", sorted({kindOf<FundMoved>(), kindOf<AdlExecuted>(), kindOf<LossSocialised>(),
                           kindOf<LossUncovered>()})},
        {"Health", {kindOf<HealthBandChanged>()}},
        {"Prices", sorted({kindOf<SourceChanged>(), kindOf<IndexSight>(), kindOf<MarkChanged>()})},
        {"Acts",
         sorted({kindOf<BreakerChanged>(), kindOf<BreakerEffective>(), kindOf<CommandAccepted>(),
                 kindOf<AlarmAcknowledged>(), kindOf<Refused>()})},
    };
    return groups;
}

QString filterText(const view::EventFilter& filter, const view::Snapshot& names) {
    QStringList parts;
    if (!filter.kinds.empty()) parts.append(kindsText(filter.kinds));
    if (filter.market && names.markets && filter.market->value() < names.markets->size())
        parts.append(text((*names.markets)[filter.market->value()].instrument.symbol));
    if (filter.account && filter.account->value() < names.accountCount)
        parts.append(text(view::nameOf(names, *filter.account)));
    if (filter.from || filter.to) {
        parts.append(
            QStringLiteral("%1 to %2")
                .arg(filter.from ? clockText(*filter.from) : QStringLiteral("the beginning"),
                     filter.to ? clockText(*filter.to) : QStringLiteral("the end")));
    }
    return parts.join(QStringLiteral(", "));
}

}  // namespace breakwater::ui
