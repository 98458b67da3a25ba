#include "ui/screens/event_log.hpp"

#include <algorithm>
#include <limits>

#include <QDir>
#include <QPointer>
#include <QScrollBar>
#include <QVBoxLayout>

#include "ui/column_keeper.hpp"
#include "ui/make_data.hpp"
#include "ui/screens/event_filter_bar.hpp"
#include "ui/screens/export_bar.hpp"
#include "ui/table_choice.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {

using widgets::Run;

EventLogPanel::EventLogPanel(QWidget* parent) : PanelFrame(QStringLiteral("Event log"), parent) {
    build();
    connectParts();
}

void EventLogPanel::build() {
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_filter = new EventFilterBar(body);
    m_export = new ExportBar(body);
    m_table = new widgets::DataTable(QStringLiteral("Event log, oldest first"), body);
    m_model = new EventLogModel(m_table);
    m_table->setModel(m_model);
    m_columns = new ColumnKeeper(*m_table, m_model->widths(), EventLogModel::What);
    column->addWidget(m_filter);
    column->addWidget(m_export);
    column->addWidget(m_table, 1);
    setContent(body, widgets::PanelPadding::None);
    describeEmpty();
}

void EventLogPanel::connectParts() {
    connect(m_filter, &EventFilterBar::filterChanged, this, [this] {
        restart();
        emit filterTaken();
    });
    connect(m_filter, &EventFilterBar::left, m_table,
            [this] { m_table->setFocus(Qt::TabFocusReason); });
    connect(m_export, &ExportBar::exportRequested, this, &EventLogPanel::exportTo);
    connect(m_export, &ExportBar::closed, m_table,
            [this] { m_table->setFocus(Qt::OtherFocusReason); });
    connect(m_model, &EventLogModel::stateChanged, this, &EventLogPanel::onState);
    connect(m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { onRowsInserted(first, last); });
    connect(
        m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
        [this](const QModelIndex&, int first, int last) { onRowsAboutToBeRemoved(first, last); });
    QScrollBar* bar = m_table->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, [this] {
        m_atBottom = isAtBottom();
        needRows();
        refreshWords();
    });
    // The newest line stays in sight when lines come in or the window changes its size.
    connect(bar, &QScrollBar::rangeChanged, this, [this, bar](int, int most) {
        if (m_atBottom && !m_past && chosenRow(*m_table) < 0) bar->setValue(most);
    });
    connect(m_table, &widgets::DataTable::currentRowChanged, this, [this] {
        refreshFoot();
        if (m_restoring || chosenRow(*m_table) < 0) return;
        if (const view::EventLine* line = chosen()) emit eventChosen(*line);
    });
    connect(m_table, &widgets::DataTable::rowActivated, this, [this](int row) {
        if (const view::EventLine* line = m_model->lineAt(row)) emit eventActivated(*line);
    });
    connect(m_table, &widgets::DataTable::emptyActionTriggered, this, [this] {
        if (!m_model->error().empty()) return restart();
        m_filter->clear();
    });
}

const view::EventLine* EventLogPanel::chosen() const {
    return m_model->lineAt(chosenRow(*m_table));
}

bool EventLogPanel::isReady() const { return m_record == nullptr || m_model->isSettled(); }

bool EventLogPanel::isAtBottom() const {
    const QScrollBar* bar = m_table->verticalScrollBar();
    return bar->value() >= bar->maximum();
}

// The rows in sight stay where they are, whatever comes in before them.
void EventLogPanel::onRowsInserted(int first, int last) {
    QScrollBar* bar = m_table->verticalScrollBar();
    const bool wasEmpty = last - first + 1 == m_model->rowCount();
    if (wasEmpty) {
        // The newest line, or where a range begins.
        if (m_model->filter().from && !m_wanted)
            m_table->scrollToTop();
        else
            m_table->scrollToBottom();
    } else if (first == 0) {
        const int value = bar->value();
        m_table->doItemsLayout();
        bar->setValue(value + (last + 1));
    }
}

void EventLogPanel::onRowsAboutToBeRemoved(int first, int last) {
    const int current = m_table->currentRow();
    if (current >= first && current <= last) {
        m_restoring = true;
        m_table->selectRowQuietly(-1);
        m_restoring = false;
    }
    if (first != 0 || last + 1 == m_model->rowCount()) return;
    QScrollBar* bar = m_table->verticalScrollBar();
    const int value = std::max(0, bar->value() - (last + 1));
    QMetaObject::invokeMethod(
        this, [bar, value] { bar->setValue(value); }, Qt::QueuedConnection);
}

void EventLogPanel::needRows() {
    const int first = std::max(0, m_table->rowAt(0));
    const int last = m_table->rowAt(m_table->viewport()->height() - 1);
    m_model->needRows(first, last < 0 ? m_model->rowCount() - 1 : last);
}

void EventLogPanel::restart() {
    m_wanted.reset();
    m_started = true;
    const view::EventFilter& filter = m_filter->filter();
    const auto past = m_record != nullptr ? m_record->past() : std::nullopt;
    // A range is read from its beginning; a closed record from what is shown; the venue's own from
    // now.
    if (filter.from)
        m_model->restart(filter, PageDirection::Onward);
    else if (past && past->sequence != 0 && !filter.to)
        restartAt({past->sequence, std::numeric_limits<std::uint32_t>::max()});
    else
        m_model->restart(filter, PageDirection::Backward);
}

void EventLogPanel::restartAt(EventPlace place) {
    m_model->restart(m_filter->filter(), PageDirection::Backward, place);
}

void EventLogPanel::reload() { restart(); }

void EventLogPanel::choose(int row) {
    m_table->selectRowQuietly(row);
    m_table->scrollTo(m_model->index(row, 0), QAbstractItemView::EnsureVisible);
}

void EventLogPanel::goTo(EventPlace place) {
    m_wanted.reset();
    if (const int row = m_model->rowOf(place); row >= 0) return choose(row);
    if (m_filter->filter() != view::EventFilter{}) {
        m_filter->setFilter({});
        emit filterTaken();
        emit said(QStringLiteral("The filter was cleared to show event %1.")
                      .arg(widgets::formatCount(static_cast<std::int64_t>(place.sequence))));
    }
    restartAt(place);
    m_wanted = place;
}

void EventLogPanel::follow(Sequence cursor) {
    if (m_table->hasFocus() || m_wanted || !m_model->isSettled()) return;
    const int row = m_model->rowAtOrBefore(cursor);
    const bool held = row >= 0 && (row + 1 < m_model->rowCount() || m_model->holdsLast());
    if (held) {
        m_table->scrollTo(m_model->index(row, 0), QAbstractItemView::EnsureVisible);
    } else if (!m_model->filter().from && !m_model->filter().to) {
        restartAt({cursor, std::numeric_limits<std::uint32_t>::max()});
    }
}

void EventLogPanel::applyTimes(std::optional<Instant> from, std::optional<Instant> to) {
    m_filter->setTimes(from, to);
}

void EventLogPanel::onState() {
    if (m_wanted && m_model->isSettled()) {
        const int row = m_model->rowOf(*m_wanted);
        m_wanted.reset();
        if (row >= 0) choose(row);
    }
    describeEmpty();
    refreshWords();
    refreshFoot();
    // Not from within an answer: the record may be answering still.
    QMetaObject::invokeMethod(this, &EventLogPanel::needRows, Qt::QueuedConnection);
}

void EventLogPanel::describeEmpty() {
    widgets::EmptyStateData empty;
    if (m_record == nullptr && m_status.recording) {
        empty.what = QStringLiteral("The record is not open for reading yet");
        empty.why = QStringLiteral("It is being written; its events appear once it can be read.");
    } else if (m_record == nullptr) {
        empty.kind = widgets::EmptyKind::NotConnected;
        empty.what = QStringLiteral("There is no record to read");
        empty.why = m_status.recordError.empty()
                        ? QStringLiteral(
                              "This session is not recorded: it was started with "
                              "--no-record, so its events are gone when they leave "
                              "the timeline. Start Breakwater without it, or open a "
                              "record with --open FILE.")
                        : QStringLiteral(
                              "Recording stopped: %1. What was written stays; open it "
                              "with --open FILE.")
                              .arg(text(m_status.recordError));
    } else if (!m_model->error().empty()) {
        empty.kind = widgets::EmptyKind::Error;
        empty.what = QStringLiteral("The record could not be read");
        empty.why = text(m_model->error());
        empty.copyText = empty.why;
        empty.actionText = QStringLiteral("Read again");
    } else if (!m_model->isSettled()) {
        empty.what = QStringLiteral("Searching the record, %1")
                         .arg(widgets::formatPercent(m_model->searched()));
        empty.why = QStringLiteral("Lines appear as they are found.");
    } else if (m_model->filter() == view::EventFilter{}) {
        empty.what = QStringLiteral("The record holds no event yet");
        empty.why = QStringLiteral("The first price of the venue gives the first one.");
    } else {
        empty.kind = widgets::EmptyKind::FilteredOut;
        empty.what = QStringLiteral("No event matches");
        empty.why = m_names ? QStringLiteral("Nothing in the record is %1.")
                                  .arg(filterText(m_model->filter(), *m_names))
                            : QString();
        empty.actionText = QStringLiteral("Clear filters");
    }
    m_table->setEmptyState(empty);
}

// The chosen sentence whole; a cell may have cut it.
void EventLogPanel::refreshFoot() {
    const view::EventLine* line = chosen();
    if (line == nullptr) return setFoot({});
    setFoot(
        {Run::caption(clockText(line->time)), Run::body(text(line->text), widgets::Token::Text)});
}

void EventLogPanel::refreshWords() {
    setAside({Run::key(QKeySequence(Qt::Key_Return)),
              Run::body(m_past ? QStringLiteral("go to") : QStringLiteral("causes")),
              Run::key(QKeySequence(QStringLiteral("Ctrl+Return"))),
              Run::body(QStringLiteral("account")),
              Run::key(QKeySequence(QStringLiteral("Ctrl+E"))),
              Run::body(QStringLiteral("export"))});
    const QString filter = m_names ? filterText(m_filter->filter(), *m_names) : QString();
    setCaption(filter.isEmpty() ? QStringLiteral("every event of the record") : filter);
    const int rows = m_model->rowCount();
    if (m_record == nullptr) return m_filter->showWords({});
    if (!m_model->error().empty()) return m_filter->showWords(text(m_model->error()), true);
    if (m_model->isSearching()) {
        return m_filter->showWords(
            QStringLiteral("searching %1").arg(widgets::formatPercent(m_model->searched())));
    }
    const QString count = widgets::formatCount(rows);
    m_filter->showWords(m_model->holdsFirst() && m_model->holdsLast()
                            ? QStringLiteral("%1 events").arg(count)
                            : QStringLiteral("%1 events held, more %2")
                                  .arg(count, m_model->holdsLast() ? QStringLiteral("before")
                                              : m_model->holdsFirst()
                                                  ? QStringLiteral("after")
                                                  : QStringLiteral("on both sides")));
}

void EventLogPanel::refresh(RecordDesk* record, const std::shared_ptr<const view::Snapshot>& names,
                            const DeskStatus& status) {
    const bool other = record != m_record;
    m_record = record;
    m_names = names;
    m_status = status;
    m_model->setRecord(record);
    m_model->setNames(names);
    m_model->setDurable(status.durable);
    m_filter->setNames(names);
    const auto past = record != nullptr ? record->past() : std::nullopt;
    m_past = past.has_value();
    m_filter->setDay(past ? past->time : names ? names->asOf : Instant());
    m_model->setCursor(past ? std::optional(past->sequence) : std::nullopt);
    if (other || !m_started) {
        if (names) restart();
        describeEmpty();
        refreshWords();
    }
    if (record == nullptr) describeEmpty();  // why there is none may have changed
    if (record == nullptr || past) return;
    // While older lines are being read, new ones do not push them out.
    const auto held = static_cast<std::size_t>(m_model->rowCount());
    if (held + EventLogModel::kPage < EventLogModel::kMost || isAtBottom()) m_model->follow();
}

void EventLogPanel::askForExport(const QString& folder) {
    if (m_record == nullptr)
        return emit said(QStringLiteral("There is no record, so there is nothing to export."));
    const view::EventFilter& filter = m_filter->filter();
    QString name = QStringLiteral("events");
    const Instant at = filter.from ? *filter.from : m_names ? m_names->asOf : Instant();
    QString stamp = text(at.toString()).left(16);
    stamp.remove(QLatin1Char('-'))
        .remove(QLatin1Char(':'))
        .replace(QLatin1Char('T'), QLatin1Char('-'));
    for (const KindGroup& group : kindGroups()) {
        if (!group.kinds.empty() && group.kinds == filter.kinds)
            name = QString::fromUtf8(group.title).toLower();
    }
    m_export->ask(QDir(folder).filePath(name + QLatin1Char('-') + stamp + QStringLiteral(".csv")));
}

void EventLogPanel::exportTo(const QString& path) {
    if (m_record == nullptr) return;
    m_record->exportEvents(
        m_filter->filter(), utf8(path),
        [self = QPointer<EventLogPanel>(this)](bool ok, const std::string& said) {
            if (self.isNull()) return;
            self->m_export->showOutcome(ok, text(said));
            emit self->said(text(said));
        });
}

}  // namespace breakwater::ui
