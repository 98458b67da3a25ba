// Revalues the accounts under a shock off the UI thread.
//
// One job runs at a time and one may wait; a newer request replaces the waiting one, stops the
// running one and makes its answers vanish. The counts come first, the heat map after them.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include <QObject>
#include <QThreadPool>

#include "core/scenario/heat_map.hpp"
#include "core/scenario/what_if.hpp"

namespace breakwater::ui {

struct WhatIfJob {
    std::shared_ptr<const view::Snapshot> snapshot;
    scenario::Shock shock;
    scenario::Shock listShock;  // whose accounts are listed: the shock, or a cell of the map
    scenario::Depth depth = scenario::Depth::BelowMaintenance;
    std::optional<scenario::HeatRequest> map;
};

struct WhatIfAnswer {
    WhatIfJob job;
    scenario::Outcome outcome;
    std::vector<scenario::Struck> accounts;
    double millis = 0;  // what the outcome took
};

class WhatIfWorker : public QObject {
    Q_OBJECT

public:
    explicit WhatIfWorker(QObject* parent = nullptr);
    ~WhatIfWorker() override;

    void request(WhatIfJob job);
    bool busy() const { return m_running != 0; }

signals:
    void evaluated(std::shared_ptr<const breakwater::ui::WhatIfAnswer> answer);
    void mapped(std::shared_ptr<const breakwater::scenario::HeatMap> map, double millis);

private:
    void start(WhatIfJob job);
    void work(quint64 number, const WhatIfJob& job, const std::stop_token& stop);
    void finish();
    // Runs `act` on the UI thread unless a newer request has come.
    template <class Act>
    void answer(quint64 number, Act act);

    QThreadPool m_pool;
    std::optional<WhatIfJob> m_waiting;
    std::stop_source m_stop;  // of the running job
    quint64 m_number = 0;     // of the newest request
    quint64 m_running = 0;    // of the job at work; 0 none
};

}  // namespace breakwater::ui
