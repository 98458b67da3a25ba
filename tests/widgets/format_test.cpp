#include "widgets/format.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

using namespace breakwater::widgets;

namespace {

const QString minus = QString(QChar(0x2212));

TEST(Format, exactGroupsThousands) {
    EXPECT_EQ(formatExact(12345.67), "12,345.67");
    EXPECT_EQ(formatExact(-12345.67), minus + "12,345.67");
    EXPECT_EQ(formatExact(999), "999.00");
    EXPECT_EQ(formatExact(1000, 0), "1,000");
    EXPECT_EQ(formatExact(1234567890.5, 1), "1,234,567,890.5");
    EXPECT_EQ(formatExact(111984.5, 1), "111,984.5");
    EXPECT_EQ(formatCount(20000), "20,000");
    EXPECT_EQ(formatCount(-4100), minus + "4,100");
    EXPECT_EQ(formatCount(std::numeric_limits<std::int64_t>::min()),
              minus + "9,223,372,036,854,775,808");
}

TEST(Format, shortCarriesItsSuffix) {
    EXPECT_EQ(formatShort(12'345), "12.3k");
    EXPECT_EQ(formatShort(4'100'000), "4.10M");
    EXPECT_EQ(formatShort(412'000'000, 0), "412M");
    EXPECT_EQ(formatShort(1.25e9), "1.25B");
    EXPECT_EQ(formatShort(-670'000, 2), minus + "670.00k");
    EXPECT_EQ(formatShort(286), "286");
    EXPECT_EQ(formatShort(0.48), "0.48");
    EXPECT_EQ(formatShort(41.24), "41.2");
}

TEST(Format, shortRoundsUpIntoTheNextUnit) {
    EXPECT_EQ(formatShort(999'960), "1.00M");
    EXPECT_EQ(formatShort(999'940), "999.9k");
    EXPECT_EQ(formatShort(999.7), "1.0k");
}

TEST(Format, zeroHasNoSign) {
    EXPECT_EQ(formatExact(-0.001), "0.00");
    EXPECT_EQ(formatExact(-0.0), "0.00");
    EXPECT_EQ(formatExact(0.001, 2, Sign::Always), "0.00");
    EXPECT_EQ(formatPercent(-0.0004), "0%");
}

TEST(Format, signsAreWrittenWhereTheyMean) {
    EXPECT_EQ(formatPercent(0.61, 0, Sign::Always), "+61%");
    EXPECT_EQ(formatPercent(-0.069, 1, Sign::Always), minus + "6.9%");
}

TEST(Format, nothingIsAnEmptyString) {
    EXPECT_TRUE(formatExact(std::nan("")).isEmpty());
    EXPECT_TRUE(formatShort(std::numeric_limits<double>::infinity()).isEmpty());
    EXPECT_TRUE(formatPercent(std::nan("")).isEmpty());
    EXPECT_TRUE(formatRange(1, std::nan("")).isEmpty());
}

TEST(Format, SmallQuantitiesKeepTheirDigits) {
    EXPECT_EQ(formatQuantity(0), "0");
    EXPECT_EQ(formatQuantity(4'100), "4.1k");
    EXPECT_EQ(formatQuantity(0.48), "0.48");
    EXPECT_EQ(formatQuantity(0.05), "0.050");
    EXPECT_EQ(formatQuantity(-0.00128), minus + "0.0013");
    EXPECT_EQ(formatQuantity(0.00001, Sign::Always), "+0.000010");
}

TEST(Format, rangesStandInBrackets) {
    EXPECT_EQ(formatRange(1.1, 3.0),
              QStringLiteral("(1.1") + QChar(0x2013) + QStringLiteral("3.0)"));
}

TEST(Format, instantsAreUtc) {
    const std::int64_t instant = 1760131087456;  // 2025-10-10 21:18:07.456 UTC
    EXPECT_EQ(formatInstant(instant), "21:18:07Z");
    EXPECT_EQ(formatInstantTenths(instant), "21:18:07.4Z");
    EXPECT_EQ(formatDate(instant), "2025-10-10");
    EXPECT_EQ(formatClockMinutes(instant), "21:18");
}

TEST(Format, timesToGoAndAges) {
    EXPECT_EQ(formatCountdown(46'900), "00:46");
    EXPECT_EQ(formatCountdown(559'000), "09:19");
    EXPECT_EQ(formatCountdown(-5), "00:00");
    EXPECT_EQ(formatCountdown(3'661'000), "1:01:01");
    EXPECT_EQ(formatAge(340), "0.3 s");
    EXPECT_EQ(formatAge(12'400), "12 s");
    EXPECT_EQ(formatAge(240'000), "4 min");
    EXPECT_EQ(formatStaleAge(2'100), "2.1s old");
}

TEST(Format, digestAndSpeed) {
    EXPECT_EQ(shortDigest("9f3a00112233c1"), "9f3a..c1");
    EXPECT_EQ(shortDigest("9f3a"), "9f3a");
    EXPECT_EQ(formatSpeed(20), QChar(0x00D7) + QStringLiteral("20"));
}

TEST(Format, copiedFormulasAreDisarmed) {
    EXPECT_EQ(guardFormula("=HYPERLINK(1)"), "'=HYPERLINK(1)");
    EXPECT_EQ(guardFormula("@cmd"), "'@cmd");
    EXPECT_EQ(guardFormula("-1+cmd"), "'-1+cmd");
    EXPECT_EQ(guardFormula("-12,345.67"), "-12,345.67");
    EXPECT_EQ(guardFormula("+61%"), "+61%");
    EXPECT_EQ(guardFormula("ETH-PERP"), "ETH-PERP");
}

}  // namespace
