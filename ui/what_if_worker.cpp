#include "ui/what_if_worker.hpp"

#include <utility>

#include <QElapsedTimer>

namespace breakwater::ui {
namespace {

double millisOf(const QElapsedTimer& timer) {
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

}  // namespace

WhatIfWorker::WhatIfWorker(QObject* parent) : QObject(parent) { m_pool.setMaxThreadCount(1); }

// The job posts to this object, so it must be over before the object is.
WhatIfWorker::~WhatIfWorker() {
    m_stop.request_stop();
    m_pool.waitForDone();
}

void WhatIfWorker::request(WhatIfJob job) {
    if (!job.snapshot) return;
    ++m_number;
    if (m_running != 0) {
        m_stop.request_stop();
        m_waiting = std::move(job);
        return;
    }
    start(std::move(job));
}

void WhatIfWorker::start(WhatIfJob job) {
    m_running = m_number;
    m_stop = std::stop_source();
    m_pool.start([this, number = m_number, job = std::move(job), stop = m_stop.get_token()] {
        work(number, job, stop);
        QMetaObject::invokeMethod(this, &WhatIfWorker::finish, Qt::QueuedConnection);
    });
}

template <class Act>
void WhatIfWorker::answer(quint64 number, Act act) {
    QMetaObject::invokeMethod(
        this,
        [this, number, act = std::move(act)] {
            if (number == m_number) act();
        },
        Qt::QueuedConnection);
}

void WhatIfWorker::work(quint64 number, const WhatIfJob& job, const std::stop_token& stop) {
    QElapsedTimer timer;
    timer.start();
    auto result = std::make_shared<WhatIfAnswer>();
    std::optional<scenario::Outcome> outcome = scenario::evaluate(*job.snapshot, job.shock, stop);
    if (!outcome) return;
    result->millis = millisOf(timer);
    result->job = job;
    result->outcome = std::move(*outcome);
    result->accounts = scenario::accountsBehind(*job.snapshot, job.listShock, job.depth, stop);
    if (stop.stop_requested()) return;
    answer(number, [this, result] { emit evaluated(result); });
    if (!job.map) return;
    timer.restart();
    std::optional<scenario::HeatMap> map = scenario::heatMap(*job.snapshot, *job.map, stop);
    if (!map) return;
    answer(number, [this, millis = millisOf(timer),
                    made = std::make_shared<const scenario::HeatMap>(std::move(*map))] {
        emit mapped(made, millis);
    });
}

void WhatIfWorker::finish() {
    m_running = 0;
    if (!m_waiting) return;
    WhatIfJob next = std::move(*m_waiting);
    m_waiting.reset();
    start(std::move(next));
}

}  // namespace breakwater::ui
