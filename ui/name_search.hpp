// Finds accounts by name off the UI thread.
//
// One search runs at a time; a newer one replaces the waiting one and makes the answer of the
// running one vanish.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <QObject>
#include <QThreadPool>

#include "core/view/account_search.hpp"

namespace breakwater::ui {

class NameSearch : public QObject {
    Q_OBJECT

public:
    explicit NameSearch(QObject* parent = nullptr);
    ~NameSearch() override;

    void request(std::shared_ptr<const view::Snapshot> snapshot, std::string text);
    bool busy() const { return m_running != 0; }

signals:
    void found(std::shared_ptr<const breakwater::view::Snapshot> snapshot,
               std::shared_ptr<const breakwater::view::AccountHits> hits);

private:
    struct Job {
        std::shared_ptr<const view::Snapshot> snapshot;
        std::string text;
    };
    using Hits = std::shared_ptr<const view::AccountHits>;

    void start(Job job);
    void finish(quint64 number, const std::shared_ptr<const view::Snapshot>& snapshot,
                const Hits& hits);

    static constexpr std::size_t kMost = 12;

    QThreadPool m_pool;
    std::optional<Job> m_waiting;
    quint64 m_number = 0;   // of the newest request
    quint64 m_running = 0;  // of the job at work; 0 none
};

}  // namespace breakwater::ui
