#include "ui/queue_worker.hpp"

#include <utility>

namespace breakwater::ui {

QueueWorker::QueueWorker(QObject* parent) : QObject(parent) { m_pool.setMaxThreadCount(1); }

// The job posts to this object, so it must be over before the object is.
QueueWorker::~QueueWorker() { m_pool.waitForDone(); }

bool QueueWorker::isCurrent(const view::Snapshot* snapshot) const {
    return m_report != nullptr && m_report->snapshot.get() == snapshot;
}

void QueueWorker::request(const view::Board& board) {
    if (!board.snapshot || !board.snapshot->profile || !board.snapshot->markets) return;
    if (board.snapshot.get() == m_asked && (!m_report || m_report->scan == board.scan)) return;
    if (m_running) return;
    if (m_since.isValid() && m_since.elapsed() < m_took * 3) return;  // asked again in a moment
    start(board);
}

void QueueWorker::start(view::Board board) {
    m_running = true;
    m_asked = board.snapshot.get();
    m_since.start();
    m_pool.start([this, board = std::move(board)] {
        auto report = std::make_shared<const view::QueueReport>(view::queueReport(board));
        QMetaObject::invokeMethod(
            this, [this, report = std::move(report)]() mutable { finish(std::move(report)); },
            Qt::QueuedConnection);
    });
}

void QueueWorker::finish(QueueReportPtr report) {
    m_running = false;
    m_took = m_since.elapsed();
    m_report = std::move(report);
    emit reported();
}

}  // namespace breakwater::ui
