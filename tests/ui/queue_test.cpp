// The queue and fund screens by keyboard alone.
#include "ui/screens/queue.hpp"

#include <QSignalSpy>

#include "ui/screens/fund.hpp"
#include "ui/screens/fund_panels.hpp"
#include "ui/screens/queue_evidence.hpp"
#include "ui/screens/situation_panels.hpp"
#include "ui/screens/situation_tiles.hpp"
#include "ui/window_fixture.hpp"

namespace breakwater::ui::test {
namespace {

class QueueWalk : public WindowTest {
protected:
    QueueScreen& queue() {
        return *dynamic_cast<QueueScreen*>(window->screenOf(QStringLiteral("queue")));
    }
    FundScreen& fund() {
        return *dynamic_cast<FundScreen*>(window->screenOf(QStringLiteral("fund")));
    }
    void fall(int seconds) {
        venue.drift(0, -0.002);
        venue.run(seconds);
        desk.show(venue);
    }
    // The newest board has arrived on the screen in front.
    bool settles() {
        return becomes([&] {
            window->refreshNow();
            return window->screenOf(window->currentScreen())->isReady();
        });
    }
};

TEST_F(QueueWalk, CalmQueueSaysWhyItIsEmpty) {
    openWindow();
    press(Qt::Key_3, Qt::ControlModifier);
    EXPECT_EQ(window->currentScreen(), QStringLiteral("queue"));
    ASSERT_TRUE(settles());
    if (queue().model().rowCount() > 0) GTEST_FAIL() << "the small venue is calm at first";
    auto* empty = queue().table().findChild<widgets::EmptyState*>();
    ASSERT_NE(empty, nullptr);
    EXPECT_EQ(empty->data().what, QStringLiteral("No liquidation runs"));
    EXPECT_TRUE(empty->data().why.contains(QStringLiteral("ended"))) << "says of the last";
}

TEST_F(QueueWalk, StuckOnlyAndBack) {
    fall(20);
    venue.silence(0, 5);
    venue.run(8);
    desk.show(venue);
    openWindow();
    press(Qt::Key_3, Qt::ControlModifier);
    ASSERT_TRUE(settles());
    const int all = queue().model().rowCount();
    ASSERT_GT(all, 0);
    press(Qt::Key_S);
    EXPECT_EQ(queue().filter(), QueueFilter::Stuck);
    EXPECT_GT(queue().model().rowCount(), 0);
    for (int row = 0; row < queue().model().rowCount(); ++row)
        EXPECT_TRUE(queue().model().at(row)->isStuck);
    press(Qt::Key_U);
    EXPECT_EQ(queue().filter(), QueueFilter::Underwater);
    press(Qt::Key_U);
    EXPECT_EQ(queue().filter(), QueueFilter::All);
    EXPECT_EQ(queue().model().rowCount(), all);
}

TEST_F(QueueWalk, EnterGoesToTheAccount) {
    fall(40);
    openWindow();
    press(Qt::Key_3, Qt::ControlModifier);
    ASSERT_TRUE(settles());
    ASSERT_GT(queue().model().rowCount(), 1);
    QSignalSpy asked(&queue(), &Screen::targetRequested);
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    ASSERT_TRUE(queue().selected().has_value());
    const AccountId account = queue().model().at(queue().table().currentRow())->account;
    press(Qt::Key_Return);
    ASSERT_EQ(asked.size(), 1);
    const auto target = asked[0][0].value<ScreenTarget>();
    EXPECT_EQ(target.screen, QStringLiteral("accounts"));
    EXPECT_EQ(target.account, account);
    EXPECT_EQ(window->currentScreen(), QStringLiteral("accounts"));
}

TEST_F(QueueWalk, TheChosenRowIsKeptWhileTheQueueMoves) {
    fall(30);
    openWindow();
    press(Qt::Key_3, Qt::ControlModifier);
    ASSERT_TRUE(settles());
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    ASSERT_TRUE(queue().selected().has_value());
    const LiquidationId chosen = *queue().selected();
    fall(2);
    ASSERT_TRUE(settles());
    EXPECT_EQ(queue().selected(), chosen);
    const int row = queue().model().rowOf(chosen);
    EXPECT_EQ(queue().table().currentRow(), row);
    press(Qt::Key_Escape);
    EXPECT_FALSE(queue().selected().has_value());
}

TEST_F(QueueWalk, PanelsByKey) {
    fall(30);
    openWindow();
    press(Qt::Key_3, Qt::ControlModifier);
    ASSERT_TRUE(settles());
    press(Qt::Key_A);
    EXPECT_EQ(target(), &queue().adl().table());
    press(Qt::Key_I);
    EXPECT_EQ(target(), &queue().ladder().chart());
    const std::size_t before = queue().ladder().market();
    press(Qt::Key_I);
    EXPECT_NE(queue().ladder().market(), before);
    const bool falls = queue().ladder().falls();
    press(Qt::Key_I, Qt::ShiftModifier);
    EXPECT_NE(queue().ladder().falls(), falls);
    press(Qt::Key_F9);
    EXPECT_TRUE(queue().ladder().chart().isTableShown());
    press(Qt::Key_Q);
    EXPECT_EQ(target(), &queue().table());
}

TEST_F(QueueWalk, FundByKey) {
    fall(60);
    openWindow();
    press(Qt::Key_4, Qt::ControlModifier);
    EXPECT_EQ(window->currentScreen(), QStringLiteral("fund"));
    ASSERT_TRUE(settles());
    EXPECT_EQ(target(), &fund().waterfall().waterfall());
    EXPECT_EQ(fund().waterfall().chosen(), WaterfallOf::Now);
    press(Qt::Key_W);
    EXPECT_EQ(fund().waterfall().chosen(), WaterfallOf::Session);
    const widgets::LossWaterfallData& shown = fund().waterfall().waterfall().data();
    ASSERT_EQ(shown.layers.size(), 6);
    EXPECT_EQ(shown.layers[2].paid, desk.board().snapshot->fund.paid.toDouble());
    press(Qt::Key_F9);
    EXPECT_TRUE(fund().waterfall().waterfall().isTableShown());
    press(Qt::Key_L);
    EXPECT_EQ(target(), &fund().flows().table());
    press(Qt::Key_N);
    EXPECT_EQ(target(), &fund().nextPayer().table());
}

TEST_F(QueueWalk, SituationTilesOpenTheScreens) {
    openWindow();
    auto* flow = situation().findChild<FlowPanel*>();
    auto* next = situation().findChild<NextDollarTile*>();
    ASSERT_TRUE(flow != nullptr && next != nullptr);
    emit flow->headerActivated();
    EXPECT_EQ(window->currentScreen(), QStringLiteral("queue"));
    press(Qt::Key_1, Qt::ControlModifier);
    emit next->headerActivated();
    EXPECT_EQ(window->currentScreen(), QStringLiteral("fund"));
}

TEST_F(QueueWalk, NothingHereActsOnTheVenue) {
    fall(40);
    openWindow();
    for (const int screen : {Qt::Key_3, Qt::Key_4}) {
        press(screen, Qt::ControlModifier);
        ASSERT_TRUE(settles());
        for (int key = Qt::Key_A; key <= Qt::Key_Z; ++key)
            press(key);
    }
    EXPECT_TRUE(desk.sent.empty());
}

}  // namespace
}  // namespace breakwater::ui::test
