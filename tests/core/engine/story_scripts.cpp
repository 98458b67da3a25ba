#include "tests/core/engine/story_scripts.hpp"

namespace breakwater::test {
namespace {

constexpr AccountId kKestrel{0};  // the market maker of every story

void openFund(Desk& desk, const char* amount) { desk.put(FundTransfer{AssetId(0), money(amount)}); }

// The maker takes every standing order, `below` the mark when it buys and above it when it sells.
void takesOrders(Desk& desk, AccountId maker, const char* below) {
    std::vector<AccountId> accounts;
    for (const auto& [id, running] : desk.state().liquidations) {
        if (running.hasOrder) accounts.push_back(running.account);
    }
    for (const AccountId account : accounts) {
        const Liquidation& running = *desk.liquidationOf(account);
        const Price mark = desk.state().markets[running.instrument.value()].mark;
        const Price at = running.remaining.isNegative() ? mark - price(below) : mark + price(below);
        desk.put(LiquidationFill{running.id, maker, running.remaining, at});
    }
}
void kestrelTakesOrders(Desk& desk, const char* below) { takesOrders(desk, kKestrel, below); }

}  // namespace

void writeCalmDay(Desk& desk) {
    desk.startAt("2025-09-03T00:00:00Z");
    desk.openVenue(embeddedProfile(), {{"ETH", "2500"}, {"BTC", "62000"}});
    desk.open("Kestrel Making", AccountTag::Maker, "5000000");
    openFund(desk, "100000");
    const AccountId aldous =
        desk.open("Aldous", AccountTag::Client, "20000", {opening(0, "20", "2498")});
    const AccountId berta =
        desk.open("Berta", AccountTag::Client, "15000", {opening(0, "-12", "2502")});
    const AccountId conrad =
        desk.open("Conrad", AccountTag::Client, "40000", {opening(1, "1.5", "61900")});
    desk.put(BookObserved{InstrumentId(0), price("0.3"), money("900000"), money("850000")});
    const std::array<const char*, 24> eth{
        "2503",   "2498.5", "2491",   "2488.4", "2494", "2501", "2507.2", "2511",
        "2509",   "2502.8", "2499",   "2495.1", "2490", "2487", "2492.6", "2500",
        "2504.9", "2508",   "2513.3", "2510",   "2506", "2503", "2501.7", "2504"};
    for (std::size_t hour = 1; hour <= eth.size(); ++hour) {
        desk.setPrice(0, eth[hour - 1]);
        desk.setPrice(1, hour % 2 == 0 ? "62040" : "61975.5");
        desk.tick(Duration::hours(1));
        if (hour == 5) desk.deposit(berta, "1000");
        if (hour == 8) desk.deposit(conrad, "3000", AssetId(1));
        if (hour == 11) desk.fill(0, aldous, kKestrel, "5", "2499.5");
        if (hour == 15) {
            desk.deposit(berta, "-20000");  // more than there is
            desk.deposit(berta, "-500");
        }
        if (hour == 19) desk.fill(1, conrad, kKestrel, "-0.5", "61970");
    }
    desk.put(SessionEnded{});
}

void writeLiquidatedInSteps(Desk& desk) {
    desk.startAt("2025-03-09T14:30:00Z");
    desk.openVenue(embeddedProfile(), {{"ETH", "2000"}});
    desk.open("Kestrel Making", AccountTag::Maker, "1000000");
    openFund(desk, "50000");
    desk.open("Dorothea", AccountTag::Client, "12000", {opening(0, "100", "2000")});
    desk.open("Edwin", AccountTag::Client, "20000", {opening(0, "-40", "2000")});
    for (const char* at : {"1990", "1975", "1950", "1930", "1920", "1914", "1911", "1908", "1906",
                           "1904", "1905", "1907", "1910", "1912", "1915", "1920"}) {
        desk.setPrice(0, at);
        desk.tick();
        kestrelTakesOrders(desk, "0.9");
    }
}

void writeCascadeToTheLastLayer(Desk& desk) {
    desk.startAt("2025-10-10T21:12:00Z");
    desk.openVenue(embeddedProfile(), {{"ETH", "2000"}});
    desk.open("Kestrel Making", AccountTag::Maker, "400000");
    openFund(desk, "8000");
    desk.open("Ellery", AccountTag::Client, "9000", {opening(0, "90", "2000")});
    desk.open("Fenella", AccountTag::Client, "14000", {opening(0, "150", "2000")});
    desk.open("Gustav", AccountTag::Client, "6000", {opening(0, "60", "2000")});
    desk.open("Hedda", AccountTag::Client, "20000", {opening(0, "-120", "2000")});
    desk.open("Ivo", AccountTag::Client, "30000", {opening(0, "-60", "1990")});
    desk.open("Jonas", AccountTag::Client, "60000", {opening(0, "-100", "1600")});
    for (const char* at : {"1985", "1960", "1944"}) {
        desk.setPrice(0, at);
        desk.tick();
    }
    kestrelTakesOrders(desk, "4");
    desk.setPrice(0, "1780");  // no trade between
    desk.tick();
    for (const char* at : {"1780", "1776", "1778", "1781", "1780"}) {
        desk.setPrice(0, at);
        desk.tick();
        kestrelTakesOrders(desk, "9");
    }
    desk.tick();
    desk.put(SessionEnded{});
}

void writeBreakerDuringACascade(Desk& desk) {
    desk.startAt("2025-10-10T21:14:00Z");
    desk.openVenue(embeddedProfile(), {{"ETH", "2000"}, {"BTC", "62000"}});
    const std::vector<InstrumentId> eth{InstrumentId(0)};
    desk.open("Kestrel Making", AccountTag::Maker, "900000");
    openFund(desk, "60000");
    desk.open("Fenella", AccountTag::Client, "14000", {opening(0, "150", "2000")});
    const AccountId gustav =
        desk.open("Gustav", AccountTag::Client, "5600", {opening(0, "60", "2000")});
    const AccountId hedda =
        desk.open("Hedda", AccountTag::Client, "40000", {opening(0, "-120", "2000")});
    const AccountId leo = desk.open("Leo", AccountTag::Client, "50000");
    const AccountId osprey = desk.open("Osprey Making", AccountTag::Maker, "300000");
    for (const char* at : {"1985", "1960", "1944"}) {
        desk.setPrice(0, at);
        desk.tick();
    }
    kestrelTakesOrders(desk, "2");
    desk.command(BreakerLevel::Restrict, Duration::minutes(10), eth,
                 "liquidations feed on themselves");
    desk.put(BreakerObserved{InstrumentId(0), BreakerLevel::Restrict});
    desk.fill(0, leo, kKestrel, "10", "1944");      // new risk by a taker: refused
    desk.fill(0, hedda, kKestrel, "20", "1943.5");  // reducing: always
    desk.setPrice(0, "1932");
    desk.tick();
    takesOrders(desk, osprey, "25");  // new risk outside the makers' band: refused
    takesOrders(desk, leo, "3");      // new risk by a client: refused
    takesOrders(desk, osprey, "3");   // a maker inside the band
    desk.command(BreakerLevel::Stop, Duration::minutes(3), eth,
                 "two sources disagree by 2 %, checking");
    desk.setPrice(0, "1926");
    desk.tick();
    desk.deposit(hedda, "-5000");                 // queued
    desk.fill(0, hedda, kKestrel, "10", "1926");  // not even reducing
    desk.tick(Duration::seconds(5));
    desk.deposit(gustav, "9000");  // he cures himself
    desk.tick(Duration::seconds(5));
    desk.command(BreakerLevel::Restrict, Duration::minutes(10), eth, "sources agree again");
    desk.tick();
    kestrelTakesOrders(desk, "3");
    for (const char* at : {"1929", "1935", "1941"}) {
        desk.setPrice(0, at);
        desk.tick();
        kestrelTakesOrders(desk, "3");
    }
    desk.command(BreakerLevel::Normal, Duration(), eth, "calm");
    desk.fill(0, leo, kKestrel, "10", "1941");
    desk.tick();
}

void writeStaleOracle(Desk& desk) {
    desk.startAt("2025-06-12T03:00:00Z");
    desk.openVenue(embeddedProfile(), {{"ETH", "2000"}});
    desk.open("Kestrel Making", AccountTag::Maker, "900000");
    openFund(desk, "60000");
    desk.open("Mira", AccountTag::Client, "4000", {opening(0, "40", "2000")});
    desk.setPrice(0, "1990");
    desk.tick();
    desk.setSources({0, 1});  // cedar falls silent
    desk.setPrice(0, "1930");
    desk.tick();
    desk.tick(Duration::seconds(4));
    desk.setPrice(0, "1905");
    desk.tick();  // cedar is stale, the index is blind
    desk.command(BreakerLevel::Tighten, Duration::minutes(20), {}, "index without quorum");
    desk.command(BreakerLevel::Restrict, Duration::minutes(10), {},
                 "still blind, liquidations near");
    desk.put(FeedGap{UnderlyingId(0), SourceId(0), desk.now() - Duration::seconds(3), desk.now()});
    desk.tick();
    desk.command(BreakerLevel::Normal, Duration(), {}, "looks calm");  // nobody knows that
    desk.tick(Duration::seconds(10));
    desk.setSources({0, 1, 3, 4});
    desk.tick();  // sees again: Mira has been below maintenance all the while
    kestrelTakesOrders(desk, "1");
    desk.tick();
    kestrelTakesOrders(desk, "1");
    desk.tick();
    kestrelTakesOrders(desk, "1");
    desk.tick();
    desk.command(BreakerLevel::Normal, Duration(), {}, "quorum is back, Mira is served");
    desk.tick();
}

void writeExpiryStepsDown(Desk& desk) {
    desk.startAt("2025-04-07T09:00:00Z");
    Profile minutes = embeddedProfile();
    minutes.name = "breakwater-minutes";
    minutes.title = "Embedded venue, one step a minute";
    minutes.step = Duration::minutes(1);
    minutes.sourceStaleAfter = Duration::seconds(90);
    desk.openVenue(minutes, {{"ETH", "2000"}});
    desk.open("Kestrel Making", AccountTag::Maker, "900000");
    const auto minute = [&](const char* at) {
        desk.setPrice(0, at);
        desk.tick(Duration::minutes(1));
    };
    for (const char* at : {"2000", "1990", "1780", "1775"})
        minute(at);                 // - 11 % and confirmed
    for (int i = 0; i < 20; ++i) {  // 6 % to and fro, for forty minutes: no exit
        minute("1870");
        minute("1760");
    }
    for (int i = 0; i < 8; ++i) {  // then calm
        minute("1800");
        minute("1806");
    }
}

}  // namespace breakwater::test
