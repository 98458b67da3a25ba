// The door table: which room may open which other room, and which third party lives where.
//
// This is the executable form of "Rooms and doors" in ARCHITECTURE.md. A new room or a new
// third party is one line here; what is not listed is refused.
#pragma once

#include <string_view>
#include <vector>

namespace breakwater::layering {

struct Room {
    std::string_view name;  // the CMake target
    std::vector<std::string_view> folders;
    std::vector<std::string_view> uses;  // rooms; what those use is open as well
};

// One row a target, in the order of CMakeLists.txt. The test also holds these rows against
// the bw_room and bw_program calls, so that includes and link lines cannot part.
inline const std::vector<Room>& rooms() {
    static const std::vector<Room> table = {
        {"bw_base", {"core/base", "core/num"}, {}},
        {"bw_domain", {"core/model", "core/profile", "core/event"}, {"bw_base"}},
        {"bw_market", {"core/market"}, {"bw_domain"}},
        {"bw_risk", {"core/risk"}, {"bw_market"}},
        {"bw_mitigation", {"core/mitigation"}, {"bw_risk"}},
        {"bw_breaker", {"core/breaker"}, {"bw_risk"}},
        {"bw_engine", {"core/engine", "core/view", "core/replay"}, {"bw_mitigation", "bw_breaker"}},
        {"bw_scenario", {"core/scenario"}, {"bw_engine"}},
        {"bw_sim", {"core/sim"}, {"bw_engine"}},
        {"bw_storage", {"storage"}, {"bw_engine"}},
        {"bw_runtime", {"app/runtime"}, {"bw_sim", "bw_scenario", "bw_storage"}},
        {"bw_widgets", {"widgets"}, {}},
        {"bw_ui", {"ui", "ui/models", "ui/screens"}, {"bw_scenario", "bw_widgets"}},
        {"breakwaterctl", {"app/breakwaterctl"}, {"bw_runtime"}},
        {"breakwater", {"app/breakwater"}, {"bw_ui", "bw_runtime"}},
    };
    return table;
}

struct ThirdParty {
    std::vector<std::string_view> prefixes;  // of the path between the angle brackets
    std::vector<std::string_view> folders;   // those that may include it
    std::string_view package;                // in packaging/apt-packages.txt
};

inline const std::vector<ThirdParty>& thirdParties() {
    static const std::vector<ThirdParty> table = {
        {{"sodium.h", "sodium/"}, {"core/base"}, "libsodium-dev"},
        {{"sleef.h"}, {"core/num"}, "libsleef-dev"},
        {{"simdjson.h"}, {"core/model", "core/profile", "core/event"}, "libsimdjson-dev"},
        {{"Random123/"}, {"core/sim"}, "librandom123-dev"},
        {{"zlib.h"}, {"core/sim", "app/runtime"}, "zlib1g-dev"},
        {{"sqlite3.h"}, {"storage"}, "libsqlite3-dev"},
        {{"boost/asio"}, {"app/runtime"}, "libboost-dev"},
        {{"CLI/"}, {"app/breakwaterctl", "app/breakwater"}, "libcli11-dev"},
        {{"spdlog/"}, {"app/breakwaterctl", "app/breakwater"}, "libspdlog-dev"},
        {{"fmt/"}, {"app/breakwaterctl", "app/breakwater"}, "libfmt-dev"},
        // Qt Charts is deprecated upstream, so one room hides it from the others.
        {{"QtCharts", "QAbstractAxis", "QAbstractSeries", "QAreaSeries", "QBar", "QCategoryAxis",
          "QChart", "QDateTimeAxis", "QLegend", "QLineSeries", "QLogValueAxis", "QPieSeries",
          "QScatterSeries", "QSplineSeries", "QStackedBarSeries", "QValueAxis", "QXYSeries"},
         {"widgets"},
         "qt6-charts-dev"},
        // The rest of Qt. The first matching row decides, so this one stays last.
        {{"Q"}, {"widgets", "ui", "ui/models", "ui/screens", "app/breakwater"}, "qt6-base-dev"},
    };
    return table;
}

}  // namespace breakwater::layering
