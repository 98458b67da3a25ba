// Makes the report of the queue and fund screens off the UI thread.
//
// One job runs at a time. Screens ask at every refresh, so a board that comes while it runs is
// not kept: the next refresh brings a newer one. After a job the worker rests twice as long as it
// took, so that it never owns a core.
#pragma once

#include <memory>

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>

#include "core/view/fund_standing.hpp"

namespace breakwater::ui {

using QueueReportPtr = std::shared_ptr<const view::QueueReport>;

class QueueWorker : public QObject {
    Q_OBJECT

public:
    explicit QueueWorker(QObject* parent = nullptr);
    ~QueueWorker() override;

    // A board whose report is made or being made is not made again.
    void request(const view::Board& board);
    const QueueReportPtr& report() const { return m_report; }
    // The newest report is of this snapshot.
    bool isCurrent(const view::Snapshot* snapshot) const;

signals:
    void reported();

private:
    void start(view::Board board);
    void finish(QueueReportPtr report);

    QThreadPool m_pool;
    bool m_running = false;
    const view::Snapshot* m_asked = nullptr;  // of the job at work or done last
    QElapsedTimer m_since;                    // the last job began
    qint64 m_took = 0;
    QueueReportPtr m_report;
};

}  // namespace breakwater::ui
