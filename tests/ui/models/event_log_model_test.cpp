#include "ui/models/event_log_model.hpp"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include "ui/fake_record.hpp"
#include "ui/models/causes_model.hpp"
#include "widgets/cell_delegate.hpp"

namespace breakwater::ui::test {
namespace {

class EventLog : public testing::Test {
protected:
    void SetUp() override {
        play(400);
        model.setRecord(&record);
    }
    void play(int seconds) {
        venue.run(seconds);
        record.setNames(venue.board().snapshot);
        model.setNames(venue.board().snapshot);
        model.setDurable(record.lastSequence());
    }
    bool settles() {
        return QTest::qWaitFor([&] { return model.isSettled(); }, 5'000);
    }
    void restart(const view::EventFilter& filter = {},
                 PageDirection direction = PageDirection::Backward) {
        model.restart(filter, direction);
        ASSERT_TRUE(settles());
    }
    int rows() const { return model.rowCount(); }
    std::vector<EventPlace> places() const {
        std::vector<EventPlace> out;
        for (int row = 0; row < model.rowCount(); ++row)
            out.push_back(placeOf(*model.lineAt(row)));
        return out;
    }
    static std::vector<EventPlace> placesOf(const std::vector<view::EventLine>& lines) {
        std::vector<EventPlace> out;
        for (const view::EventLine& line : lines)
            out.push_back(placeOf(line));
        return out;
    }
    // What is held is a gapless piece of what the record holds of this filter.
    void expectAPiece() {
        const std::vector<EventPlace> held = places();
        const std::vector<EventPlace> all = placesOf(record.matching(model.filter()));
        const auto at = held.empty() ? all.end() : std::find(all.begin(), all.end(), held.front());
        ASSERT_LE(held.end() - held.begin(), all.end() - at);
        EXPECT_TRUE(std::equal(held.begin(), held.end(), at));
    }

    FakeRecord record;
    SmallVenue venue{{60, 5, record.watcher()}};
    EventLogModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(EventLog, BeginsWithTheLastPage) {
    ASSERT_GT(record.entries().size(), EventLogModel::kMost) << "the window must have to move";
    restart();
    EXPECT_EQ(rows(), static_cast<int>(EventLogModel::kPage));
    EXPECT_TRUE(model.holdsLast());
    EXPECT_FALSE(model.holdsFirst());
    EXPECT_EQ(places().back(),
              (EventPlace{record.entries().back().sequence, record.entries().back().index}));
    expectAPiece();
}

TEST_F(EventLog, ReadsBackToTheFirstAndForthToTheLastInAWindow) {
    restart();
    std::size_t most = 0;
    for (int i = 0; i < 200 && !model.holdsFirst(); ++i) {
        model.needRows(0, 20);
        ASSERT_TRUE(settles());
        most = std::max(most, static_cast<std::size_t>(rows()));
        expectAPiece();
    }
    ASSERT_TRUE(model.holdsFirst());
    EXPECT_EQ(places().front(),
              (EventPlace{record.entries().front().sequence, record.entries().front().index}));
    EXPECT_LE(most, EventLogModel::kMost);
    EXPECT_EQ(model.holdsLast(), record.entries().size() <= EventLogModel::kMost);
    for (int i = 0; i < 200 && !model.holdsLast(); ++i) {
        model.needRows(rows() - 20, rows() - 1);
        ASSERT_TRUE(settles());
        expectAPiece();
    }
    EXPECT_TRUE(model.holdsLast());
    EXPECT_LE(static_cast<std::size_t>(rows()), EventLogModel::kMost);
}

TEST_F(EventLog, RowsInSightInTheMiddleAskForNothing) {
    restart();
    const std::size_t asked = record.requests.size();
    model.needRows(100, 130);
    EXPECT_EQ(record.requests.size(), asked);
}

TEST_F(EventLog, AChosenRowStaysItselfWhenOlderOnesComeBefore) {
    restart();
    const QPersistentModelIndex chosen(model.index(50, EventLogModel::What));
    const QString words = chosen.data().toString();
    model.needRows(0, 20);
    ASSERT_TRUE(settles());
    EXPECT_EQ(chosen.row(), 50 + static_cast<int>(EventLogModel::kPage) - 1)
        << "one line is asked for twice and held once";
    EXPECT_EQ(chosen.data().toString(), words);
}

TEST_F(EventLog, FiltersByEverything) {
    view::EventFilter filter;
    filter.kinds = {Event(MarkChanged{}).index()};
    filter.market = SmallVenue::kSol;
    filter.from = *Instant::parse("2025-10-10T20:30:20Z");
    filter.to = *Instant::parse("2025-10-10T20:30:40Z");
    const std::vector<view::EventLine> expected = record.matching(filter);
    ASSERT_GT(expected.size(), 5u);
    restart(filter, PageDirection::Onward);
    EXPECT_TRUE(model.holdsFirst());
    EXPECT_TRUE(model.holdsLast());
    EXPECT_EQ(places(), placesOf(expected));
}

TEST_F(EventLog, AFilterThatMatchesNothingEnds) {
    view::EventFilter filter;
    filter.kinds = {Event(LossUncovered{}).index()};
    restart(filter);
    EXPECT_EQ(rows(), 0);
    EXPECT_TRUE(model.holdsFirst());
    const std::size_t asked = record.requests.size();
    model.needRows(0, 0);
    EXPECT_EQ(record.requests.size(), asked);
}

TEST_F(EventLog, APageThatComesInPartsGrows) {
    record.inParts = true;
    record.holds = true;
    model.restart({}, PageDirection::Backward);
    EXPECT_EQ(rows(), 0);
    EXPECT_TRUE(model.isSearching());
    record.holds = false;
    record.release();
    EXPECT_EQ(rows(), static_cast<int>(EventLogModel::kPage));
    model.restart({}, PageDirection::Onward);
    int partial = 0;
    QObject::connect(&model, &EventLogModel::stateChanged, [&] {
        if (!model.isSearching() || rows() == 0) return;
        ++partial;
        EXPECT_DOUBLE_EQ(model.searched(), 0.42);
        EXPECT_EQ(rows(), static_cast<int>(EventLogModel::kPage) / 2);
    });
    ASSERT_TRUE(settles());
    EXPECT_EQ(partial, 1);
    expectAPiece();
}

TEST_F(EventLog, FollowsTheVenueWithoutMovingARow) {
    restart();
    int resets = 0;
    QObject::connect(&model, &QAbstractItemModel::modelReset, [&] { ++resets; });
    const QPersistentModelIndex chosen(model.index(10, 0));
    const int before = rows();
    play(1);
    model.follow();
    ASSERT_TRUE(settles());
    EXPECT_GT(rows(), before);
    EXPECT_EQ(chosen.row(), 10);
    EXPECT_EQ(resets, 0);
    expectAPiece();
    EXPECT_EQ(places().back().sequence, record.entries().back().sequence);
    // Nothing new: nothing is asked.
    const std::size_t asked = record.requests.size();
    model.follow();
    EXPECT_EQ(record.requests.size(), asked);
    // What is asked for begins behind what has been read.
    EXPECT_GT(record.requests.back().sequence, 1'000u);
}

TEST_F(EventLog, OlderPagesDoNotMakeItMissTheNewest) {
    restart();
    play(2);
    // An older page is read while the record grows.
    model.needRows(0, 5);
    model.follow();
    ASSERT_TRUE(settles());
    model.follow();
    ASSERT_TRUE(settles());
    expectAPiece();
    EXPECT_EQ(places().back().sequence, record.entries().back().sequence);
}

TEST_F(EventLog, AStaleAnswerVanishes) {
    record.holds = true;
    model.restart({}, PageDirection::Backward);
    view::EventFilter filter;
    filter.kinds = {Event(MarkChanged{}).index()};
    model.restart(filter, PageDirection::Backward);
    record.holds = false;
    record.release();
    ASSERT_TRUE(model.isSettled());
    EXPECT_EQ(rows(), static_cast<int>(EventLogModel::kPage));
    expectAPiece();
}

TEST_F(EventLog, WhatVanishedIsAskedForAgain) {
    record.holds = true;
    model.restart({}, PageDirection::Backward);
    const EventRequest first = record.requests.back();
    model.askAgain();
    EXPECT_EQ(record.requests.back().sequence, first.sequence);
    EXPECT_EQ(record.requests.back().direction, first.direction);
    record.holds = false;
    record.release();
    ASSERT_TRUE(model.isSettled());
    EXPECT_EQ(rows(), static_cast<int>(EventLogModel::kPage));
    const std::size_t asked = record.requests.size();
    model.askAgain();
    EXPECT_EQ(record.requests.size(), asked) << "nothing is missing";
}

TEST_F(EventLog, AnErrorIsSaidAndStopsTheAsking) {
    record.failsWith = "input 17 cannot be read";
    model.restart({}, PageDirection::Backward);
    ASSERT_TRUE(settles());
    EXPECT_EQ(model.error(), "input 17 cannot be read");
    EXPECT_EQ(rows(), 0);
    const std::size_t asked = record.requests.size();
    model.needRows(0, 0);
    model.setDurable(1'000'000);
    model.follow();
    EXPECT_EQ(record.requests.size(), asked);
    restart();
    EXPECT_TRUE(model.error().empty());
    EXPECT_GT(rows(), 0);
}

TEST_F(EventLog, AnAnswerMayComeAfterTheModelIsGone) {
    record.holds = true;
    {
        EventLogModel gone;
        gone.setRecord(&record);
        gone.restart({}, PageDirection::Backward);
    }
    record.release();
}

TEST_F(EventLog, EveryCellAnswersAndTheFutureIsDimmed) {
    restart();
    for (int row = 0; row < rows(); row += 7) {
        for (int column = 0; column < EventLogModel::Columns; ++column) {
            const QModelIndex index = model.index(row, column);
            for (int role = widgets::CellKindRole; role <= widgets::HeaderUnitRole; ++role)
                index.data(role);
            EXPECT_FALSE(index.data(Qt::TextAlignmentRole).isNull());
        }
        EXPECT_FALSE(model.index(row, EventLogModel::What).data().toString().isEmpty());
        EXPECT_EQ(model.index(row, EventLogModel::Time).data().toString().size(), 10);
    }
    const Sequence middle = model.lineAt(100)->sequence;
    model.setCursor(middle);
    const auto tone = [&](int row) {
        return model.index(row, EventLogModel::What).data(widgets::CellToneRole);
    };
    EXPECT_FALSE(tone(100).isValid());
    EXPECT_EQ(tone(rows() - 1).toInt(), int(widgets::Token::Muted));
    EXPECT_EQ(model.lineAt(model.rowAtOrBefore(middle))->sequence, middle);
    EXPECT_EQ(model.rowAtOrBefore(0), -1);
}

TEST(Causes, AChainIsJoinedAndItsEndIsFilled) {
    CausesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const Instant at = *Instant::parse("2025-10-10T21:15:00Z");
    model.setLinks({{1, std::nullopt, at, "the input", "it moved the mark"},
                    {2, 0, at, "the mark", "equity fell"},
                    {4, 1, at, "the liquidation", ""}});
    const auto flags = [&](int row) {
        return model.index(row, CausesModel::What).data(widgets::CellLinkRole).toInt();
    };
    EXPECT_EQ(flags(0), int(widgets::LinkBelow));
    EXPECT_EQ(flags(1), widgets::LinkAbove | widgets::LinkBelow);
    EXPECT_EQ(flags(2), widgets::LinkAbove | widgets::LinkFilled);
    model.setCursor(2);
    EXPECT_EQ(flags(1), widgets::LinkAbove | widgets::LinkBelowDashed);
    EXPECT_EQ(flags(2), widgets::LinkAboveDashed | widgets::LinkFilled);
    EXPECT_EQ(model.index(0, CausesModel::When).data().toString(), QStringLiteral("21:15:00"));
    EXPECT_EQ(model.linkAt(3), nullptr);
    EXPECT_EQ(model.linkAt(-1), nullptr);
    model.setLinks({});
    EXPECT_EQ(model.rowCount(), 0);
}

}  // namespace
}  // namespace breakwater::ui::test
