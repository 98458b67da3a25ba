// The sentences of inputs, where a chain of causes begins with one.
#include "core/view/causes.hpp"
#include "core/view/names.hpp"
#include "core/view/words.hpp"

namespace breakwater::view {
namespace {

class InputTeller {
public:
    explicit InputTeller(const Snapshot& names) : m_names(names) {}

    std::string operator()(const PriceObserved& in) const {
        return source(in.source) + " quotes " + underlying(in.underlying) + " at " +
               in.price.toString();
    }
    std::string operator()(const BookObserved& in) const {
        return market(in.instrument) + " book seen: basis " + in.basis.toString();
    }
    std::string operator()(const Fill& in) const {
        return account(in.taker) + (in.quantity.isNegative() ? " sells " : " buys ") +
               in.quantity.abs().toString() + " " + market(in.instrument) + " at " +
               in.price.toString() + " from " + account(in.maker);
    }
    std::string operator()(const LiquidationFill&) const { return "A liquidation order is filled"; }
    std::string operator()(const Transfer& in) const {
        return account(in.account) + (in.amount.isNegative() ? " withdraws " : " deposits ") +
               in.amount.abs().toString();
    }
    std::string operator()(const FundTransfer&) const { return "Capital moves at the fund"; }
    std::string operator()(const AccountFacts& in) const {
        return "Account " + in.name + " is opened";
    }
    std::string operator()(const OfficerCommand& in) const {
        switch (in.kind) {
            case CommandKind::Acknowledge:
                return in.officer + " acknowledges alarm " + std::to_string(in.alarm);
            case CommandKind::Renew: return in.officer + " renews the breaker on " + scope(in);
            case CommandKind::SetLevel: break;
        }
        return in.officer + " commands " + levelName(in.level) + " on " + scope(in) +
               (in.reason.empty() ? "" : ": " + in.reason);
    }
    std::string operator()(const BreakerObserved& in) const {
        return market(in.instrument) + " is seen at " + levelName(in.level);
    }
    std::string operator()(const FeedGap& in) const {
        return "Quotes of " + source(in.source) + " on " + underlying(in.underlying) +
               " were missed";
    }
    std::string operator()(const ClockTick&) const { return "The venue's clock ticks"; }
    std::string operator()(const SessionStarted& in) const { return "Session on " + in.venue; }
    std::string operator()(const SessionEnded&) const { return "The session ends"; }
    std::string operator()(const ProfileLoaded& in) const {
        return "Profile " + in.profile.name + " is loaded";
    }
    std::string operator()(const InstrumentListed& in) const {
        return in.instrument.symbol + " is listed";
    }

private:
    std::string scope(const OfficerCommand& in) const {
        if (in.scope == ScopeKind::Venue) return "all markets";
        return in.instruments.size() == 1 ? market(in.instruments[0])
                                          : counted(in.instruments.size(), "market", "markets");
    }
    std::string account(AccountId id) const { return Names(m_names).account(id); }
    std::string market(InstrumentId id) const { return Names(m_names).market(id); }
    std::string underlying(UnderlyingId id) const { return Names(m_names).underlying(id); }
    std::string source(SourceId id) const { return Names(m_names).source(id, "source "); }

    const Snapshot& m_names;
};

}  // namespace

std::string sentenceOf(const InputBody& input, const Snapshot& names) {
    return std::visit(InputTeller(names), input);
}

}  // namespace breakwater::view
