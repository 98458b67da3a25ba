// A table of fixed columns whose rows keep their identity while their order changes.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include <QAbstractTableModel>
#include <QVector>

namespace breakwater::ui {

struct ColumnInfo {
    const char* title;
    const char* unit;
    int width;  // logical px
    Qt::AlignmentFlag align;
    const char* hint;  // what the column says, for the header's tooltip
};

class ColumnModel : public QAbstractTableModel {
    Q_OBJECT

public:
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVector<int> widths() const;

protected:
    ColumnModel(std::span<const ColumnInfo> columns, QObject* parent);

    // newRowOf[old row] = new row, -1 when it is gone; `apply` swaps the data in between.
    template <class Apply>
    void reorder(const std::vector<int>& newRowOf, Apply apply) {
        emit layoutAboutToBeChanged({}, VerticalSortHint);
        apply();
        moveIndexes(newRowOf);
        emit layoutChanged({}, VerticalSortHint);
    }
    void everythingChanged();
    // Rows made anew: while their number stays, each keeps its place and the choice with it.
    template <class Rows>
    void takeRows(Rows& mine, Rows next) {
        const bool same = mine.size() == next.size();
        if (!same) beginResetModel();
        mine = std::move(next);
        same ? everythingChanged() : endResetModel();
    }
    const ColumnInfo& column(int section) const {
        return m_columns[static_cast<std::size_t>(section)];
    }

private:
    void moveIndexes(const std::vector<int>& newRowOf);

    std::span<const ColumnInfo> m_columns;
};

}  // namespace breakwater::ui
