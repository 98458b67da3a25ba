#include "core/sim/venue.hpp"

#include <algorithm>
#include <cmath>

#include "core/engine/figures.hpp"
#include "core/num/math.hpp"
#include "core/sim/listing.hpp"
#include "core/sim/random.hpp"
#include "core/sim/venue_twin.hpp"

namespace breakwater::sim {
namespace {

constexpr std::uint32_t kSourceStream = streams::kVenueFirst;
constexpr std::uint32_t kOutageStream = streams::kVenueFirst + 1;

// Equity of the staff as a share of the venue's open interest (assumed).
constexpr double kMakerEquity = 0.01, kLiquidatorEquity = 0.008, kArbitrageEquity = 0.03;
constexpr double kFundShare = 0.003;    // insurance fund at the start, of open interest
constexpr double kLargestVenue = 1e14;  // $ of all positions together
constexpr Duration kMatchingLatency = Duration::seconds(1);

Money moneyOf(double amount) { return Money(*Decimal::fromDouble(std::floor(amount))); }

// What the engine would refuse of an account would leave every later one without its number, and
// the house takes the other side of everything.
Result<void> judgePopulation(const std::vector<SimAccount>& accounts,
                             const std::vector<PopulationMarket>& markets) {
    if (accounts.empty()) return fail(ErrorCode::OutOfRange, "the population holds no account");
    std::vector<Quantity> sums(markets.size());
    double value = 0;
    for (const SimAccount& account : accounts) {
        bool fits = sane(account.deposit) && !account.deposit.isNegative();
        for (const SimLeg& leg : account.legs) {
            fits = fits && leg.underlying < markets.size() && !leg.quantity.isZero() &&
                   sane(leg.quantity, leg.entry);
            if (!fits) break;
            Quantity& sum = sums[leg.underlying];
            sum += leg.quantity.abs();
            value += leg.quantity.abs().toDouble() *
                     std::max(leg.entry, markets[leg.underlying].price).toDouble();
            fits = sane(sum) && value <= kLargestVenue;
        }
        if (!fits) {
            return fail(ErrorCode::OutOfRange, "account " + account.name +
                                                   ": its figures, with those of the accounts "
                                                   "before it, are more than the venue can book");
        }
    }
    return {};
}

}  // namespace

Venue::Venue(VenueOptions options, OutsideMarket outside)
    : m_profile(std::move(options.profile)),
      m_program(std::move(options.program)),
      m_seed(options.seed),
      m_marketShare(options.marketShare),
      m_share(options.marketShare.toDouble()),
      m_outside(std::move(outside)) {}

Result<Venue> Venue::create(VenueOptions options) {
    const Scenario scenario = options.scenario;
    const Instant from = options.from.value_or(scenario.watchFrom);
    const Instant until = options.until.value_or(scenario.end() - Duration::seconds(1));
    const std::string range = scenario.begin().toString() + " to " + scenario.end().toString();
    if (from < scenario.begin() || from >= scenario.end()) {
        return fail(ErrorCode::OutOfRange,
                    "the start " + from.toString() + " is outside the prices (" + range + ")");
    }
    if (until <= from || until > scenario.end()) {
        return fail(ErrorCode::OutOfRange, "the end " + until.toString() +
                                               " must lie after the start " + from.toString() +
                                               " and within the prices (" + range + ")");
    }
    if (options.marketShare.isNegative() || options.marketShare > Ratio::fromInteger(1)) {
        return fail(ErrorCode::OutOfRange, "the market share must be between 0 and 1");
    }
    std::vector<Instrument> instruments;
    std::vector<Price> ticks;
    PopulationOptions population{options.seed, options.accounts, {}};
    OutsideMarket probe(scenario,
                        std::vector<Price>(scenario.series.size(), Price(Decimal::fromRaw(1))),
                        {options.seed, options.order});
    for (std::size_t u = 0; u < scenario.series.size(); ++u) {
        const auto price = probe.priceAt(static_cast<std::uint16_t>(u), from);
        const std::string& symbol = scenario.series[u].underlying;
        if (!price)
            return fail(ErrorCode::OutOfRange,
                        "there is no price of " + symbol + " at " + from.toString());
        instruments.push_back(listPerpetual(InstrumentId(static_cast<std::uint16_t>(u)),
                                            UnderlyingId(static_cast<std::uint16_t>(u)), symbol,
                                            *price));
        ticks.push_back(instruments.back().tick);
        population.markets.push_back(populationMarket(instruments.back(), symbol, *price));
    }
    if (!options.population) {
        if (options.accounts < 2)
            return fail(ErrorCode::OutOfRange, "a venue needs at least 2 accounts");
        Result<std::vector<SimAccount>> made = generatePopulation(population);
        if (!made) return Unexpected(made.error());
        options.population = std::move(*made);
    }
    const Result<void> judged = judgePopulation(*options.population, population.markets);
    if (!judged) return Unexpected(judged.error());
    auto accounts = std::make_shared<const std::vector<SimAccount>>(std::move(*options.population));
    options.population.reset();
    OutsideMarket outside(scenario, std::move(ticks), {options.seed, options.order});
    Venue venue(std::move(options), std::move(outside));
    venue.m_from = venue.m_time = from;
    venue.m_until = until;
    venue.m_instruments = std::move(instruments);
    venue.m_population = std::move(accounts);
    venue.m_books.resize(venue.m_instruments.size());
    venue.buildTriggers(population.markets);
    venue.queueListing();
    return venue;
}

void Venue::queueListing() {
    m_queue.emplace_back(SessionStarted{Role::Authority, "embedded", scenario().name, m_program,
                                        m_seed, m_marketShare.toString()});
    m_queue.emplace_back(ProfileLoaded{m_profile, digestOf(m_profile)});
    for (std::size_t m = 0; m < m_instruments.size(); ++m) {
        m_queue.emplace_back(InstrumentListed{m_instruments[m], scenario().series[m].underlying});
    }
    m_sources.resize(m_profile.sources.size());
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        m_sources[i].noise.assign(m_instruments.size(), 0.0);
        m_sources[i].delay = Duration::seconds(static_cast<std::int64_t>(i / 2));
    }
    m_queue.emplace_back(
        FundTransfer{Books::kSettlement, moneyOf(std::max(m_openInterest * kFundShare, 1.0))});
    for (std::size_t m = 0; m < m_books.size(); ++m)
        moveBook(static_cast<std::uint16_t>(m));
    queueQuotes(true);
    m_staff.push_back({AccountTag::Maker, false, 0, {}});
    for (std::size_t i = 0; i < kMakers; ++i)
        m_staff.push_back({AccountTag::Maker, false, kMakerEquity, {}});
    for (std::size_t i = 0; i < kLiquidators; ++i)
        m_staff.push_back({AccountTag::Liquidator, false, kLiquidatorEquity, {}});
    for (std::size_t i = 0; i < kArbitrageurs; ++i)
        m_staff.push_back({AccountTag::Maker, true, kArbitrageEquity, {}});
    m_reserves.resize(m_staff.size() + m_population->size());
    for (std::size_t i = 0; i < m_staff.size(); ++i) {
        m_staff[i].equity = std::max(1'000.0, m_staff[i].equity * m_openInterest);
        // Arbitrage is hedged outside: what it loses here it has won there, with a delay.
        m_reserves[i] = moneyOf(m_staff[i].equity * (m_staff[i].arbitrage ? 20.0 : 0.5));
    }
    for (std::size_t i = 0; i < m_population->size(); ++i) {
        m_reserves[m_staff.size() + i] = (*m_population)[i].behaviour.topUpReserve;
    }
    m_phase = Phase::Accounts;
}

// Staff first, then the clients, whose legs open against the house. The house starts with more
// than enough to be the other side of any part of the book, and gives the surplus back.
std::optional<InputBody> Venue::nextAccount(const EngineState& state) {
    const std::size_t i = m_nextAccount++;
    AccountFacts facts;
    facts.account = AccountId(static_cast<std::uint32_t>(i));
    if (i < m_staff.size()) {
        static constexpr const char* kNames[] = {"house", "maker", "liquidator", "arbitrage"};
        const std::size_t kind = i == 0                        ? 0
                                 : i <= kMakers                ? 1
                                 : i <= kMakers + kLiquidators ? 2
                                                               : 3;
        const std::size_t first = kind == 1   ? 1
                                  : kind == 2 ? 1 + kMakers
                                              : 1 + kMakers + kLiquidators;
        facts.name = kind == 0 ? kNames[0] : kNames[kind] + ("-" + std::to_string(i - first + 1));
        facts.tag = m_staff[i].tag;
        facts.deposit = i == 0 ? moneyOf(std::max(4.0 * m_openInterest, 1'000'000.0))
                               : moneyOf(m_staff[i].equity);
        return facts;
    }
    if (i - m_staff.size() < m_population->size()) {
        const SimAccount& account = (*m_population)[i - m_staff.size()];
        facts.name = account.name;
        facts.deposit = account.deposit;
        facts.counterparty = AccountId(0);
        for (const SimLeg& leg : account.legs) {
            facts.legs.push_back({InstrumentId(leg.underlying), leg.quantity, leg.entry});
        }
        return facts;
    }
    if (m_houseSettled) return std::nullopt;
    m_houseSettled = true;
    const AccountBook& accounts = state.books.accounts();
    const Margin margin =
        evaluateMargin(accounts.at(AccountId(0)).cash, accounts.legs(AccountId(0)), state.markets);
    const Money keep = margin.initial + margin.initial + Money::fromInteger(1);
    const Money surplus = std::min(margin.equity - keep, accounts.at(AccountId(0)).cash);
    if (!surplus.isPositive()) return std::nullopt;
    return Transfer{AccountId(0), Books::kSettlement, -surplus};
}

std::optional<TimedInput> Venue::next(const EngineState& state, Instant notAfter) {
    while (true) {
        if (!m_queue.empty()) {
            TimedInput input{m_time, std::move(m_queue.front())};
            m_queue.pop_front();
            return input;
        }
        if (m_phase == Phase::Accounts) {
            if (auto body = nextAccount(state)) return TimedInput{m_time, std::move(*body)};
            m_phase = Phase::Reactions;
            m_desk = Desk::Done;
            continue;
        }
        if (m_phase == Phase::Ended) return std::nullopt;
        if (auto body = react(state)) return TimedInput{m_time, std::move(*body)};
        if (m_time + Duration::seconds(1) > m_until) {
            m_phase = Phase::Ended;
            continue;
        }
        if (m_time + Duration::seconds(1) > notAfter) return std::nullopt;
        m_time = m_time + Duration::seconds(1);
        queueSecond();
    }
}

void Venue::queueSecond() {
    if (m_twin) advanceTwin();
    for (std::size_t m = 0; m < m_books.size(); ++m)
        moveBook(static_cast<std::uint16_t>(m));
    queueQuotes(false);
    m_orders.clear();  // the engine decides them afresh at the tick
    m_desk = Desk::Orders;
    // Client trades come as a Poisson stream, 4 a second for 20,000 accounts.
    Random random(m_seed, kOutageStream + 1, static_cast<std::uint64_t>(second()));
    const double mean = std::min(200.0, static_cast<double>(m_population->size()) / 5'000.0);
    double left = mean - random.exponential(1.0);
    for (m_noiseLeft = 0; left > 0; left -= random.exponential(1.0))
        ++m_noiseLeft;
    m_marketCursor = 0;
}

void Venue::queueQuotes(bool first) {
    for (std::size_t u = 0; u < m_books.size(); ++u)
        quoteUnderlying(static_cast<std::uint16_t>(u), first);
    for (std::size_t m = 0; m < m_books.size(); ++m) {
        const Book& book = m_books[m];
        if (!book.quoted || book.inGap) continue;
        const double d = depth(book);
        m_queue.emplace_back(BookObserved{
            InstrumentId(static_cast<std::uint16_t>(m)),
            Price(Decimal::toMultiple(*Decimal::fromDouble(book.outside * book.basis),
                                      m_instruments[m].tick.value(), Round::HalfEven)),
            moneyOf(std::max(0.0, d - book.sold)), moneyOf(std::max(0.0, d - book.bought))});
    }
    m_queue.emplace_back(ClockTick{});
}

// One quote of each source that is up: the outside price as it was `delay` ago, with the
// source's own error (2 bp, correlated over about 20 s). Outages come more often when prices run.
void Venue::quoteUnderlying(std::uint16_t u, bool first) {
    const UnderlyingId id(u);
    Book& book = m_books[u];
    const bool gap = !m_outside.priceAt(u, m_time).has_value();
    if (gap != book.inGap) {
        book.inGap = gap;
        for (std::size_t i = 0; gap && i < m_sources.size(); ++i) {
            m_queue.emplace_back(
                FeedGap{id, SourceId(static_cast<std::uint16_t>(i)), m_time, m_time});
        }
    }
    if (gap || !book.quoted) return;
    const double stress = std::min(20.0, std::sqrt(book.variance) / 1.2e-4);
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        Source& source = m_sources[i];
        Random random(m_seed, kSourceStream + 10 + static_cast<std::uint32_t>(i) * 64 + u,
                      static_cast<std::uint64_t>(second()));
        double& noise = source.noise[u];
        noise = 0.95 * noise + 0.31 * 2e-4 * random.normal();
        if (!first && m_time >= source.downUntil &&
            random.chance(4e-6 * (1 + stress * stress * 0.1))) {
            source.downUntil =
                m_time + Duration::seconds(5 + static_cast<std::int64_t>(random.exponential(20.0)));
        }
        if (!first && m_time < source.downUntil) continue;
        const std::size_t lag = first ? 0 : static_cast<std::size_t>(source.delay.wholeSeconds());
        // A price from before a gap must not come back as one seen in it.
        if (m_time - Duration::seconds(static_cast<std::int64_t>(lag)) < book.quotedFrom) continue;
        const Decimal raw = *Decimal::fromDouble(book.recent[lag].toDouble() * (1 + noise));
        const Price tick = m_instruments[u].tick;
        const Price price =
            std::max(Price(Decimal::toMultiple(raw, tick.value(), Round::HalfEven)), tick);
        m_queue.emplace_back(
            PriceObserved{id, SourceId(static_cast<std::uint16_t>(i)), price,
                          m_time - Duration::seconds(static_cast<std::int64_t>(lag))});
    }
}

std::optional<InputBody> Venue::react(const EngineState& state) {
    while (true) {
        std::optional<InputBody> body;
        switch (m_desk) {
            case Desk::Orders: body = workOrders(state); break;
            case Desk::TopUps: body = topUps(state); break;
            case Desk::Triggers: body = triggers(state); break;
            case Desk::Noise: body = noise(state); break;
            case Desk::Arbitrage: body = arbitrage(state); break;
            case Desk::Breakers: body = breakers(); break;
            case Desk::Done: return std::nullopt;
        }
        if (body) return body;
        m_desk = static_cast<Desk>(static_cast<int>(m_desk) + 1);
        m_marketCursor = 0;
    }
}

void Venue::observe(const InputBody& body, const std::vector<Event>& events, const EngineState&) {
    bool refused = false;
    for (const Event& event : events) {
        if (const auto* ordered = std::get_if<LiquidationOrdered>(&event)) {
            m_orders.push_back({ordered->liquidation, ordered->instrument, ordered->quantity,
                                ordered->hasLimit, ordered->limit, 0});
        } else if (const auto* health = std::get_if<HealthBandChanged>(&event)) {
            noteHealth(*health);
        } else if (const auto* breaker = std::get_if<BreakerChanged>(&event)) {
            if (breaker->from != breaker->to) {
                m_notices.push_back({m_time + kMatchingLatency, breaker->instrument, breaker->to});
            }
        } else if (std::holds_alternative<Refused>(event)) {
            refused = true;
        }
    }
    if (const auto* fill = std::get_if<LiquidationFill>(&body)) {
        Order& order = m_orders.front();
        if (refused) {
            if (isStaff(fill->counterparty))
                m_staff[fill->counterparty.value()].restsUntil = m_time + Duration::seconds(5);
            if (++order.attempts >= 4) m_orders.pop_front();
            return;
        }
        take(order.instrument.value(),
             notional(fill->quantity, fill->price, Round::Floor).toDouble(), true);
        order.remaining -= fill->quantity;
        ++order.attempts;
        if (order.remaining.isZero() || order.attempts >= 4) m_orders.pop_front();
    } else if (const auto* client = std::get_if<Fill>(&body)) {
        if (refused) {
            if (isStaff(client->maker))
                m_staff[client->maker.value()].restsUntil = m_time + Duration::seconds(5);
        } else if (!isStaff(client->taker)) {
            take(client->instrument.value(),
                 notional(client->quantity, client->price, Round::Floor).toDouble(), false);
        }
    }
}

double Venue::shareFactor(std::size_t m) {
    if (!m_twin || m_share == 0) return 1.0;
    return 1.0 + m_share * (m_books[m].forced - m_twin->venue.m_books[m].forced);
}

void Venue::keepTwin(Engine& engine) {
    if (m_isTwin || m_twin || m_share == 0) return;
    engine.freezeAccounts();  // so that neither copy writes the other's chunks
    auto twin = std::make_shared<Twin>(Twin{engine, *this});
    twin->venue.m_isTwin = true;
    m_twin = std::move(twin);
}

void Venue::advanceTwin() {
    std::vector<Event> events;
    while (m_twin->venue.m_time < m_time) {
        std::optional<TimedInput> input = m_twin->venue.next(m_twin->engine.state(), m_time);
        if (!input) return;
        events.clear();
        const Input numbered{m_twin->engine.state().sequence + 1, input->time,
                             std::move(input->body)};
        m_twin->engine.apply(numbered, events);
        m_twin->venue.observe(numbered.body, events, m_twin->engine.state());
    }
}

}  // namespace breakwater::sim
