#include "ui/models/alarms_model.hpp"

#include <array>
#include <map>

#include "ui/readings.hpp"
#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, AlarmsModel::Columns> kColumns{{
    {"Alarm", "", 240, Qt::AlignLeft, "Priority and cause"},
    {"Effect", "", 280, Qt::AlignLeft, "Figures now"},
    {"State", "", 124, Qt::AlignLeft, "Acknowledged or not"},
    {"Raised", "UTC", 84, Qt::AlignRight, "Venue time it was raised"},
    {"Act in", "", 70, Qt::AlignRight, "Time left to act"},
}};

QString stateWord(view::AlarmState state) {
    switch (state) {
        case view::AlarmState::Unacknowledged: return QStringLiteral("not acknowledged");
        case view::AlarmState::Acknowledged: return QStringLiteral("acknowledged");
        case view::AlarmState::ReturnedUnacknowledged: return QStringLiteral("returned");
    }
    return {};
}

}  // namespace

AlarmsModel::AlarmsModel(QObject* parent) : ColumnModel(kColumns, parent) {}

void AlarmsModel::setBoard(const view::Board& board) {
    std::vector<view::Alarm> next;
    if (board.snapshot && board.snapshot->alarms) next = board.snapshot->alarms->open;
    if (board.snapshot) m_now = board.snapshot->asOf;
    if (next.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(next);
        endResetModel();
        return;
    }
    std::map<std::uint64_t, int> place;
    for (std::size_t i = 0; i < next.size(); ++i)
        place[next[i].number] = static_cast<int>(i);
    std::vector<int> newRowOf;
    bool moved = false;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto found = place.find(m_rows[i].number);
        newRowOf.push_back(found == place.end() ? -1 : found->second);
        moved = moved || newRowOf.back() != static_cast<int>(i);
    }
    if (moved) {
        reorder(newRowOf, [&] { m_rows = std::move(next); });
    } else {
        m_rows = std::move(next);
    }
    everythingChanged();
}

int AlarmsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

const view::Alarm* AlarmsModel::alarmAt(int row) const {
    return row < 0 || row >= rowCount() ? nullptr : &m_rows[static_cast<std::size_t>(row)];
}

QVariant AlarmsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const view::Alarm& alarm = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole: return display(alarm, index.column());
        case Qt::TextAlignmentRole: return int(column(index.column()).align | Qt::AlignVCenter);
        case widgets::CellKindRole:
            return index.column() == Headline ? QVariant(int(widgets::CellKind::ShapeText))
                                              : QVariant();
        case widgets::CellPriorityRole:
            return index.column() == Headline ? QVariant(int(priorityOf(alarm.priority)))
                                              : QVariant();
        default: return {};
    }
}

QVariant AlarmsModel::display(const view::Alarm& alarm, int column) const {
    switch (column) {
        case Headline: return text(alarm.headline);
        case Effect: return text(alarm.effect);
        case State: return stateWord(alarm.state);
        case Raised: return clockText(alarm.raisedAt);
        case Left: return countdownText(timeLeft(alarm, m_now));
        default: return {};
    }
}

}  // namespace breakwater::ui
