// Orders the accounts table off the UI thread.
//
// One job runs at a time and one may wait; a newer request replaces the waiting one and makes
// the answer of the running one vanish.
#pragma once

#include <memory>
#include <optional>

#include <QObject>
#include <QThreadPool>

#include "core/view/snapshot.hpp"

namespace breakwater::ui {

class OrderWorker : public QObject {
    Q_OBJECT

public:
    explicit OrderWorker(QObject* parent = nullptr);
    ~OrderWorker() override;

    void request(std::shared_ptr<const view::Snapshot> snapshot, view::AccountQuery query);
    bool busy() const { return m_running != 0; }

signals:
    // Twice where there are many rows: the first page, then the whole (AccountOrder::sorted).
    void ordered(std::shared_ptr<const breakwater::view::AccountOrder> order);

private:
    struct Job {
        std::shared_ptr<const view::Snapshot> snapshot;
        view::AccountQuery query;
    };

    void start(Job job);
    void finish(quint64 number, std::shared_ptr<const view::AccountOrder> order);

    QThreadPool m_pool;
    std::optional<Job> m_waiting;
    quint64 m_number = 0;   // of the newest request
    quint64 m_running = 0;  // of the job at work; 0 none
};

}  // namespace breakwater::ui
