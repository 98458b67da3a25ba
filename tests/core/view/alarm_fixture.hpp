// A venue with a fund of one million and alarms at hand.
#pragma once

#include <gtest/gtest.h>

#include "core/view/test_venue.hpp"

namespace breakwater::view::test {

class AlarmBoardTest : public ::testing::Test {
protected:
    AlarmBoardTest() { m_venue.capital(1e6); }
    std::vector<Alarm> of(AlarmKind kind) { return m_venue.alarmsOf(kind); }
    std::uint64_t raised() { return m_venue.alarms().raised; }
    // Breakers obey at once, so that only what a test is about stands.
    void step(int seconds = 1) {
        for (int i = 0; i < seconds; ++i) {
            m_venue.tick();
            m_venue.obey();
        }
    }
    TestVenue m_venue;
};

}  // namespace breakwater::view::test
