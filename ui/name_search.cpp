#include "ui/name_search.hpp"

#include <utility>

namespace breakwater::ui {

NameSearch::NameSearch(QObject* parent) : QObject(parent) { m_pool.setMaxThreadCount(1); }

// The job posts to this object, so it must be over before the object is.
NameSearch::~NameSearch() { m_pool.waitForDone(); }

void NameSearch::request(std::shared_ptr<const view::Snapshot> snapshot, std::string text) {
    if (!snapshot) return;
    ++m_number;
    Job job{std::move(snapshot), std::move(text)};
    if (m_running != 0) {
        m_waiting = std::move(job);
        return;
    }
    start(std::move(job));
}

void NameSearch::start(Job job) {
    m_running = m_number;
    const quint64 number = m_number;
    m_pool.start([this, number, job = std::move(job)] {
        auto hits = std::make_shared<const view::AccountHits>(
            view::findAccounts(*job.snapshot, job.text, kMost));
        QMetaObject::invokeMethod(
            this,
            [this, number, snapshot = job.snapshot, hits = std::move(hits)] {
                finish(number, snapshot, hits);
            },
            Qt::QueuedConnection);
    });
}

void NameSearch::finish(quint64 number, const std::shared_ptr<const view::Snapshot>& snapshot,
                        const Hits& hits) {
    m_running = 0;
    if (m_waiting) {
        Job next = std::move(*m_waiting);
        m_waiting.reset();
        start(std::move(next));
    }
    if (number == m_number) emit found(snapshot, hits);
}

}  // namespace breakwater::ui
