#include "tests/core/engine/desk.hpp"

namespace breakwater::test {

Desk::Desk(EngineOptions options) : m_engine(options) {}

const std::vector<Event>& Desk::put(InputBody body) {
    m_inputs.push_back({state().sequence + 1, m_now, std::move(body)});
    m_last.clear();
    m_engine.apply(m_inputs.back(), m_last);
    m_told.insert(m_told.end(), m_last.begin(), m_last.end());
    return m_last;
}

void Desk::openVenue(const Profile& profile,
                     const std::vector<std::pair<std::string, const char*>>& markets) {
    SessionStarted session;
    session.venue = profile.name;
    session.program = "test";
    put(session);
    put(ProfileLoaded{profile, digestOf(profile)});
    for (std::uint16_t m = 0; m < markets.size(); ++m) {
        put(InstrumentListed{instrument(m, markets[m].first, m), markets[m].first});
        setPrice(m, markets[m].second);
    }
    tick();
}

AccountId Desk::open(const std::string& name, AccountTag tag, const char* deposit,
                     std::vector<OpeningLeg> legs, AccountId counterparty) {
    AccountFacts facts;
    facts.account = AccountId(static_cast<std::uint32_t>(books().accounts().size()));
    facts.name = name;
    facts.tag = tag;
    facts.deposit = money(deposit);
    facts.counterparty = counterparty;
    facts.legs = std::move(legs);
    const AccountId id = facts.account;
    put(std::move(facts));
    return id;
}

const std::vector<Event>& Desk::tick(Duration pause) {
    m_now = m_now + pause;
    for (const auto& [underlying, at] : m_outside) {
        for (const std::uint16_t source : m_sources) {
            put(PriceObserved{UnderlyingId(underlying), SourceId(source), at, m_now});
        }
    }
    return put(ClockTick{});
}

const std::vector<Event>& Desk::command(BreakerLevel level, Duration duration,
                                        std::vector<InstrumentId> markets,
                                        const std::string& reason) {
    OfficerCommand command;
    command.id = CommandId(++m_command);
    command.officer = "A. Meyer";
    command.scope = markets.empty() ? ScopeKind::Venue : ScopeKind::Market;
    command.instruments = std::move(markets);
    command.level = level;
    command.duration = duration;
    command.reason = reason;
    return put(std::move(command));
}

const std::vector<Event>& Desk::fill(std::uint16_t market, AccountId taker, AccountId maker,
                                     const char* size, const char* at) {
    return put(Fill{InstrumentId(market), taker, maker, quantity(size), quantity(size), price(at)});
}

const std::vector<Event>& Desk::takeOrder(AccountId liquidated, AccountId counterparty,
                                          const char* at) {
    const Liquidation* running = liquidationOf(liquidated);
    BW_ASSERT(running != nullptr && running->hasOrder);
    return put(LiquidationFill{running->id, counterparty, running->remaining, price(at)});
}

Quantity Desk::held(AccountId account, std::uint16_t market) const {
    const Leg* leg = books().accounts().leg(account, InstrumentId(market));
    return leg != nullptr ? leg->quantity : Quantity();
}

const Liquidation* Desk::liquidationOf(AccountId account) const {
    const auto it = state().liquidations.find(books().accounts().at(account).liquidation);
    return it != state().liquidations.end() ? &it->second : nullptr;
}

}  // namespace breakwater::test
