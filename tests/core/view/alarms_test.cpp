#include "core/view/alarms.hpp"

#include <gtest/gtest.h>

namespace breakwater::view {
namespace {

TEST(AlarmCatalogue, EveryAlarmHasItsRecord) {
    for (std::size_t i = 0; i < 15; ++i) {
        const AlarmRecord& record = recordOf(static_cast<AlarmKind>(i));
        EXPECT_EQ(static_cast<std::size_t>(record.kind), i);
        for (const std::string_view text :
             {record.title, record.cause, record.consequence, record.action}) {
            EXPECT_FALSE(text.empty());
        }
        // Act in one minute, in ten, in this shift.
        const Duration limit = record.priority == AlarmPriority::P1   ? Duration::minutes(1)
                               : record.priority == AlarmPriority::P2 ? Duration::minutes(10)
                                                                      : Duration::hours(8);
        EXPECT_LE(record.timeToAct, limit) << record.title;
        EXPECT_GT(record.timeToAct, Duration());
    }
}

}  // namespace
}  // namespace breakwater::view
