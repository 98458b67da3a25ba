#include "ui/models/event_log_model.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, EventLogModel::Columns> kColumns{{
    {"Time", "UTC", 92, Qt::AlignLeft, "Venue time of the input that caused it"},
    {"Input", "", 78, Qt::AlignRight, "Number of the input that caused it"},
    {"Kind", "", 128, Qt::AlignLeft, "What was decided"},
    {"Account", "", 108, Qt::AlignLeft, "The account it is about"},
    {"Market", "", 84, Qt::AlignLeft, "The market it is about"},
    {"What happened", "", 300, Qt::AlignLeft, "The decision with the figures it rests on"},
}};

bool isBefore(const view::EventLine& line, EventPlace place) { return placeOf(line) < place; }

}  // namespace

EventLogModel::EventLogModel(QObject* parent) : ColumnModel(kColumns, parent) {}

void EventLogModel::setNames(std::shared_ptr<const view::Snapshot> names) {
    m_names = std::move(names);
}

void EventLogModel::restart(const view::EventFilter& filter, PageDirection direction,
                            std::optional<EventPlace> from) {
    beginResetModel();
    m_lines.clear();
    m_filter = filter;
    m_first = direction == PageDirection::Onward && !from;
    m_last = direction == PageDirection::Backward && !from;
    m_fresh = true;
    m_readUpTo = 0;
    m_searched = 0;
    m_error.clear();
    m_pending.reset();
    ++m_number;
    endResetModel();
    ask(direction, from.value_or(EventPlace{}));
}

void EventLogModel::ask(PageDirection direction, EventPlace from) {
    if (m_record == nullptr) return;
    m_pending = direction;
    m_pendingFrom = from;
    m_partial = false;
    m_taken = 0;
    m_askedUpTo = m_durable;
    const quint64 number = ++m_number;
    EventRequest request;
    request.filter = m_filter;
    request.sequence = from.sequence;
    request.index = from.index;
    request.direction = direction;
    request.count = kPage;
    m_record->requestEvents(
        request, [this, number, alive = std::weak_ptr<int>(m_alive)](const EventPage& page) {
            if (!alive.expired()) onPage(number, page);
        });
    emit stateChanged();
}

// A page that is not complete comes again with more lines, so lines that are held are skipped.
void EventLogModel::onPage(quint64 number, const EventPage& page) {
    if (number != m_number || !m_pending) return;
    const PageDirection direction = *m_pending;
    m_error = page.error;
    m_searched = page.searched;
    if (!page.error.empty()) {
        m_pending.reset();
        m_fresh = false;
        emit stateChanged();
        return;
    }
    m_partial = !page.complete;
    m_taken += direction == PageDirection::Onward ? append(page.lines) : prepend(page.lines);
    if (page.complete) finish(direction, page.atEnd);
    emit stateChanged();
}

void EventLogModel::finish(PageDirection direction, bool atEnd) {
    // A page that brought nothing is an end too: asking for it again would never stop.
    const bool end = atEnd || m_taken == 0;
    (direction == PageDirection::Onward ? m_last : m_first) |= end;
    if (m_last && (m_fresh || direction == PageDirection::Onward)) m_readUpTo = m_askedUpTo;
    m_pending.reset();
    m_fresh = false;
}

std::size_t EventLogModel::append(const std::vector<view::EventLine>& lines) {
    const auto fresh = m_lines.empty()
                           ? lines.begin()
                           : std::upper_bound(lines.begin(), lines.end(), placeOf(m_lines.back()),
                                              [](EventPlace place, const view::EventLine& line) {
                                                  return place < placeOf(line);
                                              });
    const auto count = static_cast<int>(lines.end() - fresh);
    if (count == 0) return 0;
    beginInsertRows({}, rowCount(), rowCount() + count - 1);
    m_lines.insert(m_lines.end(), fresh, lines.end());
    endInsertRows();
    if (m_lines.size() > kMost) dropFront(m_lines.size() - kMost);
    return static_cast<std::size_t>(count);
}

std::size_t EventLogModel::prepend(const std::vector<view::EventLine>& lines) {
    const auto end = m_lines.empty() ? lines.end()
                                     : std::lower_bound(lines.begin(), lines.end(),
                                                        placeOf(m_lines.front()), &isBefore);
    const auto count = static_cast<int>(end - lines.begin());
    if (count == 0) return 0;
    beginInsertRows({}, 0, count - 1);
    m_lines.insert(m_lines.begin(), lines.begin(), end);
    endInsertRows();
    if (m_lines.size() > kMost) dropBack(m_lines.size() - kMost);
    return static_cast<std::size_t>(count);
}

void EventLogModel::dropFront(std::size_t count) {
    beginRemoveRows({}, 0, static_cast<int>(count) - 1);
    m_lines.erase(m_lines.begin(), m_lines.begin() + static_cast<std::ptrdiff_t>(count));
    m_first = false;
    endRemoveRows();
}

void EventLogModel::dropBack(std::size_t count) {
    beginRemoveRows({}, rowCount() - static_cast<int>(count), rowCount() - 1);
    m_lines.erase(m_lines.end() - static_cast<std::ptrdiff_t>(count), m_lines.end());
    m_last = false;
    endRemoveRows();
}

// The line at the end is asked for again: whatever the page begins with, none is left out.
void EventLogModel::needRows(int first, int last) {
    if (m_pending || m_lines.empty() || !m_error.empty()) return;
    if (!m_last && last >= rowCount() - kAhead)
        ask(PageDirection::Onward, placeOf(m_lines.back()));
    else if (!m_first && first <= kAhead)
        ask(PageDirection::Backward, placeOf(m_lines.front()));
}

void EventLogModel::follow() {
    if (m_pending || !m_last || !m_error.empty() || m_durable <= m_readUpTo) return;
    if (m_filter.to && m_names && m_names->asOf > *m_filter.to) return;  // it cannot grow there
    EventPlace from{m_readUpTo + 1, 0};
    if (!m_lines.empty()) from = std::max(from, placeOf(m_lines.back()));
    m_last = false;  // until the page says so
    ask(PageDirection::Onward, from);
}

void EventLogModel::askAgain() {
    if (m_pending) ask(*m_pending, m_pendingFrom);
}

void EventLogModel::setCursor(std::optional<breakwater::Sequence> cursor) {
    if (cursor == m_cursor) return;
    m_cursor = cursor;
    everythingChanged();
}

int EventLogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

const view::EventLine* EventLogModel::lineAt(int row) const {
    return row < 0 || row >= rowCount() ? nullptr : &m_lines[static_cast<std::size_t>(row)];
}

int EventLogModel::rowOf(EventPlace place) const {
    const auto found = std::lower_bound(m_lines.begin(), m_lines.end(), place, &isBefore);
    return found == m_lines.end() || placeOf(*found) != place
               ? -1
               : static_cast<int>(found - m_lines.begin());
}

int EventLogModel::rowAtOrBefore(breakwater::Sequence sequence) const {
    const EventPlace behind{sequence, std::numeric_limits<std::uint32_t>::max()};
    const auto found = std::lower_bound(m_lines.begin(), m_lines.end(), behind, &isBefore);
    return static_cast<int>(found - m_lines.begin()) - 1;
}

QVariant EventLogModel::display(const view::EventLine& line, int column) const {
    switch (column) {
        case Time: return widgets::formatInstantTenths(millis(line.time)).chopped(1);
        case Sequence: return widgets::formatCount(static_cast<std::int64_t>(line.sequence));
        case Kind: return text(view::titleOfKind(line.kind));
        case Account:
            if (!line.account) return QString();
            return m_names && line.account->value() < m_names->accountCount
                       ? text(view::nameOf(*m_names, *line.account))
                       : QStringLiteral("#%1").arg(line.account->value());
        case Market:
            if (!line.market) return QString();
            return m_names && m_names->markets && line.market->value() < m_names->markets->size()
                       ? text((*m_names->markets)[line.market->value()].instrument.symbol)
                       : QStringLiteral("#%1").arg(line.market->value());
        case What: return text(line.text);
        default: return {};
    }
}

QVariant EventLogModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const view::EventLine& line = m_lines[static_cast<std::size_t>(index.row())];
    const int section = index.column();
    switch (role) {
        case Qt::DisplayRole: return display(line, section);
        case Qt::ToolTipRole:
            return section == Time ? QVariant(text(line.time.toString())) : display(line, section);
        case Qt::AccessibleTextRole: return display(line, section);
        case Qt::TextAlignmentRole: return int(column(section).align | Qt::AlignVCenter);
        case widgets::CellFontRole:
            if (section == Time || section == Account) return int(widgets::FontRole::TableFigure);
            return {};
        case widgets::CellToneRole:
            if (m_cursor && line.sequence > *m_cursor) return int(widgets::Token::Muted);
            return section == What || section == Account ? QVariant()
                                                         : QVariant(int(widgets::Token::Secondary));
        default: return {};
    }
}

}  // namespace breakwater::ui
