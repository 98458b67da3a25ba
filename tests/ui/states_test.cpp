// Empty, stale, blind and broken (screens.md A8): each says what would be here, why it is not, what
// still works, and what to do.
#include <QApplication>
#include <QClipboard>
#include <QPushButton>

#include "ui/banner.hpp"
#include "ui/frame_data.hpp"
#include "ui/screen_catalogue.hpp"
#include "ui/screens/account_page.hpp"
#include "ui/screens/act_first.hpp"
#include "ui/screens/filter_bar.hpp"
#include "ui/window_fixture.hpp"
#include "widgets/alarm_strip.hpp"
#include "widgets/empty_state.hpp"

namespace breakwater::ui::test {
namespace {

class A8 : public WindowTest {
protected:
    widgets::EmptyStateData emptyOf(QWidget& root) {
        for (const auto* empty : root.findChildren<widgets::EmptyState*>()) {
            if (empty->isVisible()) return empty->data();
        }
        return {};
    }
    Banner* banner(const char* words) {
        for (Banner* b : window->findChildren<Banner*>()) {
            if (b->isVisible() && b->what().contains(QString::fromUtf8(words))) return b;
        }
        return nullptr;
    }
    std::vector<widgets::PanelFrame*> panels(QWidget& root) {
        std::vector<widgets::PanelFrame*> out;
        for (auto* panel : root.findChildren<widgets::PanelFrame*>()) {
            if (panel->isVisible()) out.push_back(panel);
        }
        return out;
    }
};

TEST_F(A8, BeforeTheFirstBoardEveryPlaceSaysSo) {
    desk.show(view::Board{});
    openWindow();
    for (const ScreenEntry& entry : screenCatalogue()) {
        window->openScreen(QString::fromUtf8(entry.id));
        window->refreshNow();
        EXPECT_EQ(emptyOf(*window).what, QStringLiteral("The venue is opening")) << entry.id;
    }
    // The finders answer too.
    press(Qt::Key_G, Qt::ControlModifier);
    press(Qt::Key_Escape);
    press(Qt::Key_F1);
    press(Qt::Key_Escape);
}

TEST_F(A8, FilteredOutNamesTheNearest) {
    openWindow();
    press(Qt::Key_F, Qt::ControlModifier);
    ASSERT_TRUE(becomes([&] { return accounts().isReady(); }));
    type("health<0.1");
    press(Qt::Key_Return);
    ASSERT_TRUE(becomes([&] { return accounts().model().rowCount() == 0; }));
    const widgets::EmptyStateData empty = emptyOf(accounts().table());
    EXPECT_EQ(empty.kind, widgets::EmptyKind::FilteredOut);
    EXPECT_TRUE(empty.what.startsWith(QStringLiteral("0 of 602"))) << empty.what.toStdString();
    ASSERT_TRUE(empty.why.startsWith(QStringLiteral("Nearest: health<")))
        << empty.why.toStdString();
    EXPECT_EQ(empty.actionText, QStringLiteral("Clear filter"));
    // And the advice holds.
    const QString condition = empty.why.mid(9, empty.why.indexOf(QStringLiteral(" gives")) - 9);
    const int count =
        empty.why.mid(empty.why.indexOf(QStringLiteral("gives ")) + 6).chopped(1).toInt();
    press(Qt::Key_F, Qt::ControlModifier);
    type(condition.toUtf8().constData());
    press(Qt::Key_Return);
    ASSERT_TRUE(becomes([&] { return accounts().model().rowCount() > 0; }));
    EXPECT_EQ(accounts().model().rowCount(), count);
}

TEST_F(A8, HaltedFiguresAreStaleOnEveryPanelAndTheWordsCanBeCopied) {
    openWindow();
    desk.status().halted = true;
    desk.status().haltText = "assertion in core/model/books.cpp:88";
    window->refreshNow();
    Banner* halted = banner("The engine stopped");
    ASSERT_NE(halted, nullptr);
    EXPECT_TRUE(halted->accessibleName().contains(QStringLiteral("Reading still works")));
    auto* copy = halted->findChild<QPushButton*>();
    ASSERT_TRUE(copy != nullptr && copy->isVisible());
    copy->click();
    EXPECT_TRUE(QApplication::clipboard()->text().contains(QStringLiteral("books.cpp:88")));
    EXPECT_TRUE(QApplication::clipboard()->text().contains(QStringLiteral("at input")));
    for (const ScreenEntry& entry : screenCatalogue()) {
        window->openScreen(QString::fromUtf8(entry.id));
        QApplication::processEvents();
        std::size_t stale = 0;
        for (const auto* panel : panels(*window->screenOf(QString::fromUtf8(entry.id))))
            stale += panel->isStale() ? 1U : 0U;
        EXPECT_GT(stale, 0U) << entry.id;
    }
    window->openTarget({QStringLiteral("accounts"), {}, std::nullopt, AccountId(9)});
    EXPECT_GE(panels(accounts().page()).size(), 7U);
    for (const auto* panel : panels(accounts().page()))
        EXPECT_TRUE(panel->isStale()) << panel->title().toStdString();
    EXPECT_EQ(QApplication::activeModalWidget(), nullptr) << "never a modal for the background";
}

TEST_F(A8, FinishedAndPausedAreSaid) {
    openWindow();
    desk.status().finished = true;
    window->refreshNow();
    EXPECT_NE(banner("The play has ended"), nullptr);
    EXPECT_FALSE(banner("The play has ended")->findChild<QPushButton*>()->isVisible());
    desk.status().finished = false;
    desk.status().paused = true;
    window->refreshNow();
    EXPECT_EQ(banner("The play has ended"), nullptr);
    BoardAge age;
    age.observe(desk.board(), desk.status());
    EXPECT_EQ(age.text(), QStringLiteral("paused"));
}

TEST_F(A8, ARecordThatFailedSaysWhatStillWorks) {
    openWindow();
    desk.status().recordError = "no space left on device";
    desk.status().notRecordedCommands = 1;
    window->refreshNow();
    Banner* record = banner("Recording stopped");
    ASSERT_NE(record, nullptr);
    EXPECT_TRUE(record->accessibleName().contains(QStringLiteral("commands go to the reserve")));
    EXPECT_TRUE(record->accessibleName().contains(QStringLiteral("NOT RECORDED")));
    record->findChild<QPushButton*>()->click();
    EXPECT_TRUE(QApplication::clipboard()->text().contains(QStringLiteral("no space left")));
    EXPECT_EQ(QApplication::activeModalWidget(), nullptr);
}

TEST_F(A8, WithoutARecordTheDrillDownSaysWhy) {
    openWindow();
    desk.status().recording = false;
    window->openTarget({QStringLiteral("accounts"), {}, std::nullopt, AccountId(9)});
    window->refreshNow();
    const widgets::EmptyStateData empty = emptyOf(accounts().page().events());
    EXPECT_EQ(empty.kind, widgets::EmptyKind::NotConnected);
    EXPECT_TRUE(empty.why.contains(QStringLiteral("--no-record"))) << empty.why.toStdString();
    const widgets::DataStripData strip = dataStripOf(desk.board(), desk.status(), BoardAge());
    EXPECT_EQ(strip.items.back().value, QStringLiteral("off"));
}

TEST_F(A8, ABlindIndexIsSaidWhereItsFiguresStand) {
    venue.silence(0, 3);
    venue.run(20);
    desk.show(venue);
    openWindow();
    const view::Snapshot& snapshot = *desk.board().snapshot;
    ASSERT_TRUE((*snapshot.underlyings)[0].blind);
    std::optional<AccountId> holder;
    for (std::uint32_t i = 2; i < snapshot.accountCount && !holder; ++i) {
        for (const Leg& leg : view::legsOf(snapshot, AccountId(i))) {
            if (leg.instrument == SmallVenue::kEth) holder = AccountId(i);
        }
    }
    window->openTarget({QStringLiteral("accounts"), {}, std::nullopt, *holder});
    const auto& rows = accounts().page().positions().model().rows();
    EXPECT_EQ(rows[0].key, QStringLiteral("ETH-PERP"));
    const QModelIndex mark = accounts().page().positions().model().index(0, 3);
    EXPECT_EQ(mark.data(widgets::CellStaleRole).toString(), QStringLiteral("blind"));
    EXPECT_EQ(accounts().page().sheet().atMark.end, view::PathEnd::Waits);
    EXPECT_EQ(dataStripOf(desk.board(), desk.status(), BoardAge()).items[1].value,
              QStringLiteral("1 index"));
}

TEST_F(A8, ScanOutstandingLeavesNoPanelBlank) {
    view::Board board = desk.board();
    board.scan.reset();
    desk.show(board);
    openWindow();
    QStringList words;
    for (const auto* label : situation().findChildren<widgets::RunLabel*>())
        words << label->accessibleName();
    EXPECT_TRUE(words.contains(QStringLiteral("the first pass over all accounts is being made")));
}

// ---- alarms -----------------------------------------------------------------------------

TEST_F(A8, OfManyCardsOneIsOpenAndNoAnswerIsRepeated) {
    venue.drift(0, -0.002);
    venue.run(60);
    venue.drift(0, 0.0045);
    venue.drift(2, -0.002);
    venue.silence(3, 1);
    venue.run(90);
    desk.show(venue);
    openWindow();
    const auto& open = desk.board().snapshot->alarms->open;
    ASSERT_GE(open.size(), 3U);
    const auto cards = situation().findChildren<widgets::AlarmCard*>();
    ASSERT_GE(cards.size(), 2);
    const auto openCards = [&] {
        QStringList ids;
        for (const auto* card : cards) {
            for (const auto* button : card->findChildren<QPushButton*>()) {
                if (!button->isHidden() && !ids.contains(card->alarmId())) ids << card->alarmId();
            }
        }
        return ids;
    };
    EXPECT_EQ(openCards(), QStringList{QString::number(open.front().number)});
    std::map<QString, int> said;
    for (const auto* card : cards) {
        for (const view::Alarm& alarm : open) {
            const QString action = QString::fromUtf8(view::recordOf(alarm.kind).action.data(),
                                                     int(view::recordOf(alarm.kind).action.size()));
            if (card->alarmId() == QString::number(alarm.number) &&
                card->accessibleDescription().contains(action))
                ++said[action];
        }
    }
    for (const auto& [action, times] : said)
        EXPECT_EQ(times, 1) << action.toStdString();
    // Enter on another card opens that one instead.
    widgets::AlarmCard* other = nullptr;
    for (auto* card : cards) {
        if (card->alarmId() != QString::number(open.front().number)) other = card;
    }
    ASSERT_NE(other, nullptr);
    emit other->activated(other->alarmId());
    EXPECT_EQ(openCards(), QStringList{other->alarmId()});
    window->refreshNow();
    EXPECT_EQ(openCards(), QStringList{other->alarmId()});
}

}  // namespace
}  // namespace breakwater::ui::test
