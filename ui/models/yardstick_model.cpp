#include "ui/models/yardstick_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, YardstickModel::Columns> kColumns{{
    {"Market", "", 92, Qt::AlignLeft, "One market at a time, all else unchanged"},
    {"First ADL at", "", 116, Qt::AlignRight,
     "Move of the mark at which shortfalls exceed the fund, instant revaluation"},
    {"Newest crash", "", 140, Qt::AlignLeft,
     "The move against the largest of that crash within 24 hours"},
    {"Went further", "", 104, Qt::AlignRight,
     "Recorded crashes of this underlying, of the seven shipped, that moved further in 24 hours"},
}};

std::optional<view::Comparator> comparatorOf(const view::Snapshot& snapshot, std::size_t market,
                                             double move) {
    const UnderlyingId u = (*snapshot.markets)[market].instrument.underlying;
    return view::comparatorFor((*snapshot.underlyings)[u.value()].symbol, move);
}

}  // namespace

QString comparatorText(const view::Snapshot& snapshot, std::size_t market, double move) {
    const auto found = comparatorOf(snapshot, market, move);
    return found ? text(view::shortText(*found)) : QString();
}

YardstickModel::YardstickModel(QObject* parent) : ColumnModel(kColumns, parent) {}

void YardstickModel::setBoard(const view::Board& board) {
    std::vector<Row> rows;
    if (board.snapshot && board.scan) {
        const view::Snapshot& snapshot = *board.snapshot;
        for (std::size_t m = 0; m < board.scan->moveToFirstAdl.size(); ++m) {
            Row row;
            row.symbol = text((*snapshot.markets)[m].instrument.symbol);
            row.move = board.scan->moveToFirstAdl[m];
            if (row.move) row.comparator = comparatorOf(snapshot, m, *row.move);
            rows.push_back(std::move(row));
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        constexpr double never = std::numeric_limits<double>::infinity();
        return std::abs(a.move.value_or(never)) < std::abs(b.move.value_or(never));
    });
    takeRows(m_rows, std::move(rows));
}

int YardstickModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant YardstickModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole) return int(column(index.column()).align | Qt::AlignVCenter);
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == widgets::CellReasonRole) {
        if (index.column() == Move && !row.move) return QStringLiteral("none within ±60%");
        if (index.column() == Newest && row.move && !row.comparator)
            return QStringLiteral("no crash recorded");
        return {};
    }
    if (role == widgets::CellFontRole && index.column() == Newest)
        return int(widgets::FontRole::TableFigure);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
        case Name: return row.symbol;
        case Move:
            return row.move ? widgets::formatPercent(*row.move, 1, widgets::Sign::Always)
                            : QString();
        case Newest: return row.comparator ? text(view::shortText(*row.comparator)) : QString();
        case Further:
            return row.comparator ? QStringLiteral("%1 of %2")
                                        .arg(row.comparator->further)
                                        .arg(row.comparator->recorded)
                                  : QString();
        default: return {};
    }
}

}  // namespace breakwater::ui
