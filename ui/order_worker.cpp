#include "ui/order_worker.hpp"

#include <utility>

namespace breakwater::ui {

OrderWorker::OrderWorker(QObject* parent) : QObject(parent) { m_pool.setMaxThreadCount(1); }

// The job posts to this object, so it must be over before the object is.
OrderWorker::~OrderWorker() { m_pool.waitForDone(); }

void OrderWorker::request(std::shared_ptr<const view::Snapshot> snapshot,
                          view::AccountQuery query) {
    if (!snapshot) return;
    ++m_number;
    Job job{std::move(snapshot), std::move(query)};
    if (m_running != 0) {
        m_waiting = std::move(job);
        return;
    }
    start(std::move(job));
}

void OrderWorker::start(Job job) {
    m_running = m_number;
    const quint64 number = m_number;
    m_pool.start([this, number, job = std::move(job)] {
        const auto firstPage = [this, number](view::AccountOrder page) {
            auto shown = std::make_shared<const view::AccountOrder>(std::move(page));
            QMetaObject::invokeMethod(
                this,
                [this, number, shown = std::move(shown)] {
                    if (number == m_number) emit ordered(shown);
                },
                Qt::QueuedConnection);
        };
        auto order = std::make_shared<const view::AccountOrder>(
            view::orderAccounts(*job.snapshot, job.query, firstPage));
        QMetaObject::invokeMethod(
            this, [this, number, order = std::move(order)] { finish(number, order); },
            Qt::QueuedConnection);
    });
}

void OrderWorker::finish(quint64 number, std::shared_ptr<const view::AccountOrder> order) {
    m_running = 0;
    if (m_waiting) {
        Job next = std::move(*m_waiting);
        m_waiting.reset();
        start(std::move(next));
    }
    if (number == m_number) emit ordered(std::move(order));
}

}  // namespace breakwater::ui
