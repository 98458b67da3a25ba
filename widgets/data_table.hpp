#pragma once
// The table preset. Order is the model's matter: the header only asks for one. Rows are
// uniform, so a million of them cost what a page costs.

#include <QTableView>
#include <QVector>

#include "widgets/empty_state.hpp"

class QHeaderView;

namespace breakwater::widgets {

class CellDelegate;

class DataTable : public QTableView {
    Q_OBJECT
public:
    explicit DataTable(const QString& accessibleName, QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    void setColumnWidths(const QVector<int>& logicalPx);  // scaled with the zoom
    void setStretchColumn(int column);                    // takes what is left; -1 none
    void setSortShown(int column, Qt::SortOrder order);   // the triangle in the header
    void setEmptyState(const EmptyStateData& data);       // shown while the model has no rows
    void setRowHeight(int logicalPx);                     // 0: by density
    void selectRowQuietly(int row);                       // keeps the scroll position
    [[nodiscard]] int currentRow() const;
    // Tab separated, header first, formula-guarded; the whole table when nothing is selected.
    [[nodiscard]] QString selectionAsText() const;

public slots:
    void copySelection();

signals:
    void sortRequested(int column, Qt::SortOrder order);
    void rowActivated(int row);       // Enter or double click
    void currentRowChanged(int row);  // -1 when none
    void emptyActionTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void applyMetrics();
    void layoutColumns();
    void onHeaderClicked(int column);
    void updateEmpty();

    EmptyState* m_empty = nullptr;
    QVector<int> m_widths;
    int m_stretch = -1;
    int m_rowHeight = 0;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

}  // namespace breakwater::widgets
