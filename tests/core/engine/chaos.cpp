#include "tests/core/engine/chaos.hpp"

namespace breakwater::test {
namespace {

constexpr std::uint16_t kUnderlyings = 3, kMarkets = 4;  // two markets share an underlying
constexpr std::uint32_t kMostAccounts = 30;

Decimal times(Decimal value, int parts, int whole) {
    return Decimal::mulDiv(value, Decimal::fromInteger(parts), Decimal::fromInteger(whole),
                           Round::HalfEven);
}

}  // namespace

Digest substanceOf(const EngineState& state) {
    EngineState substance = state;
    substance.sequence = 0;
    substance.time = Instant();
    substance.tally = Tally();
    for (Market& market : substance.markets)
        market.sellExits = market.buyExits = ExitFlow();
    return substance.digest();
}

Chaos::Chaos(std::uint64_t seed)
    : m_draw(seed),
      m_filler(seed ^ 0x5eed, Filler::Reach::Bytes),
      m_now(Instant::parse("2025-10-10T20:58:00Z").value()),
      m_wild(seed % 8 == 0),
      m_outside{dec("2000"), dec("60000"), dec("0.0005")} {}

Input Chaos::next(const EngineState& state) {
    InputBody body;
    Instant at = m_now;
    if (!m_queue.empty()) {
        body = std::move(m_queue.back());
        m_queue.pop_back();
    } else if (state.markets.size() < kMarkets || state.books.accounts().size() < 4) {
        body = opening(state);
    } else if (m_draw.between(0, 99) < 12) {
        body = faulty(state);
        if (oneIn(12)) at = m_now - Duration::microseconds(m_draw.between(1, 1'000'000'000));
        if (oneIn(60)) at = Instant::fromMicroseconds(static_cast<std::int64_t>(m_draw.word()));
    } else {
        body = plausible(state);
    }
    if (m_past.size() < 64) {
        m_past.push_back(body);
    } else {
        m_past[m_draw.word() % m_past.size()] = body;
    }
    return {state.sequence + 1, at, std::move(body)};
}

InputBody Chaos::opening(const EngineState& state) {
    if (state.venue.empty()) {
        SessionStarted session;
        session.venue = "chaos";
        return session;
    }
    if (!state.hasProfile) {
        if (oneIn(3)) return drawCommand(state);  // too early
        Profile profile = embeddedProfile();
        profile.fundingInterval = Duration::seconds(m_draw.between(20, 200));
        profile.renewals = static_cast<std::uint16_t>(m_draw.between(0, 3));
        for (LevelTerms& terms : profile.levels) {
            terms.longest = Duration::seconds(40);
            terms.stepDown = Duration::seconds(m_draw.between(1, 15));
        }
        for (MoveRule& rule : profile.moveRules)
            rule.duration = Duration::seconds(m_draw.between(1, 30));
        return ProfileLoaded{profile, digestOf(profile)};
    }
    if (state.markets.size() < kMarkets) {
        const auto m = static_cast<std::uint16_t>(state.markets.size());
        const auto underlying = static_cast<std::uint16_t>(m % kUnderlyings);
        if (m + 1 == kMarkets) queueRound(state);
        return InstrumentListed{instrument(m, "M" + std::to_string(m), underlying),
                                "U" + std::to_string(underlying)};
    }
    return drawAccount(state);
}

// All outside prices move; their sources speak, mostly; then the clock ticks.
void Chaos::queueRound(const EngineState&) {
    m_now = m_now + (oneIn(25) ? Duration::seconds(m_draw.between(2, 90)) : Duration::seconds(1));
    m_queue.push_back(ClockTick{});
    const bool crash = oneIn(15);
    const bool silence = oneIn(30);
    for (std::uint16_t u = 0; u < kUnderlyings; ++u) {
        Decimal& outside = m_outside[u];
        const int size = crash ? 1'200 : 30;  // basis points
        outside = times(outside, 10'000 + m_draw.between(-size, crash ? size / 2 : size), 10'000);
        if (m_wild && oneIn(40))
            outside = times(outside, m_draw.between(1, 1'000'000), m_draw.between(1, 1'000'000));
        if (m_wild && oneIn(400))
            outside = oneIn(2) ? Decimal::fromInteger(10'000'000'000) : Decimal::fromRaw(1);
        outside = std::clamp(outside, Decimal::fromRaw(1), Decimal::fromInteger(10'000'000'000));
        for (std::uint16_t s = 0; s < 5; ++s) {
            if (silence || oneIn(6)) continue;
            const Decimal seen = times(outside, 10'000 + m_draw.between(-3, 3), 10'000);
            m_queue.push_back(PriceObserved{UnderlyingId(u), SourceId(s), Price(seen), m_now});
        }
    }
}

AccountId Chaos::anyAccount(const EngineState& state) {
    return AccountId(static_cast<std::uint32_t>(m_draw.word() % state.books.accounts().size()));
}
InstrumentId Chaos::anyMarket(const EngineState& state) {
    return InstrumentId(static_cast<std::uint16_t>(m_draw.word() % state.markets.size()));
}
Price Chaos::nearMark(const EngineState& state, InstrumentId market, int basisPoints) {
    const Market& m = state.markets[market.value()];
    const Decimal mark = m.hasMark ? m.mark.value() : Decimal::fromInteger(1);
    return Price(times(mark, 10'000 + m_draw.between(-basisPoints, basisPoints), 10'000));
}

AccountFacts Chaos::drawAccount(const EngineState& state) {
    AccountFacts facts;
    const auto id = static_cast<std::uint32_t>(state.books.accounts().size());
    facts.account = AccountId(id);
    facts.name = "account " + std::to_string(id);
    facts.tag = id < 2 ? AccountTag::Maker : static_cast<AccountTag>(m_draw.word() % 3);
    facts.deposit = Money(Decimal::fromInteger(id < 2 ? 400'000 : m_draw.between(1, 20'000)));
    if (id < 2 || oneIn(4)) return facts;
    facts.counterparty = anyAccount(state);
    for (int n = m_draw.between(1, 3); n > 0; --n) {
        const InstrumentId market = anyMarket(state);
        const Price at = nearMark(state, market, 200);
        if (!at.isPositive()) continue;
        // Between a half and thirty times leveraged.
        const Decimal size =
            Decimal::mulDiv(facts.deposit.value(), Decimal::fromInteger(m_draw.between(5, 300)),
                            Decimal::fromInteger(10), Round::TowardZero);
        const Quantity contracts = quantityFor(Money(size), at, Round::TowardZero);
        facts.legs.push_back({market, oneIn(3) ? -contracts : contracts, at});
    }
    return facts;
}

Fill Chaos::drawFill(const EngineState& state) {
    Fill fill;
    fill.instrument = anyMarket(state);
    fill.taker = anyAccount(state);
    fill.maker =
        oneIn(3) ? anyAccount(state) : AccountId(static_cast<std::uint32_t>(m_draw.between(0, 1)));
    fill.price = nearMark(state, fill.instrument, oneIn(8) ? 150 : 20);
    const Leg* leg = state.books.accounts().leg(fill.taker, fill.instrument);
    if (leg != nullptr && !oneIn(3)) {
        fill.submitted =
            -scale(leg->quantity, Ratio(times(Decimal::fromInteger(1), m_draw.between(1, 12), 10)),
                   Round::AwayFromZero);
    } else if (fill.price.isPositive()) {
        fill.submitted = quantityFor(Money(Decimal::fromInteger(m_draw.between(-60'000, 60'000))),
                                     fill.price, Round::TowardZero);
    }
    fill.quantity = oneIn(6) ? Quantity() : fill.submitted;
    return fill;
}

InputBody Chaos::drawLiquidationFill(const EngineState& state) {
    for (const auto& [id, running] : state.liquidations) {
        if (!running.hasOrder || oneIn(2)) continue;
        LiquidationFill fill;
        fill.liquidation = id;
        fill.counterparty = oneIn(3) ? anyAccount(state)
                                     : AccountId(static_cast<std::uint32_t>(m_draw.between(0, 1)));
        fill.quantity = oneIn(3) ? scale(running.remaining, ratioOf("0.4"), Round::AwayFromZero)
                                 : running.remaining;
        fill.price = nearMark(state, running.instrument, oneIn(5) ? 2'000 : 90);
        return fill;
    }
    return drawFill(state);
}

OfficerCommand Chaos::drawCommand(const EngineState& state) {
    static constexpr std::array kLevels{BreakerLevel::Normal, BreakerLevel::Tighten,
                                        BreakerLevel::Restrict, BreakerLevel::Stop};
    OfficerCommand command;
    command.id = CommandId(++m_command);
    command.officer = "A. Meyer";
    command.kind = oneIn(5)   ? CommandKind::Renew
                   : oneIn(9) ? CommandKind::Acknowledge
                              : CommandKind::SetLevel;
    command.scope = oneIn(4) ? ScopeKind::Venue : ScopeKind::List;
    if (!state.markets.empty()) {
        for (int n = m_draw.between(0, 2); n > 0; --n)
            command.instruments.push_back(anyMarket(state));
    }
    command.level = oneIn(20) ? BreakerLevel::Auction : kLevels[m_draw.word() % kLevels.size()];
    command.duration = Duration::seconds(m_draw.between(0, 45));
    command.reason = oneIn(10) ? "" : "simulation";
    return command;
}

InputBody Chaos::plausible(const EngineState& state) {
    switch (m_draw.between(0, 19)) {
        case 0:
        case 1: queueRound(state); break;
        case 2:
            if (state.books.accounts().size() < kMostAccounts) return drawAccount(state);
            break;
        case 3:
            return Transfer{anyAccount(state),
                            AssetId(static_cast<std::uint16_t>(m_draw.between(0, 1))),
                            Money(Decimal::fromRaw(m_draw.number(m_draw.between(40, 53))))};
        case 4:
            if (oneIn(3))
                return FundTransfer{AssetId(0),
                                    Money(Decimal::fromInteger(m_draw.between(-3'000, 5'000)))};
            return BreakerObserved{anyMarket(state),
                                   static_cast<BreakerLevel>(m_draw.between(0, 4))};
        case 5: {
            const InstrumentId market = anyMarket(state);
            const Price mark = state.markets[market.value()].mark;
            return BookObserved{market, Price(times(mark.value(), m_draw.between(-60, 60), 10'000)),
                                money("500000"), money("400000")};
        }
        case 6: return drawCommand(state);
        case 7:
            if (oneIn(3))
                return FeedGap{UnderlyingId(static_cast<std::uint16_t>(m_draw.between(0, 2))),
                               SourceId(static_cast<std::uint16_t>(m_draw.between(0, 4))), m_now,
                               m_now};
            break;
        case 8:
        case 9:
        case 10:
        case 11:
        case 12: return drawLiquidationFill(state);
        case 13:
            // A market whose price nobody knows yet, perhaps for ever.
            if (oneIn(12) && state.markets.size() < kMarkets + 2) {
                const auto m = static_cast<std::uint16_t>(state.markets.size());
                return InstrumentListed{
                    instrument(m, "M" + std::to_string(m),
                               static_cast<std::uint16_t>(oneIn(2) ? kUnderlyings : 1)),
                    "U"};
            }
            if (oneIn(20)) {
                Profile profile = state.profile;
                profile.warningFactor = oneIn(2) ? ratioOf("1.15") : ratioOf("1.05");
                profile.stepFraction = oneIn(2) ? ratioOf("0.5") : ratioOf("0.2");
                return ProfileLoaded{profile, digestOf(profile)};
            }
            break;
        default: return drawFill(state);
    }
    return ClockTick{};
}

InputBody Chaos::faulty(const EngineState& state) {
    const Quantity largest = Quantity::fromInteger(1'000'000'000'000);
    switch (m_draw.between(0, 11)) {
        case 0: return m_past[m_draw.word() % m_past.size()];  // once more
        case 1: {
            Fill fill = drawFill(state);
            fill.quantity = fill.submitted = oneIn(2) ? largest : -largest;
            if (oneIn(2)) fill.price = Price(Decimal::fromRaw(1));
            return fill;
        }
        case 2: {
            Fill fill = drawFill(state);
            fill.quantity = fill.submitted =
                Quantity(Decimal::fromRaw(m_draw.number(m_draw.between(1, 6))));  // dust
            return fill;
        }
        case 3: {
            AccountFacts facts = drawAccount(state);
            for (OpeningLeg& leg : facts.legs) {
                leg.quantity = largest;
                leg.price = Price(Decimal::fromRaw(m_draw.between(1, 1'000)));
            }
            if (oneIn(3)) facts.account = anyAccount(state);
            // Only now and then: what it opens stays in the books and drowns the venue.
            if (!m_wild || !oneIn(4)) facts.deposit = Money(Decimal::fromInteger(-1));
            return facts;
        }
        case 4:
            return PriceObserved{
                UnderlyingId(static_cast<std::uint16_t>(m_draw.between(0, 3))),
                SourceId(static_cast<std::uint16_t>(m_draw.between(0, 5))),
                oneIn(2) ? Price::fromInteger(10'000'000'000) : Price(Decimal::fromRaw(1)),
                m_now - Duration::seconds(m_draw.between(-2, 2))};
        case 5:
            return Transfer{anyAccount(state), AssetId(0),
                            Money::fromInteger(oneIn(2) ? 1'000'000'000'000'000 : -1'000'000'000)};
        case 6: {
            OfficerCommand command = drawCommand(state);
            command.id = CommandId(m_command / 2);
            return command;
        }
        default: {
            // Any record at all, except that a session's role is not changed under way.
            const auto kinds = std::variant_size_v<InputBody>;
            return m_filler.ofKind<InputBody>(1 + m_draw.word() % (kinds - 1));
        }
    }
}

}  // namespace breakwater::test
