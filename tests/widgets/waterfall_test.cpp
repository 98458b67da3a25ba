#include "widgets/waterfall.hpp"

#include <QImage>
#include <QTest>
#include <gtest/gtest.h>

#include "widgets/alarm_strip.hpp"

using namespace breakwater::widgets;

namespace {

int pixelsOf(const QImage& image, const QRect& box, const QColor& wanted) {
    int count = 0;
    for (int y = box.top(); y <= box.bottom(); ++y) {
        for (int x = box.left(); x <= box.right(); ++x) {
            if (image.valid(x, y) && QColor(image.pixel(x, y)) == wanted) ++count;
        }
    }
    return count;
}

TEST(Waterfall, BarsStandOnEachOtherAndTotalsOnTheGround) {
    const QVector<WaterfallBar> bars{{WaterfallKind::Part, QStringLiteral("a"), 3, {}},
                                     {WaterfallKind::Part, QStringLiteral("b"), 2, {}},
                                     {WaterfallKind::Relief, QStringLiteral("c"), -1, {}},
                                     {WaterfallKind::Total, QStringLiteral("sum"), 4, {}},
                                     {WaterfallKind::Beside, QStringLiteral("have"), 2.5, {}},
                                     {WaterfallKind::Shortfall, QStringLiteral("short"), -1.5, {}}};
    const auto spans = Waterfall::spansOf(bars);
    ASSERT_EQ(spans.size(), 6);
    const double expected[][2] = {{0, 3}, {3, 5}, {5, 4}, {0, 4}, {0, 2.5}, {2.5, 4}};
    for (int i = 0; i < 6; ++i) {
        EXPECT_DOUBLE_EQ(spans[i].from, expected[i][0]) << i;
        EXPECT_DOUBLE_EQ(spans[i].to, expected[i][1]) << i;
    }
}

TEST(Waterfall, PaintsTheShortfallInP1AndSpeaksItsBars) {
    Waterfall waterfall;
    waterfall.resize(420, 200);
    WaterfallData data;
    data.name = QStringLiteral("Margin explained");
    data.bars = {{WaterfallKind::Part, QStringLiteral("ETH"), 3, QStringLiteral("+3")},
                 {WaterfallKind::Total, QStringLiteral("maint."), 3, QStringLiteral("3")},
                 {WaterfallKind::Beside, QStringLiteral("equity"), 2, QStringLiteral("2")}};
    waterfall.setData(data);
    const QColor p1 = Theme::current().color(Token::P1);
    EXPECT_EQ(pixelsOf(waterfall.grab().toImage(), waterfall.rect(), p1), 0);
    data.bars.append({WaterfallKind::Shortfall, QStringLiteral("short"), -1, QStringLiteral("-1")});
    waterfall.setData(data);
    EXPECT_GT(pixelsOf(waterfall.grab().toImage(), waterfall.rect(), p1), 500);
    EXPECT_EQ(waterfall.accessibleName(), QStringLiteral("Margin explained"));
    EXPECT_TRUE(waterfall.accessibleDescription().contains(QStringLiteral("short -1")));
    waterfall.setData({});
    EXPECT_FALSE(waterfall.grab().isNull());
}

TEST(AlarmStripBlink, TheShapeNeverGoesAway) {
    AlarmStrip strip;
    AlarmStripData data;
    AlarmHead worst;
    worst.priority = Priority::P1;
    worst.count = 6;
    worst.cause = QStringLiteral("SOL shock");
    worst.unackedMs = 1'000;
    data.worst = worst;
    strip.setData(data);
    strip.resize(1'366, 32);
    strip.show();
    const QColor edge = Theme::current().color(Token::White);
    // The chip's left end, where the shape stands and no letter.
    const QRect shape(12, 0, 30, 32);
    QVector<int> seen;
    for (int phase = 0; phase < 4; ++phase) {
        seen << pixelsOf(strip.grab().toImage(), shape, edge);
        QTest::qWait(510);
    }
    for (const int pixels : std::as_const(seen))
        EXPECT_GT(pixels, 10);
    EXPECT_GT(*std::max_element(seen.begin(), seen.end()),
              2 * *std::min_element(seen.begin(), seen.end()))
        << "the two phases differ";
}

}  // namespace
