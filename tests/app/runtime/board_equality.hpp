// Two boards of the same input, figure by figure.
#pragma once

#include <gtest/gtest.h>

#include "core/view/snapshot.hpp"

namespace breakwater::runtime::test {

inline void expectSame(const view::Series& a, const view::Series& b, const char* what) {
    EXPECT_EQ(a.last, b.last) << what;
    EXPECT_EQ(a.values, b.values) << what;
}

inline void expectSameAlarms(const view::AlarmView& a, const view::AlarmView& b) {
    EXPECT_EQ(a.counts, b.counts);
    EXPECT_EQ(a.lastTenMinutes, b.lastTenMinutes);
    EXPECT_EQ(a.perTenMinutes, b.perTenMinutes);
    EXPECT_EQ(a.raised, b.raised);
    ASSERT_EQ(a.open.size(), b.open.size());
    for (std::size_t i = 0; i < a.open.size(); ++i) {
        EXPECT_EQ(a.open[i].number, b.open[i].number);
        EXPECT_EQ(a.open[i].kind, b.open[i].kind);
        EXPECT_EQ(a.open[i].state, b.open[i].state);
        EXPECT_EQ(a.open[i].raisedAt, b.open[i].raisedAt);
        EXPECT_EQ(a.open[i].headline, b.open[i].headline);
        EXPECT_EQ(a.open[i].effect, b.open[i].effect);
        EXPECT_EQ(a.open[i].children, b.open[i].children);
    }
}

// Everything but what needs a watch from the beginning.
inline void expectSameState(const view::Board& a, const view::Board& b) {
    ASSERT_TRUE(a.snapshot && b.snapshot && a.scan && b.scan);
    EXPECT_EQ(a.snapshot->sequence, b.snapshot->sequence);
    EXPECT_EQ(a.snapshot->asOf, b.snapshot->asOf);
    EXPECT_EQ(a.snapshot->accountCount, b.snapshot->accountCount);
    EXPECT_EQ(a.snapshot->fund.balance, b.snapshot->fund.balance);
    EXPECT_EQ(a.snapshot->tally.events, b.snapshot->tally.events);
    EXPECT_EQ(a.snapshot->liquidations->size(), b.snapshot->liquidations->size());
    EXPECT_EQ(a.scan->bands, b.scan->bands);
    EXPECT_EQ(a.scan->histogram, b.scan->histogram);
    EXPECT_EQ(a.scan->equity, b.scan->equity);
    EXPECT_EQ(a.scan->maintenance, b.scan->maintenance);
    EXPECT_EQ(a.scan->moveToFirstAdl, b.scan->moveToFirstAdl);
    ASSERT_EQ(a.snapshot->markets->size(), b.snapshot->markets->size());
    for (std::size_t m = 0; m < a.snapshot->markets->size(); ++m) {
        EXPECT_EQ((*a.snapshot->markets)[m].mark, (*b.snapshot->markets)[m].mark);
        EXPECT_EQ((*a.snapshot->breakers)[m].level, (*b.snapshot->breakers)[m].level);
        EXPECT_EQ((*a.snapshot->breakers)[m].ends, (*b.snapshot->breakers)[m].ends);
    }
}

inline void expectSameBoard(const view::Board& a, const view::Board& b) {
    ASSERT_NO_FATAL_FAILURE(expectSameState(a, b));
    const view::Snapshot& x = *a.snapshot;
    const view::Snapshot& y = *b.snapshot;
    EXPECT_EQ(x.seed, y.seed);
    EXPECT_EQ(x.stateDigest, y.stateDigest);
    EXPECT_EQ(x.stateDigestAt, y.stateDigestAt);
    EXPECT_EQ(x.fund.capital, y.fund.capital);
    EXPECT_EQ(x.fund.paid, y.fund.paid);
    EXPECT_EQ(x.fund.received, y.fund.received);
    EXPECT_EQ(x.fund.low, y.fund.low);
    expectSame(x.fund.history, y.fund.history, "fund");
    expectSame(x.flow->started, y.flow->started, "started");
    expectSame(x.flow->ended, y.flow->ended, "ended");
    expectSame(x.flow->running, y.flow->running, "running");
    ASSERT_EQ(x.marketHistory->size(), y.marketHistory->size());
    for (std::size_t m = 0; m < x.marketHistory->size(); ++m)
        expectSame((*x.marketHistory)[m].mark, (*y.marketHistory)[m].mark, "mark");
    ASSERT_EQ(x.timeline->size(), y.timeline->size());
    for (std::size_t i = 0; i < x.timeline->size(); ++i) {
        EXPECT_EQ((*x.timeline)[i].sequence, (*y.timeline)[i].sequence);
        EXPECT_EQ((*x.timeline)[i].time, (*y.timeline)[i].time);
        EXPECT_EQ((*x.timeline)[i].text, (*y.timeline)[i].text);
        EXPECT_EQ((*x.timeline)[i].priority, (*y.timeline)[i].priority);
    }
    ASSERT_EQ(x.commands->size(), y.commands->size());
    for (std::size_t i = 0; i < x.commands->size(); ++i)
        EXPECT_EQ((*x.commands)[i].text, (*y.commands)[i].text);
    expectSameAlarms(*x.alarms, *y.alarms);
}

}  // namespace breakwater::runtime::test
