// The whole desk by keyboard alone.
#include <set>

#include <QLineEdit>

#include "ui/alarm_list.hpp"
#include "ui/keys_overlay.hpp"
#include "ui/screen_catalogue.hpp"
#include "ui/screens/filter_bar.hpp"
#include "ui/window_fixture.hpp"

namespace breakwater::ui::test {
namespace {

class Walk : public WindowTest {};

TEST_F(Walk, ScreensByKey) {
    openWindow();
    EXPECT_EQ(window->currentScreen(), QStringLiteral("situation"));
    press(Qt::Key_2, Qt::ControlModifier);
    EXPECT_EQ(window->currentScreen(), QStringLiteral("accounts"));
    press(Qt::Key_5, Qt::ControlModifier);
    EXPECT_EQ(window->currentScreen(), QStringLiteral("breakers"));
    press(Qt::Key_1, Qt::ControlModifier);
    EXPECT_EQ(window->currentScreen(), QStringLiteral("situation"));
    EXPECT_TRUE(situation().isReady());
}

TEST_F(Walk, FilterSortAndChooseAnAccount) {
    openWindow();
    press(Qt::Key_F, Qt::ControlModifier);
    EXPECT_EQ(window->currentScreen(), QStringLiteral("accounts"));
    ASSERT_EQ(target(), &accounts().filterBar().edit());
    ASSERT_TRUE(becomes([&] { return accounts().isReady(); }));
    const int all = accounts().model().rowCount();
    type("health<1.6 & market:ETH");
    press(Qt::Key_Return);
    ASSERT_TRUE(becomes([&] { return accounts().model().rowCount() < all; }));
    EXPECT_EQ(accounts().model().order()->query.healthBelow, 1.6);
    EXPECT_EQ(accounts().model().order()->query.market, SmallVenue::kEth);
    ASSERT_EQ(target(), &accounts().table());
    const view::AccountColumn before = accounts().model().order()->query.sort;
    press(Qt::Key_F3);
    ASSERT_TRUE(becomes([&] { return accounts().model().order()->query.sort != before; }));
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    ASSERT_TRUE(accounts().selected().has_value());
    const AccountId chosen = *accounts().selected();
    EXPECT_EQ(accounts().model().accountAt(accounts().table().currentRow()), chosen);
    // The choice stays with the account when the order turns round.
    press(Qt::Key_F3, Qt::ShiftModifier);
    ASSERT_TRUE(becomes([&] { return !accounts().model().order()->query.descending; }));
    EXPECT_EQ(accounts().selected(), chosen);
    EXPECT_EQ(accounts().model().accountAt(accounts().table().currentRow()), chosen);
    press(Qt::Key_Escape);
    EXPECT_FALSE(accounts().selected().has_value());
}

TEST_F(Walk, OrderIsHeldWhileARowIsChosen) {
    openWindow();
    press(Qt::Key_2, Qt::ControlModifier);
    ASSERT_TRUE(becomes([&] { return accounts().isReady(); }));
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    ASSERT_TRUE(accounts().selected().has_value());
    const Sequence held = accounts().model().order()->sequence;
    venue.drift(0, -0.002);
    venue.run(20);
    desk.show(venue);
    QTest::qWait(2'600);
    EXPECT_EQ(accounts().model().order()->sequence, held);
    press(Qt::Key_F5);
    EXPECT_TRUE(becomes([&] { return accounts().model().order()->sequence > held; }));
}

TEST_F(Walk, WrongFilterSaysWhereAndKeepsTheRows) {
    openWindow();
    press(Qt::Key_F, Qt::ControlModifier);
    ASSERT_TRUE(becomes([&] { return accounts().isReady(); }));
    const int all = accounts().model().rowCount();
    type("helth<1");
    press(Qt::Key_Return);
    QTest::qWait(200);
    EXPECT_EQ(accounts().model().rowCount(), all);
}

TEST_F(Walk, NoMatchOffersToClearTheFilter) {
    openWindow();
    press(Qt::Key_F, Qt::ControlModifier);
    ASSERT_TRUE(becomes([&] { return accounts().isReady(); }));
    type("equity>900G");
    press(Qt::Key_Return);
    if (!becomes([&] { return accounts().model().rowCount() == 0; }, 1'000)) {
        accounts().filterBar().edit().clear();
        press(Qt::Key_F, Qt::ControlModifier);
        type("equity>900000000000");
        press(Qt::Key_Return);
        ASSERT_TRUE(becomes([&] { return accounts().model().rowCount() == 0; }));
    }
    emit accounts().table().emptyActionTriggered();
    EXPECT_TRUE(becomes([&] { return accounts().model().rowCount() > 0; }));
}

TEST_F(Walk, AcknowledgeSendsTheWorstAlarm) {
    venue.drift(0, -0.002);
    venue.run(60);
    desk.show(venue);
    const std::uint64_t worst = desk.board().snapshot->alarms->open.front().number;
    openWindow();
    press(Qt::Key_F8);
    ASSERT_EQ(desk.sent.size(), 1U);
    EXPECT_EQ(desk.sent[0].kind, CommandKind::Acknowledge);
    EXPECT_EQ(desk.sent[0].alarm, worst);
    EXPECT_EQ(desk.sent[0].officer, "officer-1");
}

TEST_F(Walk, AlarmListAcknowledgesTheChosenOne) {
    venue.drift(0, -0.002);
    venue.drift(2, -0.002);
    venue.run(60);
    desk.show(venue);
    openWindow();
    press(Qt::Key_L, Qt::ControlModifier);
    auto* list = window->findChild<AlarmList*>();
    ASSERT_TRUE(list->isVisible());
    ASSERT_GE(list->model().rowCount(), 2);
    ASSERT_EQ(target(), &list->table());
    press(Qt::Key_Down);
    const std::uint64_t second = list->model().alarmAt(1)->number;
    press(Qt::Key_F8);
    ASSERT_EQ(desk.sent.size(), 1U);
    EXPECT_EQ(desk.sent[0].alarm, second);
    press(Qt::Key_Escape);
    EXPECT_FALSE(list->isVisible());
}

TEST_F(Walk, VenueTimeByKey) {
    openWindow();
    press(Qt::Key_P, Qt::ControlModifier);
    EXPECT_TRUE(desk.status().paused);
    press(Qt::Key_Period, Qt::ControlModifier);
    EXPECT_EQ(desk.steps, 1);
    press(Qt::Key_P, Qt::ControlModifier);
    EXPECT_FALSE(desk.status().paused);
    press(Qt::Key_BracketRight, Qt::ControlModifier);
    EXPECT_EQ(desk.status().chosenSpeed, 10);
    press(Qt::Key_BracketRight, Qt::ControlModifier);
    press(Qt::Key_BracketRight, Qt::ControlModifier);
    press(Qt::Key_BracketRight, Qt::ControlModifier);
    EXPECT_EQ(desk.status().chosenSpeed, 1'000);
    press(Qt::Key_BracketLeft, Qt::ControlModifier);
    EXPECT_EQ(desk.status().chosenSpeed, 100);
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(Walk, FrozenDisplayStandsStill) {
    openWindow();
    press(Qt::Key_5, Qt::ControlModifier);
    press(Qt::Key_Space, Qt::ControlModifier);
    EXPECT_TRUE(window->isFrozen());
    const QString before = breakers().table().model()->index(0, 0).data().toString();
    venue.run(30);
    desk.show(venue);
    window->refreshNow();
    EXPECT_EQ(breakers().table().model()->index(0, 0).data().toString(), before);
    press(Qt::Key_Space, Qt::ControlModifier);
    EXPECT_FALSE(window->isFrozen());
}

TEST_F(Walk, PanesInTurn) {
    openWindow();
    std::set<QWidget*> seen;
    for (int i = 0; i < 8; ++i) {
        press(Qt::Key_F6);
        seen.insert(target());
    }
    EXPECT_GE(seen.size(), 7U);
    QWidget* here = target();
    press(Qt::Key_F6);
    press(Qt::Key_F6, Qt::ShiftModifier);
    EXPECT_EQ(target(), here);
}

TEST_F(Walk, KeysOverlayListsTheKeys) {
    openWindow();
    press(Qt::Key_Question);
    auto* overlay = window->findChild<KeysOverlay*>();
    EXPECT_TRUE(overlay->isVisible());
    press(Qt::Key_Escape);
    EXPECT_FALSE(overlay->isVisible());
}

TEST_F(Walk, KeysOverlayClosesOnEveryScreen) {
    openWindow();
    auto* overlay = window->findChild<KeysOverlay*>();
    for (const ScreenEntry& entry : screenCatalogue()) {
        window->openScreen(QString::fromUtf8(entry.id));
        QWidget* before = target();
        press(Qt::Key_Question);
        EXPECT_TRUE(overlay->isVisible()) << entry.id;
        QApplication::processEvents();
        press(Qt::Key_Escape);
        EXPECT_FALSE(overlay->isVisible()) << entry.id;
        EXPECT_EQ(target(), before);
    }
}

}  // namespace
}  // namespace breakwater::ui::test
