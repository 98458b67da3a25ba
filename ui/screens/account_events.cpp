#include "ui/screens/account_events.hpp"

#include <QPointer>

#include "ui/make_data.hpp"
#include "ui/table_choice.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {

using widgets::Run;

AccountEventsPanel::AccountEventsPanel(QWidget* parent)
    : CellsPanel(QStringLiteral("Events of this account"),
                 QStringLiteral("Events of this account, newest first"), accountEventColumns(), 2,
                 parent) {
    setKey(QKeySequence(QStringLiteral("Ctrl+9")));
    connect(&table(), &widgets::DataTable::rowActivated, this, [this](int row) {
        if (row >= 0 && static_cast<std::size_t>(row) < m_sequences.size())
            emit eventActivated(m_sequences[static_cast<std::size_t>(row)]);
    });
}

std::optional<Sequence> AccountEventsPanel::chosen() const {
    const int row = chosenRow(const_cast<AccountEventsPanel*>(this)->table());
    if (row < 0 || static_cast<std::size_t>(row) >= m_sequences.size()) return std::nullopt;
    return m_sequences[static_cast<std::size_t>(row)];
}

void AccountEventsPanel::show(RecordDesk* record, AccountId account, Sequence sequence,
                              const QString& whyNone) {
    const bool changed = m_account != account;
    m_account = account;
    if (changed) {
        setRows({});
        m_sequences.clear();
        m_waiting = false;
        ++m_request;  // what was asked for the other account is not taken any more
    }
    if (record == nullptr) {
        setCaption(QStringLiteral("from the record"));
        widgets::EmptyStateData empty =
            nothingHere(QStringLiteral("There is no record to read"), whyNone);
        empty.kind = widgets::EmptyKind::NotConnected;
        table().setEmptyState(empty);
        return;
    }
    const bool due = !m_sinceAsked.isValid() || m_sinceAsked.elapsed() >= kAgainMs;
    if (!changed && (m_waiting || !due || sequence == m_askedAt)) return;
    m_askedAt = sequence;
    ask(*record);
}

void AccountEventsPanel::ask(RecordDesk& record) {
    m_sinceAsked.start();
    m_waiting = true;
    if (model().rowCount() == 0) {
        table().setEmptyState(
            nothingHere(QStringLiteral("The record is being searched"),
                        QStringLiteral("The newest events of this account appear as they are "
                                       "found.")));
    }
    EventRequest request;
    request.filter.account = m_account;
    request.direction = PageDirection::Backward;
    request.count = kMost;
    const quint64 number = ++m_request;
    const QPointer<AccountEventsPanel> self(this);
    record.requestEvents(request, [self, number](const EventPage& page) {
        if (self && self->m_request == number) self->take(page);
    });
}

void AccountEventsPanel::take(const EventPage& page) {
    m_waiting = !page.complete && page.error.empty();
    describe(page);
    if (!page.error.empty()) return;
    const std::optional<Sequence> kept = chosen();
    m_sequences.clear();
    for (auto line = page.lines.rbegin(); line != page.lines.rend(); ++line)
        m_sequences.push_back(line->sequence);
    setRows(accountEventRows(page.lines));
    if (!kept) return;
    for (std::size_t i = 0; i < m_sequences.size(); ++i) {
        if (m_sequences[i] == *kept) return table().selectRowQuietly(static_cast<int>(i));
    }
}

void AccountEventsPanel::describe(const EventPage& page) {
    widgets::EmptyStateData empty;
    if (!page.error.empty()) {
        empty.kind = widgets::EmptyKind::Error;
        empty.what = QStringLiteral("The record could not be read");
        empty.why =
            QStringLiteral("%1. Every figure above is live and goes on.").arg(text(page.error));
        empty.copyText = text(page.error);
        setRows({});
        m_sequences.clear();
    } else if (!page.complete) {
        empty = nothingHere(
            QStringLiteral("The record is being searched"),
            QStringLiteral("%1 of the way back.").arg(widgets::formatPercent(page.searched)));
    } else {
        empty = nothingHere(QStringLiteral("No event of this account yet"),
                            QStringLiteral("Fills, transfers, changes of band and liquidation "
                                           "orders are listed here as they are recorded."));
    }
    table().setEmptyState(empty);
    setCaption(
        page.atEnd
            ? QStringLiteral("from the record, all of them, newest first")
            : QStringLiteral("from the record, the newest %1").arg(widgets::formatCount(kMost)));
    setAside(
        {Run::key(QKeySequence(Qt::Key_Return)), Run::caption(QStringLiteral("in Forensics"))});
}

}  // namespace breakwater::ui
