#pragma once
// One delegate for all tables, driven by item data roles. Every role is optional; a cell
// without any of them is plain text from Qt::DisplayRole.

#include <QStyledItemDelegate>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

enum class CellKind : std::uint8_t {
    Text,       // DisplayRole; muted RangeRole text after it
    ShapeText,  // priority shape in a fixed 18 px slot, then the text
    Bar,        // KPI bar fills the cell
    BarText,    // KPI bar, then DisplayRole
    TextBar,    // DisplayRole, then KPI bar, then RangeRole (rule name, bar, share)
    Spark,      // SparkRole
    Level,      // level boxes and DisplayRole
    Trend,      // triangle up or down by TrendRole, then the text
    Link        // dot of a chain, joined to its neighbours by LinkRole, the text, RangeRole below
};

// How a dot is joined to the rows above and below; added up in CellLinkRole.
enum CellLink : int {
    LinkAbove = 1,
    LinkBelow = 2,
    LinkAboveDashed = 4,
    LinkBelowDashed = 8,
    LinkFilled = 16
};

// Values of the columns' DisplayRole are finished text (widgets/format.hpp). Alignment comes
// from Qt::TextAlignmentRole, exact values belong in Qt::ToolTipRole and AccessibleTextRole.
enum CellRole : int {
    CellKindRole = Qt::UserRole + 0x200,  // int(CellKind)
    CellPriorityRole,                     // int(Priority) of the shape before the key
    CellFigureRole,                       // int(Priority) that colours this figure
    CellToneRole,                         // int(Token) of the text, default Text
    CellFontRole,                // int(FontRole), default TableFigure when right-aligned, else Body
    CellRangeRole,               // QString, muted, after the figure
    CellStaleRole,               // QString age ("2.1s old"); not empty: drawn stale
    CellReasonRole,              // QString reason instead of a value ("no data", "failed")
    CellBarValueRole,            // double; the bar is left out when invalid
    CellBarMinRole,              // double, default 0
    CellBarMaxRole,              // double, default 1
    CellBarLimitRole,            // double
    CellBarBandLowRole,          // double
    CellBarBandHighRole,         // double
    CellBarTargetRole,           // double
    CellBarWarningRole,          // double
    CellBarSideRole,             // int(LimitSide)
    CellBarLimitPriorityRole,    // int(Priority), default P1
    CellBarWarningPriorityRole,  // int(Priority), default P2
    CellSparkRole,               // QList<double>
    CellSparkLimitRole,          // double
    CellLevelRole,               // int
    CellLevelMaxRole,            // int, default 4
    CellLevelCommandedRole,      // int, -1 none
    CellTrendRole,               // int -1, 0, 1
    CellTotalRowRole,            // bool: the row is the total row
    CellLinkRole,                // int of CellLink
    HeaderUnitRole               // headerData only: QString unit, muted after the title
};

class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit CellDelegate(QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
};

}  // namespace breakwater::widgets
