// The venue's own book: basis, depth, who takes liquidations, arbitrage.
#include <algorithm>
#include <cmath>

#include "core/sim/random.hpp"
#include "core/sim/venue.hpp"

namespace breakwater::sim {
namespace {

constexpr double kCalmDeviation = 1.2e-4;  // of outside returns per second, about 67 % a year
constexpr double kThinnest = 0.1;          // depth never falls below this share of calm
constexpr double kHalfSpread = 5e-5;
constexpr double kRefill = 0.92;           // per second: book resilience of about 12 s
constexpr double kForcedMemory = 0.99667;  // per second: impact of forced flow fades over 5 min
constexpr double kPassThrough = 0.5;       // share of a trade's impact that stays in the basis
constexpr double kNaturalClosing = 0.01;   // of the basis per second, without any agent
constexpr double kDeepestForced = 6.0;     // no side is drained beyond so many 1 % depths
constexpr double kInventoryLimit = 12.0;   // of a maker, in units of its starting equity
constexpr std::uint32_t kArbitrageStream = 130;

}  // namespace

void Venue::moveBook(std::uint16_t m) {
    Book& book = m_books[m];
    const std::optional<Price> raw = m_outside.priceAt(m, m_time);
    book.sold *= kRefill;
    book.bought *= kRefill;
    book.forced *= kForcedMemory;
    book.basis *= 1 - kNaturalClosing;
    if (!raw) return;
    Price price = *raw;
    const double factor = shareFactor(m);
    if (factor != 1.0) {
        const Price tick = m_instruments[m].tick;
        price = std::max(Price(Decimal::toMultiple(*Decimal::fromDouble(price.toDouble() * factor),
                                                   tick.value(), Round::HalfEven)),
                         tick);
    }
    const double outside = price.toDouble();
    if (!book.quoted) {
        book.recent.fill(price);
        book.variance = kCalmDeviation * kCalmDeviation;
        book.quoted = true;
        book.quotedFrom = m_time;
    } else {
        const double change = outside / book.outside - 1;
        book.variance += (change * change - book.variance) / 60;
        if (book.inGap) book.quotedFrom = m_time;
    }
    for (std::size_t i = book.recent.size() - 1; i > 0; --i)
        book.recent[i] = book.recent[i - 1];
    book.recent[0] = price;
    book.outside = outside;
}

double Venue::depth(const Book& book) const {
    const double calm = kCalmDeviation / std::max(kCalmDeviation, std::sqrt(book.variance));
    return std::max(1.0, book.baseDepth * std::max(kThinnest, calm));
}

// signedValue < 0: somebody sold for that many $.
void Venue::take(std::uint16_t m, double signedValue, bool forced) {
    Book& book = m_books[m];
    const double impact = 0.01 * signedValue / depth(book) * kPassThrough;
    (signedValue < 0 ? book.sold : book.bought) += std::fabs(signedValue);
    book.basis = std::clamp(book.basis + impact, -0.5, 0.5);
    if (forced) book.forced = std::clamp(book.forced + impact, -0.5, 0.5);
}

// Concession is linear: one depth drained costs 1 %. `deepest` bounds how far the side may be
// drained; a limit bounds it further.
std::optional<Venue::Quote> Venue::walk(std::uint16_t m, Quantity wanted, const Price* limit,
                                        double deepest) const {
    const Book& book = m_books[m];
    const bool sells = wanted.isNegative();
    const double d = depth(book);
    const double taken = sells ? book.sold : book.bought;
    const double mid = book.outside * (1 + book.basis);
    double room = deepest * d - taken;
    if (limit != nullptr) {
        // mid (1 -+ (spread + 1 % (taken + value / 2) / d)) must not pass the limit.
        const double worst = sells ? 1 - limit->toDouble() / mid : limit->toDouble() / mid - 1;
        room = std::min(room, 2 * ((worst - kHalfSpread) * 100 * d - taken));
    }
    const double value = std::min(room, std::fabs(wanted.toDouble()) * mid);
    if (value <= 0) return std::nullopt;
    const Instrument& instrument = m_instruments[m];
    const Quantity possible(Decimal::toMultiple(*Decimal::fromDouble(std::min(value / mid, 1e12)),
                                                instrument.lot.value(), Round::TowardZero));
    // An odd remainder below a lot goes whole.
    const bool whole = value >= std::fabs(wanted.toDouble()) * mid;
    const Quantity size = whole ? wanted.abs() : std::min(possible, wanted.abs());
    if (size.isZero()) return std::nullopt;
    const double concession = std::min(0.9, kHalfSpread + 0.01 * (taken + value / 2) / d);
    const double raw = mid * (sells ? 1 - concession : 1 + concession);
    Price price(
        Decimal::toMultiple(*Decimal::fromDouble(raw), instrument.tick.value(), Round::HalfEven));
    price = std::max(price, instrument.tick);
    if (limit != nullptr) price = sells ? std::max(price, *limit) : std::min(price, *limit);
    return Quote{sells ? -size : size, price};
}

// The next of the staff in turn that is not resting and has room for the trade (signed for it).
std::optional<AccountId> Venue::pickCounterparty(const EngineState& state, std::uint16_t m,
                                                 Quantity quantity, bool liquidators) {
    const AccountBook& accounts = state.books.accounts();
    const double price = m_books[m].outside;
    for (std::size_t tried = 0; tried < m_staff.size(); ++tried) {
        const std::size_t i = ++m_turn % m_staff.size();
        const Staff& staff = m_staff[i];
        const AccountId id(static_cast<std::uint32_t>(i));
        if (i == 0 || staff.arbitrage || m_time < staff.restsUntil) continue;
        if (staff.tag == AccountTag::Liquidator && !liquidators) continue;
        if (accounts.at(id).liquidation.value() != 0) continue;
        const Leg* leg = accounts.leg(id, InstrumentId(m));
        const double held = leg != nullptr ? leg->quantity.toDouble() : 0;
        const double after = std::fabs(held + quantity.toDouble()) * price;
        if (after > kInventoryLimit * staff.equity && after > std::fabs(held) * price) continue;
        return id;
    }
    return std::nullopt;
}

std::optional<InputBody> Venue::workOrders(const EngineState& state) {
    while (!m_orders.empty()) {
        Order& order = m_orders.front();
        const std::uint16_t m = order.instrument.value();
        const auto running = state.liquidations.find(order.id);
        if (running == state.liquidations.end() || !running->second.hasOrder || m_books[m].inGap ||
            m_books[m].level == BreakerLevel::Stop) {
            m_orders.pop_front();
            continue;
        }
        const std::optional<Quote> quote =
            walk(m, order.remaining, order.hasLimit ? &order.limit : nullptr, kDeepestForced);
        const std::optional<AccountId> counterparty =
            quote ? pickCounterparty(state, m, -quote->quantity, true) : std::nullopt;
        if (!counterparty || *counterparty == running->second.account) {
            m_orders.pop_front();
            continue;
        }
        return LiquidationFill{order.id, *counterparty, quote->quantity, quote->price};
    }
    return std::nullopt;
}

// Takes inventory off makers and liquidators against a hedge outside, and closes the basis by
// what it trades. Post-only, so that a restricted market keeps it. One trade a market a second.
std::optional<InputBody> Venue::arbitrage(const EngineState& state) {
    if (m_marketCursor == 0) {
        Random random(m_seed, kArbitrageStream, static_cast<std::uint64_t>(second()));
        double worst = 0;
        for (const Book& book : m_books)
            worst = std::max(worst, std::sqrt(book.variance) / kCalmDeviation);
        if (m_time >= m_arbitrageDownUntil &&
            random.chance(1e-5 * std::min(400.0, worst * worst))) {
            m_arbitrageDownUntil =
                m_time + Duration::seconds(10 + static_cast<std::int64_t>(random.exponential(60)));
        }
    }
    if (m_time < m_arbitrageDownUntil) return std::nullopt;
    const AccountBook& accounts = state.books.accounts();
    while (m_marketCursor < m_books.size()) {
        const std::uint16_t m = m_marketCursor++;
        Book& book = m_books[m];
        if (book.inGap || book.level == BreakerLevel::Stop || std::fabs(book.basis) < 2e-4)
            continue;
        const bool buys = book.basis < 0;  // the venue is cheap: arbitrage buys here, sells outside
        // The one with the most inventory on the side that wants to be relieved.
        std::size_t relieved = 0;
        double most = 0;
        for (std::size_t i = 1; i < m_staff.size(); ++i) {
            const Leg* leg =
                accounts.leg(AccountId(static_cast<std::uint32_t>(i)), InstrumentId(m));
            if (m_staff[i].arbitrage || leg == nullptr || leg->quantity.isPositive() != buys)
                continue;
            if (accounts.at(AccountId(static_cast<std::uint32_t>(i))).liquidation.value() != 0)
                continue;
            const double size = std::fabs(leg->quantity.toDouble());
            if (size > most) {
                most = size;
                relieved = i;
            }
        }
        const double d = depth(book);
        const double value =
            std::min({std::fabs(book.basis) * 100 * d, 0.5 * book.baseDepth, most * book.outside});
        const Quantity size(Decimal::toMultiple(*Decimal::fromDouble(value / book.outside),
                                                m_instruments[m].lot.value(), Round::TowardZero));
        if (relieved == 0 || size.isZero()) continue;
        const std::size_t agent = m_staff.size() - 1 - (static_cast<std::size_t>(second()) + m) % 2;
        if (m_time < m_staff[agent].restsUntil) continue;
        book.basis += (buys ? 1 : -1) * std::min(std::fabs(book.basis), 0.01 * value / d);
        const double raw = book.outside * (1 + book.basis);
        const Price tick = m_instruments[m].tick;
        const Price price = std::max(
            Price(Decimal::toMultiple(*Decimal::fromDouble(raw), tick.value(), Round::HalfEven)),
            tick);
        const Quantity quantity = buys ? -size : size;  // for the one relieved, who takes
        return Fill{InstrumentId(m),
                    AccountId(static_cast<std::uint32_t>(relieved)),
                    AccountId(static_cast<std::uint32_t>(agent)),
                    quantity,
                    quantity,
                    price};
    }
    return std::nullopt;
}

}  // namespace breakwater::sim
