// Forensics by keyboard alone, over a real small record.
#include "ui/screens/forensics.hpp"

#include <set>

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "ui/fake_record.hpp"
#include "ui/keys_overlay.hpp"
#include "ui/screens/causes_panel.hpp"
#include "ui/screens/event_filter_bar.hpp"
#include "ui/screens/event_log.hpp"
#include "ui/screens/export_bar.hpp"
#include "ui/screens/record_panel.hpp"
#include "ui/screens/record_state.hpp"
#include "ui/window_fixture.hpp"
#include "widgets/lanes_plot.hpp"
#include "widgets/pick_box.hpp"

namespace breakwater::ui::test {
namespace {

// From 20:30 to 21:17; ETH falls from 21:13 on.
struct Play {
    FakeRecord record;
    SmallVenue venue{{120, 11, record.watcher()}};
    view::Board end;

    Play() {
        venue.run(43 * 60);
        venue.drift(0, -0.0008);
        venue.run(4 * 60);
        end = venue.board();
        record.setNames(end.snapshot);
        record.buildLanes(1'200);
    }
};

class Forensics : public WindowTest {
protected:
    void SetUp() override {
        m_play = std::make_unique<Play>();
        desk.show(m_play->end);
        desk.status().durable = record().lastSequence();
    }
    FakeRecord& record() { return m_play->record; }
    SmallVenue& recorded() { return m_play->venue; }

    void openForensics(bool recording = true) {
        if (recording) desk.setRecord(&record());
        openWindow();
        press(Qt::Key_9, Qt::ControlModifier);
        ASSERT_EQ(window->currentScreen(), QStringLiteral("forensics"));
        ASSERT_TRUE(becomes([&] { return screen().isReady(); }));
    }
    void openPast(const char* time) {
        record().openAt(*Instant::parse(time));
        openForensics();
    }
    ForensicsScreen& screen() {
        return *dynamic_cast<ForensicsScreen*>(window->screenOf(QStringLiteral("forensics")));
    }
    EventLogModel& model() { return screen().log().model(); }
    widgets::DataTable& table() { return screen().log().table(); }
    EventFilterBar& bar() { return screen().log().filterBar(); }
    bool settles() {
        return becomes([&] { return model().isSettled(); });
    }
    std::size_t rows() { return static_cast<std::size_t>(model().rowCount()); }
    // A line with an account, chosen by the arrows.
    void chooseALiquidation() {
        view::EventFilter filter;
        filter.kinds = {Event(LiquidationStarted{}).index()};
        bar().setFilter(filter);
        screen().log().reload();
        ASSERT_TRUE(settles());
        ASSERT_GT(rows(), 2u);
        table().setFocus();
        press(Qt::Key_End, Qt::ControlModifier);
        press(Qt::Key_Up);
        ASSERT_NE(screen().log().chosen(), nullptr);
    }

private:
    std::unique_ptr<Play> m_play;
};

TEST_F(Forensics, TheLogBeginsWithTheNewestEvent) {
    openForensics();
    EXPECT_EQ(target(), &table());
    EXPECT_EQ(rows(), EventLogModel::kPage);
    EXPECT_EQ(model().lineAt(model().rowCount() - 1)->sequence, record().entries().back().sequence);
    EXPECT_GT(table().rowAt(0), 100) << "the newest is in sight";
}

TEST_F(Forensics, RowsInSightStayWhileOlderOnesComeIn) {
    openForensics();
    table().scrollTo(model().index(70, 0), QAbstractItemView::PositionAtTop);
    QApplication::processEvents();
    const auto atTop = [&] { return placeOf(*model().lineAt(table().rowAt(0))); };
    const int before = model().rowCount();
    table().verticalScrollBar()->setValue(40);  // near the beginning: more is asked for
    const EventPlace seen = atTop();
    ASSERT_TRUE(becomes([&] { return model().rowCount() > before; }));
    ASSERT_TRUE(settles());
    QApplication::processEvents();
    EXPECT_EQ(atTop(), seen);
}

TEST_F(Forensics, ReopenAtAMinuteAndExportItsLiquidationsByKeyboardAlone) {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("liquidations.csv"));
    openPast("2025-10-10T21:15:00Z");
    press(Qt::Key_T, Qt::AltModifier);
    ASSERT_EQ(target()->accessibleName(), QStringLiteral("From"));
    type("21:15");
    ASSERT_TRUE(tabTo("To"));
    type("21:15");
    press(Qt::Key_Return);
    ASSERT_EQ(target(), &table());
    // The chip "Liquidations" is a button like any other.
    for (int i = 0; i < 60; ++i) {
        auto* button = qobject_cast<QAbstractButton*>(target());
        if (button != nullptr && button->text() == QLatin1String("Liquidations")) break;
        press(Qt::Key_Tab);
    }
    press(Qt::Key_Space);
    ASSERT_TRUE(settles());
    view::EventFilter wanted;
    wanted.kinds = kindGroups()[1].kinds;
    wanted.from = *Instant::parse("2025-10-10T21:15:00Z");
    wanted.to = *Instant::parse("2025-10-10T21:15:59.999999Z");
    EXPECT_EQ(bar().filter(), wanted);
    const std::vector<view::EventLine> expected = record().matching(wanted);
    ASSERT_GT(expected.size(), 3u);
    ASSERT_EQ(rows(), std::min(expected.size(), EventLogModel::kPage));
    press(Qt::Key_E, Qt::ControlModifier);
    ASSERT_TRUE(screen().log().exportBar().isVisible());
    ASSERT_EQ(target()->accessibleName(), QStringLiteral("Export to"));
    EXPECT_TRUE(dynamic_cast<QLineEdit*>(target())->text().endsWith(
        QStringLiteral("/liquidations-20251010-2115.csv")));
    type(path.toUtf8().constData());
    press(Qt::Key_Return);
    ASSERT_TRUE(becomes([&] { return !screen().log().exportBar().isBusy(); }));
    EXPECT_FALSE(screen().log().exportBar().isVisible());
    EXPECT_EQ(target(), &table());
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray written = file.readAll();
    EXPECT_EQ(written.count('\n'), static_cast<int>(expected.size()) + 1);
    for (const view::EventLine& line : expected)
        EXPECT_TRUE(written.contains(QByteArray::fromStdString(line.text))) << line.text;
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(Forensics, AFileThatExistsIsReplacedOnlyAfterASecondEnter) {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("there.csv"));
    QFile there(path);
    ASSERT_TRUE(there.open(QIODevice::WriteOnly));
    there.write("mine");
    there.close();
    openForensics();
    press(Qt::Key_E, Qt::ControlModifier);
    type(path.toUtf8().constData());
    press(Qt::Key_Return);
    QTest::qWait(50);
    EXPECT_TRUE(screen().log().exportBar().isVisible());
    EXPECT_EQ(QFile(path).size(), 4);
    press(Qt::Key_Return);
    ASSERT_TRUE(becomes([&] { return !screen().log().exportBar().isVisible(); }));
    EXPECT_GT(QFile(path).size(), 1'000);
}

TEST_F(Forensics, AnExportThatFailsSaysSoAndStays) {
    openForensics();
    press(Qt::Key_E, Qt::ControlModifier);
    type("/nowhere/at/all.csv");
    press(Qt::Key_Return);
    ASSERT_TRUE(becomes([&] { return !screen().log().exportBar().isBusy(); }));
    EXPECT_TRUE(screen().log().exportBar().isVisible());
    press(Qt::Key_Escape);
    EXPECT_FALSE(screen().log().exportBar().isVisible());
    EXPECT_EQ(target(), &table());
}

TEST_F(Forensics, FiltersByAccountTypedInPart) {
    openForensics();
    chooseALiquidation();
    const AccountId account = *screen().log().chosen()->account;
    const std::string name(view::nameOf(*desk.board().snapshot, account));
    press(Qt::Key_C, Qt::AltModifier);
    ASSERT_TRUE(settles());
    press(Qt::Key_F, Qt::ControlModifier);
    EXPECT_EQ(window->currentScreen(), QStringLiteral("forensics"));
    ASSERT_EQ(target()->accessibleName(), QStringLiteral("Account of the events"));
    type(name.substr(2, 7).c_str());
    press(Qt::Key_Return);
    if (target() != &table()) press(Qt::Key_Return);  // the first one took the completion
    ASSERT_TRUE(becomes([&] { return bar().filter().account == account; }));
    ASSERT_TRUE(settles());
    view::EventFilter filter;
    filter.account = account;
    EXPECT_EQ(rows(), std::min(record().matching(filter).size(), EventLogModel::kPage));
}

TEST_F(Forensics, WhatCannotBeReadKeepsTheFilterAndSaysWhy) {
    openForensics();
    press(Qt::Key_T, Qt::AltModifier);
    type("half past");
    press(Qt::Key_Return);
    EXPECT_EQ(bar().filter(), view::EventFilter{});
    EXPECT_EQ(rows(), EventLogModel::kPage);
    press(Qt::Key_T, Qt::AltModifier);
    press(Qt::Key_Escape);
    EXPECT_EQ(target(), &table());
}

TEST_F(Forensics, KindsAreChosenInAMenuThatStays) {
    openForensics();
    press(Qt::Key_K, Qt::AltModifier);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    ASSERT_NE(menu, nullptr);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Space);
    EXPECT_TRUE(menu->isVisible());
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Space);
    QTest::keyClick(menu, Qt::Key_Escape);
    EXPECT_FALSE(menu->isVisible());
    EXPECT_EQ(bar().filter().kinds, (std::vector<std::size_t>{1, 2}));
    ASSERT_TRUE(settles());
    for (int row = 0; row < model().rowCount(); ++row)
        EXPECT_LE(model().lineAt(row)->kind, 2u);
}

TEST_F(Forensics, NoMatchOffersToClearTheFilters) {
    openForensics();
    view::EventFilter filter;
    filter.kinds = {Event(LossUncovered{}).index()};
    bar().setFilter(filter);
    screen().log().reload();
    ASSERT_TRUE(settles());
    ASSERT_EQ(rows(), 0u);
    emit table().emptyActionTriggered();
    ASSERT_TRUE(becomes([&] { return rows() > 0; }));
    EXPECT_EQ(bar().filter(), view::EventFilter{});
}

TEST_F(Forensics, WithoutARecordItSaysWhyAndWhatToDo) {
    desk.status().recording = false;
    openForensics(false);
    EXPECT_EQ(rows(), 0u);
    EXPECT_EQ(screen().state().verdict(), QStringLiteral("Not recorded"));
    const auto* empty = table().findChild<widgets::EmptyState*>();
    ASSERT_NE(empty, nullptr);
    EXPECT_TRUE(empty->isVisible());
    EXPECT_EQ(empty->data().kind, widgets::EmptyKind::NotConnected);
    EXPECT_TRUE(empty->data().why.contains(QStringLiteral("--no-record")));
    press(Qt::Key_E, Qt::ControlModifier);
    EXPECT_FALSE(screen().log().exportBar().isVisible());
}

TEST_F(Forensics, AChosenEventShowsItsChainAndTheChainLeadsBack) {
    openForensics();
    chooseALiquidation();
    const view::EventLine chosen = *screen().log().chosen();
    CausesModel& causes = screen().causes().model();
    ASSERT_TRUE(becomes([&] { return causes.rowCount() > 1; }));
    const CauseLink* last = causes.linkAt(causes.rowCount() - 1);
    EXPECT_EQ(last->sequence, chosen.sequence);
    EXPECT_EQ(last->index, chosen.index);
    // Back along the chain: an event outside of the filter takes the filter away.
    int other = 0;
    while (other < causes.rowCount() &&
           (!causes.linkAt(other)->index || causes.linkAt(other)->sequence == chosen.sequence))
        ++other;
    ASSERT_LT(other, causes.rowCount());
    const CauseLink wanted = *causes.linkAt(other);
    screen().causes().table().setFocus();
    screen().causes().table().selectRowQuietly(other);
    press(Qt::Key_Return);
    ASSERT_TRUE(becomes([&] {
        const view::EventLine* line = screen().log().chosen();
        return line != nullptr && line->sequence == wanted.sequence && line->index == *wanted.index;
    }));
    EXPECT_TRUE(record().seekTos.empty()) << "a live record is not moved";
}

TEST_F(Forensics, TheAccountOfALineOpensOnItsScreen) {
    openForensics();
    chooseALiquidation();
    QSignalSpy targets(&screen(), &Screen::targetRequested);
    const std::optional<AccountId> account = screen().log().chosen()->account;
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_EQ(targets.size(), 1);
    const auto target = targets[0][0].value<ScreenTarget>();
    EXPECT_EQ(target.screen, QStringLiteral("accounts"));
    EXPECT_EQ(target.account, account);
    EXPECT_EQ(window->currentScreen(), QStringLiteral("accounts"));
}

TEST_F(Forensics, InThePastEnterGoesThere) {
    openPast("2025-10-10T21:16:00Z");
    const int row = model().rowAtOrBefore(record().status->sequence);
    ASSERT_GE(row, 0);
    EXPECT_TRUE(table().viewport()->rect().intersects(table().visualRect(model().index(row, 0))))
        << "the log opens at the cursor";
    table().setFocus();
    press(Qt::Key_End, Qt::ControlModifier);
    press(Qt::Key_Up);
    const Sequence chosen = screen().log().chosen()->sequence;
    press(Qt::Key_Return);
    ASSERT_EQ(record().seekTos, std::vector<Sequence>{chosen});
}

TEST_F(Forensics, LanesMoveTheCursorInThePastOnly) {
    openPast("2025-10-10T21:00:00Z");
    widgets::LanesPlot& plot = screen().record().lanes().plot();
    EXPECT_NEAR(plot.timeAt(plot.xOf(plot.readAt())), plot.readAt(), 1);
    plot.setFocus();
    press(Qt::Key_End);
    ASSERT_TRUE(becomes([&] { return !record().seeks.empty(); }));
    EXPECT_EQ(record().seeks.back(), record().lanes()->to);
    window->refreshNow();
    EXPECT_EQ(record().status->sequence, record().lastSequence());
    record().seeks.clear();
    const QPoint middle(static_cast<int>(plot.plotRect().center().x()),
                        plot.laneRect(0).center().y());
    QTest::mouseClick(&plot, Qt::LeftButton, {}, middle);
    ASSERT_TRUE(becomes([&] { return !record().seeks.empty(); }));
    EXPECT_NEAR(static_cast<double>(record().seeks.back().microseconds()) / 1'000,
                plot.timeAt(middle.x()), 2);
    EXPECT_FALSE(bar().filter().from.has_value());
}

TEST_F(Forensics, LanesChooseTheTimeOfTheLogWhileLive) {
    openForensics();
    widgets::LanesPlot& plot = screen().record().lanes().plot();
    const double minute =
        static_cast<double>(Instant::parse("2025-10-10T21:14:20Z")->microseconds()) / 1'000;
    QTest::mouseClick(
        &plot, Qt::LeftButton, {},
        QPoint(static_cast<int>(std::lround(plot.xOf(minute))), plot.laneRect(0).center().y()));
    EXPECT_TRUE(record().seeks.empty());
    EXPECT_EQ(bar().filter().from, *Instant::parse("2025-10-10T21:14:00Z"));
    EXPECT_EQ(bar().filter().to, *Instant::parse("2025-10-10T21:14:59.999999Z"));
    ASSERT_TRUE(settles());
    EXPECT_GT(rows(), 10u);
    // The same by keys: the probe, then Enter; Delete gives the time free.
    plot.setFocus();
    press(Qt::Key_Delete);
    EXPECT_FALSE(bar().filter().from.has_value());
    press(Qt::Key_Home);
    press(Qt::Key_Return);
    EXPECT_EQ(bar().filter().from, *Instant::parse("2025-10-10T20:30:00Z"));
}

TEST_F(Forensics, TheDigestAtTheCursorEqualsTheRecordOrIsAnAlarm) {
    openPast("2025-10-10T21:16:00Z");
    EXPECT_EQ(screen().state().verdict(), QStringLiteral("Equals the record"));
    record().status->computed.bytes[0] ^= 1;
    window->refreshNow();
    EXPECT_EQ(screen().state().verdict(), QStringLiteral("DIFFERS from the record"));
    record().status->computed = *record().status->recorded;
    record().status->difference = "input 812: event 2 of the record is not what was computed";
    window->refreshNow();
    EXPECT_EQ(screen().state().verdict(), QStringLiteral("DIFFERS from the record"));
    record().status->difference.clear();
    record().status->damaged = true;
    window->refreshNow();
    EXPECT_EQ(screen().state().verdict(), QStringLiteral("The record is DAMAGED"));
    record().status->damaged = false;
    record().status->recorded.reset();
    window->refreshNow();
    EXPECT_EQ(screen().state().verdict(), QStringLiteral("No digest recorded this early"));
}

TEST_F(Forensics, LiveSaysWhatIsOnDisk) {
    openForensics();
    EXPECT_EQ(screen().state().verdict(), QStringLiteral("Recording"));
    desk.status().recordError = "no space left on device";
    window->refreshNow();
    EXPECT_EQ(screen().state().verdict(), QStringLiteral("Recording stopped"));
}

TEST_F(Forensics, TheLogFollowsTheVenue) {
    openForensics();
    const Sequence before = model().lineAt(model().rowCount() - 1)->sequence;
    recorded().run(2);
    record().setNames(recorded().board().snapshot);
    desk.show(recorded());
    desk.status().durable = record().lastSequence();
    window->refreshNow();
    ASSERT_TRUE(becomes([&] { return model().lineAt(model().rowCount() - 1)->sequence > before; }));
    QApplication::processEvents();
    EXPECT_EQ(table().verticalScrollBar()->value(), table().verticalScrollBar()->maximum());
}

TEST_F(Forensics, LanesHaveATableTwin) {
    openForensics();
    widgets::Lanes& lanes = screen().record().lanes();
    lanes.setFocus();
    press(Qt::Key_F9);
    EXPECT_TRUE(lanes.isTableShown());
    auto* twin = qobject_cast<widgets::DataTable*>(target());
    ASSERT_NE(twin, nullptr);
    EXPECT_EQ(twin->model()->rowCount(), 1'200);
    QAbstractItemModelTester tester(twin->model(),
                                    QAbstractItemModelTester::FailureReportingMode::Fatal);
    press(Qt::Key_F9);
    EXPECT_FALSE(lanes.isTableShown());
    EXPECT_EQ(target(), &lanes.plot());
}

TEST_F(Forensics, PanesInTurnAndKeysOverlay) {
    openForensics();
    std::set<QWidget*> seen;
    for (int i = 0; i < 4; ++i) {
        press(Qt::Key_F6);
        seen.insert(target());
    }
    EXPECT_EQ(seen.size(), 4u);
    press(Qt::Key_Question);
    EXPECT_TRUE(window->findChild<KeysOverlay*>()->isVisible());
    press(Qt::Key_Escape);
}

TEST_F(Forensics, MovingTheCursorAndRefreshingAreShort) {
    record().buildLanes(4'000);
    openPast("2025-10-10T21:00:00Z");
    widgets::Lanes& lanes = screen().record().lanes();
    lanes.grab();
    QElapsedTimer timer;
    timer.start();
    constexpr int kTimes = 20;
    for (int i = 0; i < kTimes; ++i) {
        QTest::keyClick(&lanes.plot(), Qt::Key_Right);
        lanes.plot().repaint();
    }
    const qint64 cursor = timer.restart() / kTimes;
    for (int i = 0; i < kTimes; ++i) {
        record().buildLanes(4'000);  // as while it is being read
        window->refreshNow();
        QApplication::processEvents();
    }
    const qint64 both = timer.restart() / kTimes;
    for (int i = 0; i < kTimes; ++i)
        record().buildLanes(4'000);
    const qint64 refresh = both - timer.elapsed() / kTimes;
    RecordProperty("cursor_ms", static_cast<int>(cursor));
    RecordProperty("refresh_ms", static_cast<int>(refresh));
    EXPECT_LT(cursor, 50) << "feedback on a key";
    EXPECT_LT(refresh, 200) << "budget 50 ms, a loaded machine allowed for";
}

// For the eye (BREAKWATER_SHOTS=DIR); for the machine, that every state draws.
TEST_F(Forensics, StatesDraw) {
    QTemporaryDir temporary;
    const QString kept = qEnvironmentVariable("BREAKWATER_SHOTS");
    const QString folder =
        (kept.isEmpty() ? temporary.path() : kept) + QStringLiteral("/forensics");
    QDir().mkpath(folder);
    const auto keep = [&](const char* name) {
        window->refreshNow();
        QApplication::processEvents();
        EXPECT_TRUE(window->grab().save(folder + QLatin1Char('/') + QLatin1String(name) +
                                        QStringLiteral(".png")));
    };
    openPast("2025-10-10T21:15:00Z");
    chooseALiquidation();
    ASSERT_TRUE(becomes([&] { return screen().causes().model().rowCount() > 1; }));
    keep("chosen");
    bar().setTimes(*Instant::parse("2025-10-10T21:15:00Z"),
                   *Instant::parse("2025-10-10T21:15:59.999999Z"));
    ASSERT_TRUE(settles());
    press(Qt::Key_E, Qt::ControlModifier);
    record().status->computed.bytes[0] ^= 1;
    record().status->difference =
        "input 144,000: the digest of the state is not the one the record keeps";
    window->resize(1'366, 768);
    keep("export_differs");
    press(Qt::Key_Escape);
    screen().record().lanes().setTableShown(true);
    widgets::Appearance look;
    look.theme = widgets::ThemeName::HighContrast;
    window->setAppearance(look);
    keep("table_high_contrast");
    screen().record().lanes().setTableShown(false);
    look.theme = widgets::ThemeName::Dark;
    look.zoomPercent = 150;
    window->setAppearance(look);
    window->resize(1'920, 1'080);
    keep("zoom150");
    look.zoomPercent = 100;
    window->setAppearance(look);
    desk.setRecord(nullptr);
    desk.status().recording = false;
    keep("no_record");
}

TEST_F(Forensics, ATargetOpensTheLogOfAnAccount) {
    openForensics();
    ScreenTarget target;
    target.screen = QStringLiteral("forensics");
    target.account = AccountId(5);
    window->openTarget(target);
    EXPECT_EQ(bar().filter().account, AccountId(5));
    ASSERT_TRUE(settles());
    EXPECT_EQ(rows(), std::min(record().matching(bar().filter()).size(), EventLogModel::kPage));
}

}  // namespace
}  // namespace breakwater::ui::test
