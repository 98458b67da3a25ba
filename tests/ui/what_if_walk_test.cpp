// What-if by keyboard alone: shock ETH by -20 % and list who dies. Nothing reaches the venue.
#include <QAction>
#include <QLineEdit>

#include "ui/screens/what_if.hpp"
#include "ui/screens/what_if_map.hpp"
#include "ui/screens/what_if_results.hpp"
#include "ui/screens/what_if_shocks.hpp"
#include "ui/window_fixture.hpp"

namespace breakwater::ui::test {
namespace {

class WhatIfWalk : public WindowTest {
protected:
    void openWhatIf() {
        openWindow();
        press(Qt::Key_6, Qt::ControlModifier);
        ASSERT_EQ(window->currentScreen(), QStringLiteral("what-if"));
        ASSERT_TRUE(becomes([&] { return screen().isReady(); }));
    }
    WhatIfScreen& screen() {
        return *dynamic_cast<WhatIfScreen*>(window->screenOf(QStringLiteral("what-if")));
    }
    bool shows(const scenario::Shock& shock) {
        return becomes([&] { return screen().answer() && screen().answer()->job.shock == shock; });
    }
    scenario::Shock ethAt(const char* move) {
        scenario::Shock shock;
        shock.moves.resize(SmallVenue::kMarkets);
        shock.moves[0] = *Ratio::parse(move);
        return shock;
    }
};

TEST_F(WhatIfWalk, ShockEthByTwentyPercentAndListWhoDies) {
    openWhatIf();
    EXPECT_EQ(target(), &screen().shocks().slider(0).track());
    press(Qt::Key_F2);
    ASSERT_EQ(target(), &screen().shocks().slider(0).edit());
    type("-20");
    press(Qt::Key_Return);
    ASSERT_TRUE(shows(ethAt("-0.2")));
    ASSERT_EQ(target(), &screen().table());
    const auto snapshot = desk.board().snapshot;
    const std::vector<scenario::Struck> dead =
        scenario::accountsBehind(*snapshot, ethAt("-0.2"), scenario::Depth::BelowMaintenance);
    ASSERT_GT(dead.size(), 3U);
    ASSERT_EQ(screen().accounts().rowCount(), static_cast<int>(dead.size()));
    for (int row = 0; row < static_cast<int>(dead.size()); ++row)
        EXPECT_EQ(screen().accounts().accountAt(row), dead[static_cast<std::size_t>(row)].account);
    // The figure beside it says as many.
    EXPECT_EQ(screen().results().model().index(2, 2).data().toString(),
              QString::number(dead.size()));
    // Enter goes to the account.
    std::optional<ScreenTarget> asked;
    QObject::connect(&screen(), &Screen::targetRequested, &screen(),
                     [&](const ScreenTarget& to) { asked = to; });
    press(Qt::Key_Down);
    const int row = screen().table().currentRow();
    press(Qt::Key_Return);
    ASSERT_TRUE(asked.has_value());
    EXPECT_EQ(asked->screen, QStringLiteral("accounts"));
    EXPECT_EQ(asked->account, screen().accounts().accountAt(row));
    EXPECT_EQ(window->currentScreen(), QStringLiteral("accounts"));
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(WhatIfWalk, PresetsNudgesAndReset) {
    openWhatIf();
    press(Qt::Key_3);
    ASSERT_TRUE(shows(ethAt("-0.2")));
    press(Qt::Key_Left);
    ASSERT_TRUE(shows(ethAt("-0.21")));
    press(Qt::Key_Right, Qt::ShiftModifier);
    ASSERT_TRUE(shows(ethAt("-0.16")));
    press(Qt::Key_X);
    ASSERT_TRUE(shows(ethAt("0")));
    EXPECT_EQ(screen().answer()->outcome.now, screen().answer()->outcome.then);
    press(Qt::Key_Down);
    EXPECT_EQ(target(), &screen().shocks().slider(1).track());
    press(Qt::Key_7);
    ASSERT_TRUE(
        becomes([&] { return screen().answer()->job.shock.moves[1] == *Ratio::parse("0.2"); }));
    EXPECT_EQ(screen().answer()->job.shock.moves[0], Ratio());
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(WhatIfWalk, LockMovesTheOthersByTheirBeta) {
    openWhatIf();
    press(Qt::Key_L);
    press(Qt::Key_3);
    const auto snapshot = desk.board().snapshot;
    const scenario::Shock together = scenario::follow(scenario::betasTo(*snapshot, UnderlyingId(0)),
                                                      UnderlyingId(0), *Ratio::parse("-0.2"));
    ASSERT_TRUE(shows(together));
    EXPECT_EQ(together.moves[1], *Ratio::parse("-0.2")) << "30 s of history: one to one";
    press(Qt::Key_L);
    press(Qt::Key_2);
    ASSERT_TRUE(
        becomes([&] { return screen().answer()->job.shock.moves[0] == *Ratio::parse("-0.1"); }));
    EXPECT_EQ(screen().answer()->job.shock.moves[1], *Ratio::parse("-0.2")) << "stays behind";
}

TEST_F(WhatIfWalk, CellOfTheMapListsItsAccounts) {
    openWhatIf();
    press(Qt::Key_H);
    ASSERT_EQ(target(), &screen().map().heat());
    EXPECT_EQ(screen().map().heat().chosen(), QPoint(10, 6)) << "begins at now";
    for (int i = 0; i < 4; ++i)
        press(Qt::Key_Left);
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    scenario::Shock cell = ethAt("-0.2");
    cell.moves[1] = *Ratio::parse("-0.05");
    ASSERT_TRUE(becomes([&] { return screen().answer()->job.listShock == cell; }));
    EXPECT_EQ(target(), &screen().table());
    EXPECT_EQ(screen().accounts().rowCount(),
              static_cast<int>(screen().map().map()->at(6, 5).belowMaintenance));
    EXPECT_GT(screen().accounts().rowCount(), 0);
    press(Qt::Key_Escape);
    ASSERT_TRUE(becomes([&] { return screen().answer()->job.listShock == ethAt("0"); }));
    press(Qt::Key_H);
    press(Qt::Key_F9);
    EXPECT_TRUE(screen().map().heat().isTableShown());
    const HeatMetric before = screen().map().metric();
    press(Qt::Key_M);
    EXPECT_NE(screen().map().metric(), before);
}

TEST_F(WhatIfWalk, ResultsAreStaleUntilRecomputed) {
    openWhatIf();
    press(Qt::Key_3);
    ASSERT_TRUE(shows(ethAt("-0.2")));
    EXPECT_FALSE(screen().isStale());
    const Sequence before = screen().answer()->outcome.sequence;
    venue.run(9);
    desk.show(venue);
    window->refreshNow();
    EXPECT_TRUE(screen().isStale());
    EXPECT_TRUE(screen().results().isStale());
    EXPECT_TRUE(screen().layers().isStale());
    EXPECT_TRUE(screen().map().isStale());
    EXPECT_EQ(screen().map().heat().data().staleAge, QStringLiteral("9 s old"));
    EXPECT_EQ(screen().answer()->outcome.sequence, before) << "nothing moves by itself";
    press(Qt::Key_F5);
    ASSERT_TRUE(becomes([&] { return screen().answer()->outcome.sequence > before; }));
    window->refreshNow();
    EXPECT_FALSE(screen().isStale());
    EXPECT_FALSE(screen().results().isStale());
    // A drag computes on the newest photograph by itself.
    venue.run(2);
    desk.show(venue);
    window->refreshNow();
    press(Qt::Key_Left);
    ASSERT_TRUE(shows(ethAt("-0.21")));
    EXPECT_FALSE(screen().isStale());
}

TEST_F(WhatIfWalk, FollowRecomputesByItself) {
    openWhatIf();
    press(Qt::Key_F);
    venue.run(3);
    desk.show(venue);
    const Sequence newest = desk.board().snapshot->sequence;
    EXPECT_TRUE(becomes([&] { return screen().answer()->outcome.sequence == newest; }, 5'000));
}

TEST_F(WhatIfWalk, OpensForTheMarketChosenOnSituation) {
    openWindow();
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    const std::optional<InstrumentId> chosen = situation().selectedMarket();
    ASSERT_TRUE(chosen.has_value());
    press(Qt::Key_W);
    EXPECT_EQ(window->currentScreen(), QStringLiteral("what-if"));
    const std::size_t underlying =
        (*desk.board().snapshot->markets)[chosen->value()].instrument.underlying.value();
    EXPECT_EQ(screen().shocks().chosen(), underlying);
    EXPECT_EQ(target(), &screen().shocks().slider(underlying).track());
}

TEST_F(WhatIfWalk, VenueWithoutMarketsSaysSo) {
    Engine engine;
    view::Projector projector;
    view::Board board;
    board.snapshot = projector.project(engine);
    desk.show(board);
    openWindow();
    press(Qt::Key_6, Qt::ControlModifier);
    EXPECT_TRUE(becomes([&] { return screen().isReady(); }));
    press(Qt::Key_3);
    EXPECT_EQ(screen().answer(), nullptr);
    // And comes to life with the first market.
    desk.show(venue);
    window->refreshNow();
    EXPECT_TRUE(becomes([&] { return screen().answer() != nullptr; }));
}

TEST_F(WhatIfWalk, LayoutIsKept) {
    openWhatIf();
    press(Qt::Key_M);
    press(Qt::Key_D);
    press(Qt::Key_L);
    const QJsonObject saved = screen().saveLayout();
    EXPECT_TRUE(saved.value(QStringLiteral("lock")).toBool());
    press(Qt::Key_M);
    press(Qt::Key_D);
    press(Qt::Key_L);
    screen().restoreLayout(saved);
    EXPECT_EQ(screen().saveLayout(), saved);
}

TEST_F(WhatIfWalk, NoKeyOfThisScreenSendsACommand) {
    openWhatIf();
    for (const QAction* action : screen().actions())
        const_cast<QAction*>(action)->trigger();
    for (int turn = 0; turn < 3; ++turn) {
        for (int key = Qt::Key_0; key <= Qt::Key_9; ++key)
            press(key);
        for (int key = Qt::Key_A; key <= Qt::Key_Z; ++key)
            press(key);
        for (const int key :
             {Qt::Key_Space, Qt::Key_Home, Qt::Key_End, Qt::Key_PageDown, Qt::Key_Left, Qt::Key_Up,
              Qt::Key_F2, Qt::Key_F5, Qt::Key_F12, Qt::Key_Escape, Qt::Key_F6, Qt::Key_Tab})
            press(key);
    }
    EXPECT_TRUE(desk.sent.empty());
    EXPECT_EQ(window->currentScreen(), QStringLiteral("what-if"));
}

}  // namespace
}  // namespace breakwater::ui::test
