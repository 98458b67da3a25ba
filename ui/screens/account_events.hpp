// The newest events of one account, read from the record.
#pragma once

#include <QElapsedTimer>

#include "ui/record_desk.hpp"
#include "ui/screens/account_panels.hpp"

namespace breakwater::ui {

class AccountEventsPanel : public CellsPanel {
    Q_OBJECT

public:
    explicit AccountEventsPanel(QWidget* parent = nullptr);

    // `record` may be null: then the panel says why there is nothing. Asks again at most every
    // two seconds while new inputs come.
    void show(RecordDesk* record, AccountId account, Sequence sequence, const QString& whyNone);
    // The input of the chosen line.
    bool isWaiting() const { return m_waiting; }
    std::optional<Sequence> chosen() const;

signals:
    void eventActivated(quint64 sequence);

private:
    void ask(RecordDesk& record);
    void take(const EventPage& page);
    void describe(const EventPage& page);

    static constexpr std::size_t kMost = 200;
    static constexpr qint64 kAgainMs = 2'000;

    std::optional<AccountId> m_account;
    std::vector<Sequence> m_sequences;  // of the rows
    Sequence m_askedAt = 0;             // the board's when it was asked last
    quint64 m_request = 0;
    bool m_waiting = false;
    QElapsedTimer m_sinceAsked;
};

}  // namespace breakwater::ui
