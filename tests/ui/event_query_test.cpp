#include "ui/event_query.hpp"

#include <set>

#include <gtest/gtest.h>

#include "ui/small_venue.hpp"

namespace breakwater::ui::test {
namespace {

const Instant kDay = *Instant::parse("2025-10-10T20:45:00Z");

std::string timeOf(const char* typed, TimeEdge edge = TimeEdge::From) {
    const Result<Instant> time = parseEventTime(QString::fromUtf8(typed), kDay, edge);
    return time ? time->toString() : time.error().message;
}

TEST(EventQuery, TimesOfTheDay) {
    EXPECT_EQ(timeOf("21:15"), "2025-10-10T21:15:00Z");
    EXPECT_EQ(timeOf(" 21:15:04 "), "2025-10-10T21:15:04Z");
    EXPECT_EQ(timeOf("21:15:04.25Z"), "2025-10-10T21:15:04.250Z");
    EXPECT_EQ(timeOf("9:05"), "2025-10-10T09:05:00Z");
    EXPECT_EQ(timeOf("2025-10-11 00:10"), "2025-10-11T00:10:00Z");
    EXPECT_EQ(timeOf("2025-10-11T00:10:00Z"), "2025-10-11T00:10:00Z");
}

TEST(EventQuery, AFarEdgeIsWhole) {
    EXPECT_EQ(timeOf("21:15", TimeEdge::To), "2025-10-10T21:15:59.999999Z");
    EXPECT_EQ(timeOf("21:15:04", TimeEdge::To), "2025-10-10T21:15:04.999999Z");
    EXPECT_EQ(timeOf("21:15:04.5", TimeEdge::To), "2025-10-10T21:15:04.500Z");
}

TEST(EventQuery, WhatIsNoTimeIsRefusedWithAnExample) {
    for (const char* typed : {"", "21", "25:00", "21:60", "21:15:60", "soon", "21:15:04.1234567",
                              "2025-13-10 21:15", "-1:00"}) {
        EXPECT_NE(timeOf(typed).find("is no time"), std::string::npos) << typed;
    }
}

TEST(EventQuery, WrittenBackAsItWasTyped) {
    for (const char* typed : {"21:15", "21:15:04", "21:15:04.250", "2025-10-11 00:10"}) {
        for (const TimeEdge edge : {TimeEdge::From, TimeEdge::To}) {
            const Instant time = *parseEventTime(QString::fromUtf8(typed), kDay, edge);
            EXPECT_EQ(eventTimeText(time, edge, kDay).toStdString(), typed);
        }
    }
}

TEST(EventQuery, AccountsByNamePartAndNumber) {
    SmallVenue venue({40, 5});
    const auto names = venue.board().snapshot;
    const AccountId some(17);
    const std::string name(view::nameOf(*names, some));
    EXPECT_EQ(*findAccount(QString::fromStdString(name), *names), some);
    EXPECT_EQ(*findAccount(QString::fromStdString(name).toUpper(), *names), some);
    EXPECT_EQ(*findAccount(QStringLiteral("#17"), *names), some);
    EXPECT_EQ(*findAccount(QStringLiteral("maker"), *names), AccountId(0));
    EXPECT_NE(findAccount(QStringLiteral("0x"), *names).error().message.find("type more"),
              std::string::npos);
    EXPECT_FALSE(findAccount(QStringLiteral("nobody"), *names));
    EXPECT_FALSE(findAccount(QStringLiteral("#4000"), *names));
    const QStringList like = accountsLike(QStringLiteral("0x"), *names, 5);
    EXPECT_EQ(like.size(), 5);
    EXPECT_EQ(accountsLike(QStringLiteral("liquidator"), *names, 5),
              QStringList{QStringLiteral("liquidator-01")});
}

TEST(EventQuery, GroupsShareNoKind) {
    std::set<std::size_t> seen;
    for (const KindGroup& group : kindGroups()) {
        EXPECT_TRUE(std::is_sorted(group.kinds.begin(), group.kinds.end()));
        for (const std::size_t kind : group.kinds) {
            EXPECT_LT(kind, view::eventKinds().size());
            EXPECT_TRUE(seen.insert(kind).second) << view::titleOfKind(kind);
        }
    }
}

TEST(EventQuery, AFilterInWords) {
    SmallVenue venue({40, 5});
    const auto names = venue.board().snapshot;
    view::EventFilter filter;
    EXPECT_TRUE(filterText(filter, *names).isEmpty());
    filter.kinds = kindGroups()[1].kinds;
    filter.market = SmallVenue::kEth;
    filter.account = AccountId(0);
    filter.from = *Instant::parse("2025-10-10T21:15:00Z");
    filter.to = *Instant::parse("2025-10-10T21:15:59.999999Z");
    EXPECT_EQ(filterText(filter, *names).toStdString(),
              "liquidations, ETH-PERP, maker-01, 21:15:00Z to 21:15:59Z");
    filter.from.reset();
    filter.kinds = {0};
    EXPECT_EQ(filterText(filter, *names).toStdString(),
              "refused, ETH-PERP, maker-01, the beginning to 21:15:59Z");
}

}  // namespace
}  // namespace breakwater::ui::test
