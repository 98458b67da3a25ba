// Screen fast, decide exactly: what the double world certifies must hold in the exact one.
#include "core/risk/certificate.hpp"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/core/market/sample_market.hpp"
#include "tests/core/num/oracle.hpp"

namespace breakwater {
namespace {

using test::Draw;

constexpr std::uint64_t kSeed = 20251010;
const Ratio kWarning = test::ratioOf("1.1");

Decimal scaled(Decimal value, double by) {
    return Decimal::multiply(value, Decimal::fromDouble(by).value(), Round::TowardZero);
}

std::vector<Market> randomMarkets(Draw& draw) {
    static constexpr std::array<const char*, 8> kMarks{"64123.5", "2500.25",       "0.00001234",
                                                       "1",       "0.54321987",    "123456.78901",
                                                       "17.3",    "0.000000012345"};
    std::vector<Market> markets;
    for (std::uint16_t m = 0; m < kMarks.size(); ++m) {
        Market market = test::marketAt(m, kMarks[m]);
        market.mark =
            Price(scaled(market.mark.value(), 1 + 0.2 * draw.between(0, 1'000) / 1'000.0));
        if (market.mark.isZero()) market.mark = test::price("0.000000012345");
        markets.push_back(market);
    }
    return markets;
}

struct Drawn {
    Money collateral;
    std::vector<Leg> legs;
};

// Legs from dust to far beyond the last tier; the balance puts the account near one of its four
// thresholds, within a factor that shrinks to nothing.
Drawn randomAccount(Draw& draw, const std::vector<Market>& markets) {
    Drawn drawn;
    for (std::uint16_t m = 0; m < markets.size(); ++m) {
        if (draw.between(0, 2) != 0) continue;
        const Decimal size =
            Decimal::fromRaw(draw.number(draw.between(20, 66)));  // up to 7e7 of notional
        const Quantity quantity(
            Decimal::divide(size, markets[m].mark.value(), Round::AwayFromZero));
        if (quantity.isZero() || quantity.value().abs() > Decimal::fromInteger(1'000'000'000'000))
            continue;
        const Money value = notional(quantity, markets[m].mark, Round::TowardZero);
        const Money cost(scaled(value.value(), 0.5 + draw.between(0, 1'000) / 1'000.0));
        drawn.legs.push_back({InstrumentId(m), quantity, cost});
    }
    const Margin margin = evaluateMargin(Money(), drawn.legs, markets);
    const std::array thresholds{Money(), margin.maintenance,
                                scale(margin.maintenance, kWarning, Round::AwayFromZero),
                                margin.initial};
    const Money target = thresholds[draw.word() % thresholds.size()];
    const int closeness = draw.between(0, 60);
    const Money away(Decimal::fromRaw((draw.number(std::max(1, 80 - closeness)))));
    const Money gap = draw.between(0, 9) == 0
                          ? Money(Decimal::fromRaw(draw.between(-2, 2)))
                          : std::min(away.abs(), margin.gross + Money(Decimal::fromRaw(1)));
    drawn.collateral = target - margin.equity + (draw.between(0, 1) == 0 ? gap : -gap);
    return drawn;
}

std::vector<ScreenMarket> screenOf(const std::vector<Market>& markets) {
    std::vector<ScreenMarket> screen;
    for (const Market& m : markets)
        screen.push_back(screenMarket(m));
    return screen;
}

const std::vector<CollateralAsset> kAssets{{"USD", Ratio()}, {"USDC", test::ratioOf("0.02")}};

// One account that owns the collateral, in cash alone or as USDC against a debt in cash.
class Owner {
public:
    Owner() : m_id(m_book.open("owner", AccountTag::Client)) {}
    ScreenCollateral hold(Money collateral, Money usdc) {
        m_book.addSideBalance(m_id, AssetId(1), usdc - m_book.sideBalance(m_id, AssetId(1)));
        m_book.edit(m_id).cash = Money();
        m_book.edit(m_id).cash = collateral - collateralValue(m_book, m_id, kAssets);
        EXPECT_EQ(collateralValue(m_book, m_id, kAssets), collateral);
        return screenCollateral(m_book, m_id, kAssets);
    }

private:
    AccountBook m_book;
    AccountId m_id;
};

HealthBand exactBand(const Drawn& account, const std::vector<Market>& markets) {
    return bandOf(evaluateMargin(account.collateral, account.legs, markets), kWarning);
}

TEST(Certificate, EveryCertifiedBandIsTheExactBandThroughoutItsBox) {
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    std::vector<Market> markets = randomMarkets(draw);
    std::vector<Market> moved = markets;
    std::vector<ScreenMarket> screen = screenOf(markets);
    Owner owner;
    int certified = 0, wide = 0;
    std::array<int, 5> bands{};
    for (int i = 0; i < 200'000; ++i) {
        if (i % 1'000 == 0) {
            moved = markets = randomMarkets(draw);
            screen = screenOf(markets);
        }
        const Drawn account = randomAccount(draw, markets);
        const Money usdc(draw.between(0, 1) == 0
                             ? Decimal()
                             : Decimal::fromRaw(draw.number(draw.between(20, 80))));
        const Certificate certificate = certify(owner.hold(account.collateral, usdc), account.legs,
                                                screen, kWarning.toDouble());
        ASSERT_GE(certificate.radius, 0);
        ASSERT_LE(certificate.radius, kLargestRadius);
        if (certificate.radius <= 0) continue;
        ++certified;
        wide += certificate.radius > 0.001 ? 1 : 0;
        ++bands[static_cast<std::size_t>(certificate.band)];
        ASSERT_EQ(exactBand(account, markets), certificate.band) << "account " << i;
        // The worst corner, the best corner, all up, all down, and two drawn from inside.
        for (int corner = 0; corner < 6; ++corner) {
            for (const Leg& leg : account.legs) {
                const bool isLong = leg.quantity.isPositive();
                double side = corner == 0   ? (isLong ? -1 : 1)
                              : corner == 1 ? (isLong ? 1 : -1)
                              : corner == 2 ? 1
                              : corner == 3 ? -1
                                            : 0;
                if (corner > 3) side = draw.between(-1'000, 1'000) / 1'000.0;
                const std::size_t m = leg.instrument.value();
                const Decimal distance = scaled(markets[m].mark.value(), certificate.radius * side);
                moved[m].mark = markets[m].mark + Price(distance);
            }
            ASSERT_EQ(exactBand(account, moved), certificate.band)
                << "account " << i << " corner " << corner << " radius " << certificate.radius;
        }
    }
    // The screen must be of use, and every band must have been met.
    EXPECT_GT(certified, 120'000);
    EXPECT_GT(wide, 40'000);
    for (const int n : bands)
        EXPECT_GT(n, 1'000);
}

TEST(Certificate, IsExactlyAtAThresholdWorthNothing) {
    const std::vector<Market> markets{test::marketAt(0, "100")};
    const std::vector<Leg> legs{
        test::leg(0, "10", "1000")};  // maintenance 10, warning 11, initial 20
    const auto screen = screenOf(markets);
    for (const double equity : {0.0, 10.0, 11.0, 20.0}) {
        EXPECT_EQ(certify({equity, equity}, legs, screen, 1.1).radius, 0) << equity;
        EXPECT_GT(certify({equity + 0.5, equity + 0.5}, legs, screen, 1.1).radius, 0) << equity;
    }
}

TEST(Certificate, RadiusIsTheRoomToTheNearestThreshold) {
    // 10 long at 100 with 40: initial margin (20) is reached when 1,000 r = 20 + 20 r.
    const std::vector<Market> markets{test::marketAt(0, "100")};
    const auto certificate =
        certify({40, 40}, std::vector{test::leg(0, "10", "1000")}, screenOf(markets), 1.1);
    EXPECT_EQ(certificate.band, HealthBand::Healthy);
    EXPECT_NEAR(certificate.radius, 20.0 / 1'020.0, 1e-9);
}

TEST(Certificate, WithoutLegsOnlyTheSignCounts) {
    EXPECT_EQ(certify({1, 1}, {}, {}, 1.1).band, HealthBand::Healthy);
    EXPECT_EQ(certify({1, 1}, {}, {}, 1.1).radius, kLargestRadius);
    EXPECT_EQ(certify({-1, 1}, {}, {}, 1.1).band, HealthBand::BelowZero);
    EXPECT_EQ(certify({0, 0}, {}, {}, 1.1).band, HealthBand::Healthy);
    EXPECT_EQ(certify({0, 0}, {}, {}, 1.1).radius, kLargestRadius) << "nothing at all is certain";
    EXPECT_EQ(certify({0, 1}, {}, {}, 1.1).radius, 0) << "balances that cancel are not";
    EXPECT_EQ(certify({-1e-16, 454.72}, {}, {}, 1.1).radius, 0);
}

// ---- the waiting room -------------------------------------------------------------------

struct Waiting {
    std::vector<double> marks;  // when it was put
    double radius = 0;
    bool leaves(const std::vector<double>& now) const {
        for (std::size_t m = 0; m < now.size(); ++m) {
            if (std::fabs(now[m] / marks[m] - 1) > radius) return true;
        }
        return false;
    }
};

TEST(CertificateQueue, NeverMissesAnAccountThatLeftItsBox) {
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    constexpr std::size_t kAccounts = 300;
    std::vector<double> marks{100, 0.002, 64'000};
    std::vector<Waiting> waiting(kAccounts);
    CertificateQueue queue;
    queue.resize(kAccounts);
    std::size_t looked = 0, steps = 0;
    std::vector<AccountId> due;
    for (int step = 0; step < 20'000; ++step) {
        // Calm, then nervous, then a jump that runs everything out.
        const double pace = step % 2'000 == 1'999 ? 0.6 : step % 500 > 400 ? 0.02 : 0.0005;
        double largest = 0;
        for (double& mark : marks) {
            const double before = mark;
            mark *= 1 + pace * draw.between(-1'000, 1'000) / 1'000.0;
            mark = std::clamp(mark, 1e-6, 1e9);
            largest = std::max(largest, std::fabs(mark / before - 1) * (1 + 1e-9));
        }
        due.clear();
        queue.advance(largest, due);
        std::vector<bool> listed(kAccounts, false);
        for (const AccountId id : due) {
            ASSERT_FALSE(listed[id.value()]) << "listed twice at step " << step;
            listed[id.value()] = true;
        }
        for (std::size_t i = 0; i < kAccounts; ++i) {
            if (!listed[i]) {
                ASSERT_FALSE(waiting[i].leaves(marks))
                    << "account " << i << " missed at step " << step;
                if (draw.between(0, 199) != 0) continue;
                if (draw.between(0, 1) == 0) {  // it traded: looked at next time
                    queue.touch(AccountId(static_cast<std::uint32_t>(i)));
                    waiting[i] = {marks, 0};
                    continue;
                }
            }
            const double radius = draw.between(0, 5) == 0
                                      ? kLargestRadius
                                      : std::pow(10.0, -draw.between(1, 6)) * 0.99;
            waiting[i] = {marks, std::min(radius, kLargestRadius)};
            queue.put(AccountId(static_cast<std::uint32_t>(i)), waiting[i].radius);
        }
        looked += due.size();
        ++steps;
    }
    EXPECT_LT(looked, steps * kAccounts / 2) << "waiting should save work";
}

TEST(CertificateQueue, LooksAtEveryNewcomerAtTheFirstStep) {
    CertificateQueue queue;
    queue.resize(3);
    std::vector<AccountId> due;
    queue.advance(1e-9, due);
    EXPECT_EQ(due.size(), 3u);
    queue.put(AccountId(1), 0.05);
    queue.resize(4);
    due.clear();
    queue.advance(1e-9, due);
    EXPECT_EQ(due, std::vector{AccountId(3)})
        << "those taken and not put again do not come back by themselves";
}

// After months of travel the running sum's last place is 5e-13: a step of ten and a half of those
// must not be rounded down for ever.
TEST(CertificateQueue, SumsTheSmallestStepsAfterALongWay) {
    CertificateQueue queue;
    std::vector<AccountId> due;
    for (int i = 0; i < 30'000; ++i)
        queue.advance(0.1, due);  // travel beyond 3,000
    constexpr std::uint32_t kAccounts = 200;
    constexpr double kStep = 10.49 * 4.547473508864641e-13;
    const auto radiusOf = [](std::uint32_t i) { return 0.00001 + 0.0000005 * i; };
    queue.resize(kAccounts);
    due.clear();
    queue.advance(1e-9, due);
    ASSERT_EQ(due.size(), kAccounts);
    for (std::uint32_t i = 0; i < kAccounts; ++i)
        queue.put(AccountId(i), radiusOf(i));
    std::vector<bool> waits(kAccounts, true);
    for (int step = 1; step <= 23'000'000; ++step) {
        due.clear();
        queue.advance(kStep, due);
        for (const AccountId id : due)
            waits[id.value()] = false;
        if (step % 100'000 != 0) continue;
        const double moved = std::expm1(kStep * step);
        for (std::uint32_t i = 0; i < kAccounts; ++i) {
            ASSERT_FALSE(waits[i] && moved > radiusOf(i)) << "account " << i << " at step " << step;
        }
    }
}

}  // namespace
}  // namespace breakwater
