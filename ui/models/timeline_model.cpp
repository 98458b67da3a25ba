#include "ui/models/timeline_model.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, TimelineModel::Columns> kColumns{{
    {"When", "UTC", 84, Qt::AlignLeft, "Venue time"},
    {"What", "", 240, Qt::AlignLeft, "What happened"},
}};

// An entry keeps its place in the record; its text may still grow ("40 liquidations began").
bool same(const view::TimelineEntry& a, const view::TimelineEntry& b) {
    return a.sequence == b.sequence && a.time == b.time;
}

// How many entries stand before the old ones; nothing when the old ones are not found in a row.
std::optional<std::size_t> newEntries(const std::vector<view::TimelineEntry>& old,
                                      const std::vector<view::TimelineEntry>& next) {
    for (std::size_t fresh = 0; fresh < next.size(); ++fresh) {
        const std::size_t kept = next.size() - fresh;
        if (kept <= old.size() && std::equal(next.begin() + static_cast<std::ptrdiff_t>(fresh),
                                             next.end(), old.begin(), same)) {
            return fresh;
        }
    }
    return std::nullopt;
}

}  // namespace

TimelineModel::TimelineModel(TimelinePart part, QObject* parent)
    : ColumnModel(kColumns, parent), m_part(part) {}

bool TimelineModel::belongs(const view::TimelineEntry& entry) const {
    if (m_part == TimelinePart::All) return true;
    // The timeline is sentences; a breaker's sentence names a level ("set ETH-PERP to L1").
    for (std::size_t at = entry.text.find(" L"); at != std::string::npos;
         at = entry.text.find(" L", at + 1)) {
        if (at + 2 < entry.text.size() && entry.text[at + 2] >= '0' && entry.text[at + 2] <= '4')
            return true;
    }
    return entry.text.find("breaker") != std::string::npos;
}

std::vector<view::TimelineEntry> TimelineModel::select(const view::Board& board) const {
    std::vector<view::TimelineEntry> out;
    if (!board.snapshot || !board.snapshot->timeline) return out;
    for (const view::TimelineEntry& entry : *board.snapshot->timeline) {
        if (belongs(entry)) out.push_back(entry);
    }
    return out;
}

void TimelineModel::setBoard(const view::Board& board) {
    auto source = board.snapshot ? board.snapshot->timeline : nullptr;
    if (source == m_source) return;
    m_source = source;
    std::vector<view::TimelineEntry> next = select(board);
    // Newest first: what is new stands before the old head, what fell out was at the tail.
    const std::optional<std::size_t> fresh = newEntries(m_rows, next);
    if (!fresh) {
        beginResetModel();
        m_rows = std::move(next);
        endResetModel();
        return;
    }
    const std::size_t kept = next.size() - *fresh;
    if (kept < m_rows.size()) {
        beginRemoveRows({}, static_cast<int>(kept), rowCount() - 1);
        m_rows.resize(kept);
        endRemoveRows();
    }
    if (*fresh > 0) {
        beginInsertRows({}, 0, static_cast<int>(*fresh) - 1);
        m_rows = std::move(next);
        endInsertRows();
    } else {
        m_rows = std::move(next);
    }
    everythingChanged();
}

int TimelineModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant TimelineModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const view::TimelineEntry& entry = m_rows[static_cast<std::size_t>(index.row())];
    if (index.column() == When) {
        if (role == Qt::DisplayRole) return clockText(entry.time).chopped(1);
        if (role == Qt::ToolTipRole) return text(entry.time.toString());
        if (role == widgets::CellFontRole) return int(widgets::FontRole::TableFigure);
        if (role == widgets::CellToneRole) return int(widgets::Token::Secondary);
        return {};
    }
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return text(entry.text);
    if (entry.priority && role == widgets::CellKindRole) return int(widgets::CellKind::ShapeText);
    if (entry.priority && role == widgets::CellPriorityRole)
        return int(priorityOf(*entry.priority));
    return {};
}

}  // namespace breakwater::ui
