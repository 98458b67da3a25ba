// The embedded venue: determinism, prices, clients, books.
#include "core/sim/venue.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/market/market.hpp"
#include "tests/core/sim/venue_fixture.hpp"

namespace breakwater::sim {
namespace {

using namespace test;

const Duration kTenMinutes = Duration::minutes(10);
// The error of one quote is 2 bp of standard deviation.
constexpr double kNoise = 1e-3;

// ---- determinism

TEST(Venue, TheSameOptionsGiveTheSameStepsAndAnotherSeedOthers) {
    const Digest first = stepsDigest(options(300, kCrash, kTenMinutes));
    EXPECT_EQ(stepsDigest(options(300, kCrash, kTenMinutes)), first);
    EXPECT_NE(stepsDigest(options(300, kCrash, kTenMinutes, 2)), first);
    EXPECT_NE(stepsDigest(options(301, kCrash, kTenMinutes)), first);
}

TEST(Venue, AnInputDoesNotDependOnWhenItsEndWasSet) {
    Lockstep shorter(venueOf(options(100, kWatch, Duration::minutes(2))));
    Lockstep longer(venueOf(options(100, kWatch, Duration::minutes(5))));
    while (shorter.advance()) {
        ASSERT_TRUE(longer.advance());
        ASSERT_EQ(longer.step(), shorter.step());
    }
}

// ---- what create() refuses

TEST(Venue, RefusesAPlayOutsideThePricesAndSharesOutsideTheirRange) {
    const auto refused = [](VenueOptions asked, std::string_view reason) {
        const Result<Venue> venue = Venue::create(std::move(asked));
        ASSERT_FALSE(venue) << reason;
        EXPECT_NE(venue.error().message.find(reason), std::string::npos) << venue.error().message;
    };
    refused(options(10, october().begin() - Duration::seconds(1), kTenMinutes),
            "outside the prices");
    refused(options(10, october().end(), kTenMinutes), "outside the prices");
    refused(options(10, kWatch, Duration()), "must lie after the start");
    refused(options(10, kWatch, Duration::seconds(-1)), "must lie after the start");
    refused(options(10, kWatch, Duration::hours(10'000)), "within the prices");
    refused(options(1, kWatch, kTenMinutes), "at least 2 accounts");
    VenueOptions share = options(10, kWatch, kTenMinutes);
    share.marketShare = plainRatio("1.000001");
    refused(share, "between 0 and 1");
    share.marketShare = plainRatio("-0.000001");
    refused(share, "between 0 and 1");
    VenueOptions nobody = options(10, kWatch, kTenMinutes);
    nobody.population = std::vector<SimAccount>();
    refused(nobody, "no account");
    VenueOptions monster = options(10, kWatch, kTenMinutes);
    monster.population = std::vector<SimAccount>{{"kraken",
                                                  ClientKind::Cross,
                                                  money("1000"),
                                                  {{0, quantity("1000000000000"), price("100000")}},
                                                  {}}};
    refused(monster, "kraken");
}

// ---- prices

TEST(Venue, TheMarkIsTheIndexAndTheVenuesOwnBasis) {
    Lockstep play(venueOf(options(300, kCrash, kTenMinutes)));
    std::size_t withBasis = 0, ticks = 0;
    playOut(play, [&](const Lockstep& at) {
        if (!std::holds_alternative<ClockTick>(at.input().body)) return;
        ++ticks;
        for (std::size_t m = 0; m < at.state().markets.size(); ++m) {
            const Market& market = at.state().markets[m];
            const Underlying& outside = at.state().underlyings[m];
            if (outside.blind) continue;
            ASSERT_TRUE(market.hasMark);
            const Price difference = market.mark - (outside.index + market.basis);
            EXPECT_LE(difference, market.instrument.tick);
            EXPECT_GE(difference, -market.instrument.tick);
            if (!market.basis.isZero()) ++withBasis;
        }
    });
    EXPECT_EQ(ticks, 601U);
    EXPECT_GT(withBasis, ticks / 2) << "forced flow moves the basis";
}

TEST(Venue, TheIndexOfAPlayWithoutCommandsFollowsTheFile) {
    const VenueOptions asked = options(300, kWatch, Duration::minutes(60));
    std::vector<Price> ticks;
    for (const PopulationMarket& market : marketsOf(asked))
        ticks.push_back(market.tick);
    OutsideMarket file(asked.scenario, ticks, {asked.seed, asked.order});
    Lockstep play(venueOf(asked));
    play.setEncoding(false);
    std::size_t compared = 0;
    playOut(play, [&](const Lockstep& at) {
        if (!std::holds_alternative<ClockTick>(at.input().body)) return;
        for (std::uint16_t u = 0; u < ticks.size(); ++u) {
            const Underlying& outside = at.state().underlyings[u];
            if (outside.blind) continue;
            // Quotes are up to 2 s late, and one whose source went silent counts for 5 s more.
            double low = 1e300, high = 0;
            for (std::int64_t back = 0; back <= 8; ++back) {
                const Instant then = std::max(kWatch, at.state().time - Duration::seconds(back));
                const double was = file.priceAt(u, then)->toDouble();
                low = std::min(low, was);
                high = std::max(high, was);
            }
            ASSERT_GE(outside.index.toDouble(), low * (1 - kNoise));
            ASSERT_LE(outside.index.toDouble(), high * (1 + kNoise));
            ++compared;
        }
    });
    EXPECT_GT(compared, 3'600U * 3 * 9 / 10);
}

TEST(Venue, TheKnownLowOfTheDayIsQuoted) {
    const std::vector<QuoteLine> quotes =
        quotesOf(options(100, instant("2025-10-10T21:15:00Z"), Duration::minutes(15)));
    const char* const lows[] = {"101516.5", "3400", "141.28"};  // of BTC, ETH, SOL
    for (std::uint16_t u = 0; u < 3; ++u) {
        SCOPED_TRACE(october().series[u].underlying);
        double lowest = 1e300;
        for (const QuoteLine& line : quotes) {
            // The two sources without a delay see every second.
            if (line.quote.underlying == UnderlyingId(u) && line.quote.source < SourceId(2))
                lowest = std::min(lowest, line.quote.price.toDouble());
        }
        EXPECT_NEAR(lowest / price(lows[u]).toDouble(), 1.0, kNoise);
    }
}

// ---- gaps

Scenario withHole() {
    Scenario scenario;
    scenario.name = "hole";
    scenario.title = "a hole between 12:10 and 12:15";
    scenario.source = "made up";
    PriceSeries series{"BTC", {}};
    for (const char* start : {"2025-01-01T12:00Z", "2025-01-01T12:05Z"})
        series.bars.push_back(bar(start, 5, "100000", "100200", "99800", "100000"));
    for (const char* start : {"2025-01-01T12:15Z", "2025-01-01T12:20Z"})
        series.bars.push_back(bar(start, 5, "90000", "90180", "89820", "90000"));
    scenario.series = {series};
    scenario.watchFrom = series.begin();
    return scenario;
}

TEST(Venue, AGapInThePricesBlindsTheIndexAndIsNeverBridged) {
    const Instant hole = instant("2025-01-01T12:10Z"), back = instant("2025-01-01T12:15Z");
    VenueOptions asked = options(200, instant("2025-01-01T12:00Z"), Duration::minutes(24));
    asked.scenario = withHole();
    Lockstep play(venueOf(asked));
    std::set<SourceId> gapped;
    bool sawAgain = false;
    playOut(play, [&](const Lockstep& at) {
        const Instant now = at.input().time;
        const bool inHole = now >= hole && now < back;
        const InputBody& body = at.input().body;
        if (const auto* gap = std::get_if<FeedGap>(&body)) {
            EXPECT_EQ(now, hole);
            gapped.insert(gap->source);
        }
        if (inHole) {
            EXPECT_FALSE(std::holds_alternative<PriceObserved>(body));
            EXPECT_FALSE(std::holds_alternative<BookObserved>(body));
            EXPECT_FALSE(std::holds_alternative<Fill>(body));
            EXPECT_FALSE(std::holds_alternative<LiquidationFill>(body));
        }
        if (const auto* quote = std::get_if<PriceObserved>(&body)) {
            if (now >= back) {
                EXPECT_GE(quote->observedAt, back) << "nobody saw a price in the hole";
                EXPECT_LT(quote->price, price("91000"));
            } else {
                EXPECT_GT(quote->price, price("99000"));
            }
        }
        if (!std::holds_alternative<ClockTick>(body)) return;
        const Underlying& outside = at.state().underlyings[0];
        if (inHole) {
            EXPECT_TRUE(outside.blind) << now.toString();
        } else if (now >= back + Duration::seconds(2)) {
            EXPECT_FALSE(outside.blind) << now.toString();
        }
        // The index knows the price before the hole and the one after it, and none between.
        if (now < back || outside.blind) {
            EXPECT_GT(outside.index, price("99000"));
        } else {
            EXPECT_LT(outside.index, price("91000")) << now.toString();
            sawAgain = true;
        }
    });
    EXPECT_EQ(gapped.size(), embedded().sources.size());
    EXPECT_TRUE(sawAgain);
    EXPECT_TRUE(play.state().books.balanced());
}

// ---- market share: what an officer's act may change

TEST(VenueShare, OfNoughtLeavesTheOutsidePriceAsItWas) {
    VenueOptions asked = options(500, kWatch + Duration::minutes(30), Duration::minutes(30));
    asked.marketShare = Ratio();
    const OfficerCommand stop = command(BreakerLevel::Stop, 300);
    const std::vector<QuoteLine> without = quotesOf(asked);
    const std::vector<QuoteLine> with = quotesOf(asked, &stop, kCrash + Duration::minutes(5));
    EXPECT_TRUE(with == without);
}

TEST(VenueShare, AboveNoughtLetsAnActChangeItOnlyAfterTheAct) {
    VenueOptions asked = options(500, kWatch + Duration::minutes(30), Duration::minutes(30));
    asked.marketShare = plainRatio("1");
    const OfficerCommand stop = command(BreakerLevel::Stop, 300);
    const Instant act = kCrash + Duration::minutes(5);
    const std::vector<QuoteLine> without = quotesOf(asked);
    const std::vector<QuoteLine> with = quotesOf(asked, &stop, act);
    EXPECT_FALSE(with == without);
    const auto upToAct = [&](const std::vector<QuoteLine>& all) {
        std::vector<QuoteLine> early;
        std::copy_if(all.begin(), all.end(), std::back_inserter(early),
                     [&](const QuoteLine& line) { return line.time <= act; });
        return early;
    };
    EXPECT_TRUE(upToAct(with) == upToAct(without));
    EXPECT_TRUE(quotesOf(asked, &stop, act) == with) << "a play with an act is reproduced too";
    // The baseline is the file, whatever the share.
    asked.marketShare = Ratio();
    EXPECT_TRUE(quotesOf(asked) == without);
}

// The twin that goes on without the act stays in step through the crash.
TEST(VenueShare, AnActThatChangesNothingChangesNoPrice) {
    VenueOptions asked = options(500, kWatch + Duration::minutes(30), Duration::minutes(30));
    asked.marketShare = plainRatio("1");
    const std::vector<QuoteLine> without = quotesOf(asked);
    const OfficerCommand refused = command(BreakerLevel::Stop, 300, "");
    EXPECT_TRUE(quotesOf(asked, &refused, kCrash - Duration::minutes(5)) == without);
    OfficerCommand acknowledged = command(BreakerLevel::Normal, 0);
    acknowledged.kind = CommandKind::Acknowledge;
    acknowledged.alarm = 1;
    EXPECT_TRUE(quotesOf(asked, &acknowledged, kCrash) == without);
}

// ---- populations

TEST(VenuePopulation, FromItsFileIsTheSamePlay) {
    VenueOptions generated = options(200, kCrash, kTenMinutes);
    const std::vector<std::string> names{"BTC", "ETH", "SOL"};
    const std::string text = formatPopulation(populationOf(generated), names);
    VenueOptions fromFile = generated;
    fromFile.population = parsePopulation(text, "people.csv", names).value();
    EXPECT_EQ(stepsDigest(fromFile), stepsDigest(generated));
}

TEST(VenuePopulation, NeedNotBeBalancedBecauseTheHouseKeepsTheOtherSide) {
    VenueOptions asked = options(0, kWatch, kTenMinutes);
    asked.population = parsePopulation(
                           "account,kind,deposit,underlying,quantity,entry\n"
                           "anna,cross,100000,BTC,2,116000\n"
                           "ben,cross,50000,BTC,1,116000\n"
                           "carl,isolated,20000,SOL,100,200\n",
                           "people.csv", std::vector<std::string>{"BTC", "ETH", "SOL"})
                           .value();
    Lockstep play(venueOf(asked), {.checkEveryInput = true});
    bool opened = false;
    playOut(play, [&](const Lockstep& at) {
        const AccountBook& accounts = at.state().books.accounts();
        if (opened || accounts.size() < kVenuesOwn + 3) return;
        opened = true;
        const Leg* btc = accounts.leg(AccountId(0), InstrumentId(0));
        const Leg* sol = accounts.leg(AccountId(0), InstrumentId(2));
        ASSERT_TRUE(btc != nullptr && sol != nullptr);
        EXPECT_EQ(btc->quantity, quantity("-3"));
        EXPECT_EQ(sol->quantity, quantity("-100"));
    });
    EXPECT_TRUE(opened);
    EXPECT_EQ(play.state().books.accounts().size(), kVenuesOwn + 3);
    EXPECT_TRUE(play.state().books.cellsMatchTotals());
}

// ---- behaviour

TEST(VenueBook, IsThinnerInTheCrashThanInTheCalm) {
    Lockstep play(venueOf(options(1'500, kWatch, Duration::minutes(60))));
    play.setEncoding(false);
    struct Mean {
        double sum = 0;
        std::size_t n = 0;
        double value() const { return sum / static_cast<double>(n); }
    };
    std::array<Mean, 3> calm, crash;
    playOut(play, [&](const Lockstep& at) {
        const auto* book = std::get_if<BookObserved>(&at.input().body);
        if (book == nullptr) return;
        EXPECT_FALSE(book->bidDepth.isNegative());
        EXPECT_FALSE(book->askDepth.isNegative());
        const Duration since = at.input().time - kWatch;
        const bool early = since < Duration::minutes(10);
        const bool late = since >= Duration::minutes(45) && since < Duration::minutes(55);
        if (!early && !late) return;
        Mean& mean = (early ? calm : crash)[book->instrument.value()];
        // What stands untouched: the side that forced flow took from is thinner still.
        mean.sum += std::max(book->bidDepth, book->askDepth).toDouble();
        ++mean.n;
    });
    for (std::size_t m = 0; m < 3; ++m) {
        SCOPED_TRACE(october().series[m].underlying);
        EXPECT_LT(crash[m].value(), 0.6 * calm[m].value());
        EXPECT_GT(crash[m].value(), 0.0);
    }
}

TEST(VenueClients, SendMoneyWithTheirDelayAndNeverMoreThanTheyHave) {
    VenueOptions asked = options(1'500, kWatch, Duration::minutes(60));
    const std::vector<SimAccount> people = populationOf(asked);
    asked.population = people;
    Lockstep play(venueOf(asked));
    play.setEncoding(false);
    std::map<AccountId, std::vector<Instant>> noticed;
    std::map<AccountId, Money> sent;
    std::size_t topUps = 0;
    playOut(play, [&](const Lockstep& at) {
        for (const Event& event : at.events()) {
            const auto* health = std::get_if<HealthBandChanged>(&event);
            if (health != nullptr && health->to > health->from &&
                health->to >= HealthBand::Warning) {
                noticed[health->account].push_back(at.input().time);
            }
        }
        const auto* transfer = std::get_if<Transfer>(&at.input().body);
        if (transfer == nullptr || transfer->account < AccountId(kVenuesOwn)) return;
        ++topUps;
        ASSERT_TRUE(transfer->amount.isPositive());
        const ClientBehaviour& habits = people[transfer->account.value() - kVenuesOwn].behaviour;
        const auto& times = noticed[transfer->account];
        const bool due = std::any_of(times.begin(), times.end(), [&](Instant time) {
            const Instant arrives = time + habits.topUpDelay;
            return arrives <= at.input().time && at.input().time < arrives + Duration::seconds(1);
        });
        EXPECT_TRUE(due) << "account " << transfer->account.value();
        sent[transfer->account] += transfer->amount;
        EXPECT_LE(sent[transfer->account], habits.topUpReserve);
    });
    EXPECT_GT(topUps, 0U);
}

// What a whole play says, by kind.
struct Spoken {
    std::map<Refusal, std::size_t> refused;
    std::size_t started = 0, filled = 0, ended = 0;
    Money liquidated;  // notional
    bool legsMatch = true;
};

Spoken listen(Lockstep& play) {
    Spoken spoken;
    playOut(play, [&](const Lockstep& at) {
        for (const Event& event : at.events()) {
            if (const auto* refused = std::get_if<Refused>(&event)) {
                ++spoken.refused[refused->reason];
            } else if (std::holds_alternative<LiquidationStarted>(event)) {
                ++spoken.started;
            } else if (const auto* filled = std::get_if<LiquidationFilled>(&event)) {
                ++spoken.filled;
                spoken.liquidated += notional(filled->quantity.abs(), filled->price, Round::Floor);
            } else if (std::holds_alternative<LiquidationEnded>(event)) {
                ++spoken.ended;
            }
        }
        const bool minute = at.input().time.microseconds() % 60'000'000 == 0;
        if (!minute || !std::holds_alternative<ClockTick>(at.input().body)) return;
        // Long is short, market by market.
        std::vector<Quantity> sums(at.state().markets.size());
        const AccountBook& accounts = at.state().books.accounts();
        for (std::uint32_t i = 0; i < accounts.size(); ++i) {
            for (const Leg& leg : accounts.legs(AccountId(i)))
                sums[leg.instrument.value()] += leg.quantity;
        }
        for (const Quantity sum : sums)
            spoken.legsMatch = spoken.legsMatch && sum.isZero();
    });
    return spoken;
}

std::string wordsOf(const std::map<Refusal, std::size_t>& refused) {
    std::string text;
    for (const auto& [reason, count] : refused)
        text += std::string(word(reason)) + " " + std::to_string(count) + ", ";
    return text;
}

// What an exchange must expect of its own clients and makers; anything else is a venue that does
// not know its engine.
void expectOnlyKnownRefusals(const std::map<Refusal, std::size_t>& refused) {
    const std::set<Refusal> known{Refusal::InitialMargin, Refusal::BreakerLevel};
    for (const auto& [reason, count] : refused)
        EXPECT_TRUE(known.contains(reason)) << wordsOf(refused);
}

// Every cell of the books is added up after every input; the engine aborts when one is off.
TEST(VenueConservation, HoldsAfterEveryInputThroughTheCrash) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        SCOPED_TRACE(seed);
        Lockstep play(
            venueOf(options(300, kCrash - Duration::minutes(5), Duration::minutes(20), seed)),
            {.checkEveryInput = true});
        play.setEncoding(false);
        const Spoken spoken = listen(play);
        EXPECT_TRUE(spoken.legsMatch);
        EXPECT_TRUE(play.state().books.balanced());
        EXPECT_TRUE(play.state().books.cellsMatchTotals());
        EXPECT_GT(spoken.started, 0U);
        expectOnlyKnownRefusals(spoken.refused);
    }
}

// The hour of the crash on the default venue: only what every sensible parameter set would show.
TEST(VenueCrash, LiquidatesDrainsTheFundAndBalances) {
    Lockstep play(venueOf(options(20'000, kWatch, Duration::minutes(60))));
    play.setEncoding(false);
    while (play.advance(kWatch)) {
    }
    const Money fundAtStart = play.state().books.fund();
    ASSERT_TRUE(fundAtStart.isPositive());
    const Spoken spoken = listen(play);
    const Tally& tally = play.state().tally;
    EXPECT_GT(spoken.started, 100U);
    EXPECT_EQ(tally.liquidations, spoken.started);
    EXPECT_GT(spoken.filled, spoken.started / 2) << "the book takes most of them";
    EXPECT_GT(spoken.ended, 0U);
    EXPECT_LT(tally.fundLow, fundAtStart);
    EXPECT_FALSE(tally.fundLow.isNegative());
    EXPECT_GT(spoken.liquidated, tally.adlNotional) << "ADL is the last resort, not the first";
    EXPECT_TRUE(tally.uncovered.isZero());
    EXPECT_TRUE(spoken.legsMatch);
    EXPECT_TRUE(play.state().books.cellsMatchTotals());
    expectOnlyKnownRefusals(spoken.refused);
    EXPECT_EQ(tally.inputs, play.state().sequence);
}

// In the calm before it nobody is hurt much and nothing is refused that matters.
TEST(VenueCalm, LeavesTheFundAlone) {
    Lockstep play(venueOf(options(1'500, kWatch, kTenMinutes)));
    play.setEncoding(false);
    const Spoken spoken = listen(play);
    EXPECT_TRUE(play.state().tally.adlNotional.isZero());
    EXPECT_TRUE(play.state().tally.socialised.isZero());
    EXPECT_LT(spoken.started, 15U) << "less than 1 % of the accounts";
    expectOnlyKnownRefusals(spoken.refused);
}

}  // namespace
}  // namespace breakwater::sim
