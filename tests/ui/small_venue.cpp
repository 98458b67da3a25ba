#include "ui/small_venue.hpp"

#include <cmath>
#include <fstream>
#include <sstream>
#include <utility>

#include "core/base/assert.hpp"

namespace breakwater::ui::test {
namespace {

struct Listing {
    const char* symbol;
    double price;
    const char* tick;
    const char* lot;
};
constexpr std::array<Listing, SmallVenue::kMarkets> kListings{{
    {"ETH", 4'060.0, "0.01", "0.001"},
    {"BTC", 113'200.0, "0.1", "0.0001"},
    {"SOL", 197.0, "0.001", "0.01"},
    {"HYPE", 40.6, "0.001", "0.1"},
    {"XRP", 2.54, "0.0001", "1"},
    {"DOGE", 0.2216, "0.00001", "10"},
    {"AVAX", 26.3, "0.001", "0.1"},
    {"LINK", 20.9, "0.001", "0.1"},
}};

Money money(double value) { return Money(*Decimal::fromDouble(value)); }
Price price(double value) { return Price(*Decimal::fromDouble(value)); }
Ratio ratioOf(const char* text) { return *Ratio::parse(text); }

std::string readFile(const std::string& path) {
    std::ifstream in(path);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

Instrument instrumentOf(std::size_t m) {
    Instrument out;
    out.id = InstrumentId(static_cast<std::uint16_t>(m));
    out.underlying = UnderlyingId(static_cast<std::uint16_t>(m));
    out.symbol = std::string(kListings[m].symbol) + "-PERP";
    out.code = kListings[m].symbol;
    out.tick = *Price::parse(kListings[m].tick);
    out.lot = *Quantity::parse(kListings[m].lot);
    out.takerFee = ratioOf("0.0005");
    const char* rates[][2] = {{"0.01", "0.02"}, {"0.02", "0.04"}, {"0.05", "0.1"}};
    const std::int64_t edges[] = {250'000, 2'000'000, 500'000'000};
    for (int i = 0; i < 3; ++i) {
        MarginTier tier;
        tier.upTo = Money::fromInteger(edges[i]);
        tier.maintenanceRate = ratioOf(rates[i][0]);
        tier.initialRate = ratioOf(rates[i][1]);
        out.tiers.push_back(tier);
    }
    completeDeductions(out.tiers);
    return out;
}

Quantity lots(double amount, const Instrument& instrument) {
    return Quantity(Decimal::toMultiple(*Decimal::fromDouble(amount), instrument.lot.value(),
                                        Round::TowardZero));
}

std::string nameOf(std::uint64_t number) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out = "0x";
    for (int i = 0; i < 10; ++i)
        out += digits[(number >> (i * 6)) & 15];
    return out;
}

}  // namespace

SmallVenue::SmallVenue(VenueSize size)
    : m_watch(size.watch),
      m_engine(EngineOptions{1'000, false}),
      m_now(*Instant::parse("2025-10-10T20:30:00Z")),
      m_state(size.seed) {
    const std::string path = BREAKWATER_SOURCE_DIR "/resources/profiles/breakwater.json";
    const Result<Profile> profile = parseProfile(readFile(path), path);
    BW_ASSERT(profile.has_value());
    SessionStarted session;
    session.venue = "embedded";
    session.scenario = "10 Oct 2025, small";
    session.program = "breakwater tests";
    feed(session);
    feed(ProfileLoaded{*profile, digestOf(*profile)});
    for (std::size_t m = 0; m < kMarkets; ++m) {
        m_prices[m] = kListings[m].price;
        feed(InstrumentListed{instrumentOf(m), kListings[m].symbol});
    }
    feed(FundTransfer{Books::kSettlement, money(2.4e6)});
    run(2);
    open(size.clients);
}

double SmallVenue::random() {
    m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<double>(m_state >> 11) * 0x1.0p-53;
}

void SmallVenue::feed(InputBody body) {
    if (const auto* command = std::get_if<OfficerCommand>(&body);
        command != nullptr && command->kind == CommandKind::SetLevel) {
        // The venue's matching obeys one second later.
        std::vector<InstrumentId> scope = command->instruments;
        if (command->scope == ScopeKind::Venue) {
            for (std::size_t m = 0; m < kMarkets; ++m)
                scope.emplace_back(static_cast<std::uint16_t>(m));
        }
        for (const InstrumentId id : scope)
            m_observed.push_back({id, command->level});
    }
    Input input{++m_sequence, m_now, std::move(body)};
    std::vector<Event> events;
    m_engine.apply(input, events);
    m_projector.observe(input, events, m_engine.state());
    if (m_watch) m_watch(input, events);
    answer(events);
}

void SmallVenue::answer(const std::vector<Event>& events) {
    for (const Event& event : events) {
        if (const auto* order = std::get_if<LiquidationOrdered>(&event)) {
            // Two thirds of it find a taker, at the limit or the mark.
            LiquidationFill fill;
            fill.liquidation = order->liquidation;
            fill.counterparty = AccountId(1);
            fill.quantity = order->quantity;
            fill.price = order->hasLimit ? order->limit : order->mark;
            if (random() < 0.66) m_fills.push_back(fill);
        }
        if (const auto* changed = std::get_if<BreakerChanged>(&event);
            changed != nullptr && changed->cause != BreakerCause::Officer) {
            m_observed.push_back({changed->instrument, changed->to});
        }
    }
}

void SmallVenue::open(std::size_t clients) {
    const AccountId maker(0);
    feed(AccountFacts{maker, "maker-01", AccountTag::Maker, money(9e8), {}, {}});
    feed(
        AccountFacts{AccountId(1), "liquidator-01", AccountTag::Liquidator, money(9e7), maker, {}});
    for (std::size_t i = 0; i < clients; ++i) {
        AccountFacts facts;
        facts.account = AccountId(static_cast<std::uint32_t>(i + 2));
        facts.name = nameOf(static_cast<std::uint64_t>(random() * 1e18));
        facts.counterparty = maker;
        double need = 0;
        const int legs = random() < 0.04 ? 0 : random() < 0.6 ? 1 : 3;
        std::size_t market = static_cast<std::size_t>(random() * random() * kMarkets);
        for (int k = 0; k < legs; ++k, market = (market + 1) % kMarkets) {
            const double size =
                (0.02 + random() * random() * random()) * 4e5 * (random() < 0.68 ? 1 : -1);
            const Instrument instrument = instrumentOf(market);
            const Quantity quantity = lots(size / m_prices[market], instrument);
            if (quantity.isZero()) continue;
            facts.legs.push_back({instrument.id, quantity, price(m_prices[market])});
            const double notional = std::abs(size);
            need += notional * 0.02 + (notional > 250'000 ? (notional - 250'000) * 0.02 : 0);
        }
        facts.deposit = money(60 + need * (0.62 + random() * 1.1 + random() * 1.1));
        feed(facts);
    }
}

void SmallVenue::second() {
    m_now = m_now + Duration::seconds(1);
    for (const LiquidationFill& fill : std::exchange(m_fills, {}))
        feed(fill);
    for (const BreakerObserved& seen : std::exchange(m_observed, {}))
        feed(seen);
    for (std::size_t m = 0; m < kMarkets; ++m) {
        m_prices[m] *= 1 + m_drift[m] + (random() - 0.5) * 0.0012;
        for (std::size_t s = m_silent[m]; s < 5; ++s) {
            const Duration late = Duration::milliseconds(static_cast<std::int64_t>(random() * 900));
            feed(PriceObserved{UnderlyingId(static_cast<std::uint16_t>(m)),
                               SourceId(static_cast<std::uint16_t>(s)),
                               price(m_prices[m] * (1 + (random() - 0.5) * 1e-4)), m_now - late});
        }
        BookObserved book;
        book.instrument = InstrumentId(static_cast<std::uint16_t>(m));
        book.basis = price(m_prices[m] * (random() - 0.8) * 0.001);
        book.bidDepth = money(1e6 * (0.5 + random()));
        book.askDepth = money(1.4e6 * (0.5 + random()));
        feed(book);
    }
    // Somebody always wants out of ETH: half of it finds the maker.
    for (std::size_t i = 0; i < state().books.accounts().size(); i += 97) {
        const AccountId account(static_cast<std::uint32_t>(i));
        const Leg* leg = state().books.accounts().leg(account, kEth);
        if (i < 2 || leg == nullptr || random() < 0.6) continue;
        const Quantity lot = instrumentOf(0).lot;
        const Quantity exit = leg->quantity.isNegative() ? lot : -lot;
        feed(Fill{kEth, account, AccountId(0), random() < 0.7 ? exit : Quantity(), exit,
                  state().markets[0].mark});
    }
    feed(ClockTick{});
}

void SmallVenue::run(int seconds) {
    for (int i = 0; i < seconds; ++i)
        second();
}

view::Board SmallVenue::board() {
    if (m_board && m_boardAt == m_sequence) return *m_board;
    view::Board out;
    out.snapshot = m_projector.project(m_engine);
    out.scan = std::make_shared<const view::VenueScan>(view::scan(*out.snapshot));
    m_board = out;
    m_boardAt = m_sequence;
    return out;
}

FakeDesk::FakeDesk() {
    m_status.recording = true;
    m_status.recordPath = "/tmp/record.bwr";
    m_status.recordBytes = 41'200'000;
    m_status.recordLimit = 8'000'000'000ULL;
    m_status.secondsToLimit = 9 * 86'400;
    m_status.inputsPerSecond = 412;
    m_status.projectMillis = 1.4;
    m_status.durable = 1'000'000'000;
    m_status.playFrom = *Instant::parse("2025-10-10T20:30:00Z");
    m_status.playTo = *Instant::parse("2025-10-10T23:59:00Z");
}

CommandId FakeDesk::submit(LiveToken, OfficerCommand command) {
    command.id = CommandId(sent.size() + 1);
    sent.push_back(command);
    return command.id;
}

}  // namespace breakwater::ui::test
