// The sentences of the event log.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/view/event_subject.hpp"
#include "core/view/names.hpp"
#include "core/view/words.hpp"

namespace breakwater::view {
namespace {

constexpr std::size_t kShort = 9;  // an exact figure up to this many characters stays exact

// "-1234567.5" as "−1,234,567.5".
std::string groupedText(std::string text) {
    const bool negative = !text.empty() && text[0] == '-';
    if (negative) text.erase(0, 1);
    const std::size_t whole = std::min(text.find('.'), text.size());
    for (std::size_t at = whole; at > 3;) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return negative ? "\u2212" + text : text;
}

template <class Unit>
std::string exact(Unit value) {
    return groupedText(value.toString());
}

// The minus sign takes three bytes and one column.
bool isShort(const std::string& text) {
    return text.size() <= kShort + (text.starts_with("\u2212") ? 3 : 0);
}

std::string money(Money value) {
    const std::string whole = exact(value);
    if (isShort(whole)) return whole;
    const double v = value.toDouble();
    const double size = std::fabs(v);
    if (size < 0.005) return whole;  // money that moved must not read as none
    if (size < 99'999.995) {
        const Decimal cent = Decimal::fromRaw(Decimal::kScale / 100);
        return exact(Money(Decimal::toMultiple(value.value(), cent, Round::HalfEven)));
    }
    if (size < 999'995) return fixed(v / 1e3, 2) + "k";
    if (size < 999'995'000) return fixed(v / 1e6, 2) + "M";
    return fixed(v / 1e9, 2) + "B";
}

// Two figures that were compared: what decided between them has to show.
std::pair<std::string, std::string> compared(Money a, Money b) {
    std::pair<std::string, std::string> texts{money(a), money(b)};
    if (a != b && texts.first == texts.second) texts = {exact(a), exact(b)};
    return texts;
}

std::string equityAgainst(Money equity, std::string_view what, Money requirement) {
    const auto [left, right] = compared(equity, requirement);
    return "equity " + left + ", " + std::string(what) + " " + right;
}

std::string price(Price value) {
    const std::string text = exact(value);
    if (isShort(text)) return text;
    const int decimals = value.abs() < Price::fromInteger(1) ? 8 : 4;
    const Price step(Decimal::fromRaw(decimals == 8 ? 10'000 : 100'000'000));
    return exact(Price(Decimal::toMultiple(value.value(), step.value(), Round::TowardZero)));
}

std::string plainWords(std::string_view word) {
    std::string text(word);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::string capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 32);
    return text;
}

class Teller {
public:
    explicit Teller(const Snapshot& names) : m_names(names) {}

    std::string operator()(const Refused& e) const;
    std::string operator()(const SourceChanged& e) const;
    std::string operator()(const IndexSight& e) const;
    std::string operator()(const MarkChanged& e) const {
        return market(e.instrument) + " mark " + price(e.mark) + ", index " + price(e.index);
    }
    std::string operator()(const HealthBandChanged& e) const;
    std::string operator()(const LiquidationStarted& e) const {
        return "Liquidation " + number(e.liquidation) + " of " + account(e.account) +
               " began: " + equityAgainst(e.equity, "maintenance", e.maintenance);
    }
    std::string operator()(const LiquidationOrdered& e) const;
    std::string operator()(const LiquidationFilled& e) const;
    std::string operator()(const LiquidationEnded& e) const;
    std::string operator()(const FundMoved& e) const;
    std::string operator()(const AdlExecuted& e) const;
    std::string operator()(const LossSocialised& e) const {
        return money(e.amount) + " of " + account(e.bankrupt) + "'s loss taken from " +
               counted(e.payers, "account", "accounts") + " with equity " + money(e.payersEquity) +
               ": " + e.openedBy;
    }
    std::string operator()(const LossUncovered& e) const {
        return money(e.amount) + " of " + account(e.bankrupt) +
               "'s loss uncovered: nobody was left to pay";
    }
    std::string operator()(const BreakerChanged& e) const;
    std::string operator()(const BreakerEffective& e) const {
        return market(e.instrument) + " seen at " + levelName(e.level) + " " + seconds(e.after) +
               " after the command" + (e.asCommanded ? "" : ", not as commanded");
    }
    std::string operator()(const CommandAccepted& e) const {
        return "Command " + number(e.command) + " of " + e.officer + " accepted on " +
               counted(e.markets, "market", "markets") + (e.blind ? ", BLIND: " : ": ") +
               e.authorisation;
    }
    std::string operator()(const AlarmAcknowledged& e) const {
        return e.officer + " acknowledged alarm " + std::to_string(e.alarm);
    }
    std::string operator()(const FundingSettled& e) const;
    std::string operator()(const WithdrawalQueued& e) const {
        return account(e.account) + "'s withdrawal of " + held(e.amount, e.asset) +
               " held back by a breaker";
    }
    std::string operator()(const WithdrawalReleased& e) const {
        return account(e.account) + "'s withdrawal of " + held(e.amount, e.asset) +
               (e.paid ? " paid" : " refused: not covered any more") + " after " +
               seconds(e.waited);
    }
    std::string operator()(const StateDigested& e) const {
        return "State digest " + e.digest.toShortHex();
    }

private:
    std::string account(AccountId id) const { return Names(m_names).account(id); }
    std::string market(InstrumentId id) const { return Names(m_names).market(id); }
    std::string underlying(UnderlyingId id) const { return Names(m_names).underlying(id); }
    std::string source(SourceId id) const { return Names(m_names).source(id, ""); }
    std::string held(Money amount, AssetId id) const {
        const bool known = m_names.profile && id.value() < m_names.profile->assets.size();
        return money(amount) + " " +
               (known ? m_names.profile->assets[id.value()].symbol
                      : "of asset " + std::to_string(id.value()));
    }
    template <class Id>
    static std::string number(Id id) {
        return std::to_string(id.value());
    }
    std::string subjectOf(const Refused& e) const;

    const Snapshot& m_names;
};

std::string Teller::subjectOf(const Refused& e) const {
    if (namesMarket(e)) return " on " + market(*marketOf(e));
    if (namesAccount(e)) return " for " + account(*accountsOf(e)[0]);
    if (e.what == "officer_command") return " " + std::to_string(e.subject);
    if (e.what == "liquidation_fill") return " of liquidation " + std::to_string(e.subject);
    return {};
}

std::string Teller::operator()(const Refused& e) const {
    return capital(plainWords(e.what)) + subjectOf(e) + " refused, " + plainWords(word(e.reason)) +
           (e.detail.empty() ? std::string() : ": " + e.detail);
}

std::string Teller::operator()(const SourceChanged& e) const {
    const std::string where = "Source " + source(e.source);
    switch (e.state) {
        case SourceState::Fresh:
            return where + " is fresh on " + underlying(e.underlying) + ", " + seconds(e.age) +
                   " old";
        case SourceState::Stale:
            return where + " is stale on " + underlying(e.underlying) + ", " + seconds(e.age) +
                   " old";
        case SourceState::Gapped: break;
    }
    return where + " has a gap on " + underlying(e.underlying) + ", last quote " + seconds(e.age) +
           " old";
}

std::string Teller::operator()(const IndexSight& e) const {
    return underlying(e.underlying) + (e.blind ? " index is blind: " : " index sees: ") +
           counted(e.fresh, "source", "sources") + " fresh, " + std::to_string(e.quorum) +
           " needed";
}

std::string Teller::operator()(const HealthBandChanged& e) const {
    const std::string who = account(e.account);
    const std::string maintenance = equityAgainst(e.equity, "maintenance", e.maintenance);
    const bool worse = e.to > e.from;
    switch (e.to) {
        case HealthBand::Healthy:
            return who + " is healthy again: " + equityAgainst(e.equity, "initial", e.initial);
        case HealthBand::BelowInitial:
            return who + (worse ? " fell below initial margin: " : " rose above warning: ") +
                   equityAgainst(e.equity, "initial", e.initial) + ", maintenance " +
                   money(e.maintenance);
        case HealthBand::Warning:
            return who + (worse ? " fell to warning: " : " rose above maintenance: ") + maintenance;
        case HealthBand::BelowMaintenance:
            return who + (worse ? " fell below maintenance: " : " rose above zero: ") + maintenance;
        case HealthBand::BelowZero: break;
    }
    return who + " fell below zero: " + maintenance;
}

std::string Teller::operator()(const LiquidationOrdered& e) const {
    return "Step " + std::to_string(e.step) + " of liquidation " + number(e.liquidation) + ", " +
           account(e.account) + ": order " + exact(e.quantity) + " " + market(e.instrument) +
           " at mark " + price(e.mark) +
           (e.hasLimit ? ", bankruptcy price " + price(e.limit) : ", no limit") + ", " +
           equityAgainst(e.equity, "maintenance", e.maintenance);
}

std::string Teller::operator()(const LiquidationFilled& e) const {
    return account(e.account) + (e.quantity.isNegative() ? " sold " : " bought ") +
           exact(e.quantity.abs()) + " " + market(e.instrument) + " at " + price(e.price) +
           ", mark " + price(e.mark) + (e.quantity.isNegative() ? ", to " : ", from ") +
           account(e.counterparty) + ", fee " + money(e.fee) + ": " +
           equityAgainst(e.equity, "maintenance", e.maintenance);
}

std::string Teller::operator()(const LiquidationEnded& e) const {
    const auto how = [&]() -> std::string_view {
        switch (e.end) {
            case LiquidationEnd::Restored: return "health restored";
            case LiquidationEnd::Flat: return "every position closed";
            case LiquidationEnd::CoveredByFund: return "covered by the fund";
            case LiquidationEnd::AutoDeleveraged: return "auto-deleveraged";
            case LiquidationEnd::Socialised: break;
        }
        return "loss socialised";
    };
    return "Liquidation " + number(e.liquidation) + " of " + account(e.account) + " ended after " +
           counted(e.steps, "step", "steps") + ", " + std::string(how()) + ": " +
           equityAgainst(e.equity, "maintenance", e.maintenance);
}

std::string Teller::operator()(const FundMoved& e) const {
    const bool paid = e.amount.isNegative();
    return "Fund " + std::string(paid ? "paid " : "received ") + held(e.amount.abs(), e.asset) +
           (e.hasAccount ? (paid ? " for " : " from ") + account(e.account) : std::string()) +
           ", " + e.cause + ", balance " + money(e.balance);
}

std::string Teller::operator()(const AdlExecuted& e) const {
    return account(e.winner) + " deleveraged against " + account(e.bankrupt) + ": " +
           exact(e.quantity.abs()) + " " + market(e.instrument) + " closed at mark " +
           price(e.mark) + ", gave " + money(e.contribution) + " (close price " +
           price(e.closePrice) + "), score " + fixed(e.score.toDouble(), 2) + ": " + e.openedBy;
}

std::string Teller::operator()(const BreakerChanged& e) const {
    const std::string where = market(e.instrument);
    const std::string until =
        (e.to == BreakerLevel::Normal ? std::string() : " until " + clockTime(e.ends)) +
        (e.reason.empty() ? std::string() : ": " + e.reason);
    switch (e.cause) {
        case BreakerCause::Officer:
        case BreakerCause::Rule:
            return e.by +
                   (e.from == e.to ? " renewed " + levelName(e.to) + " on " + where
                                   : " set " + where + " from " + levelName(e.from) + " to " +
                                         levelName(e.to)) +
                   until;
        case BreakerCause::Expiry:
            return where + " stepped down from " + levelName(e.from) + " to " + levelName(e.to) +
                   until;
        case BreakerCause::Renewal: break;
    }
    const std::string of =
        m_names.profile ? " of " + std::to_string(m_names.profile->renewals) : std::string();
    return "The venue renewed " + levelName(e.to) + " on " + where + ", " +
           std::to_string(e.renewals) + of + until;
}

std::string Teller::operator()(const FundingSettled& e) const {
    const double percentage = e.rate.toDouble() * 100;
    return market(e.instrument) + " funding " + (e.rate.isPositive() ? "+" : "") +
           fixed(percentage, 4) + " %: " + (e.rate.isNegative() ? "shorts paid " : "longs paid ") +
           money(e.paid) + ", received " + money(e.received);
}

}  // namespace

std::string sentenceOf(const Event& event, const Snapshot& names) {
    return std::visit(Teller(names), event);
}

}  // namespace breakwater::view
