#include "widgets/data_table.hpp"

#include <algorithm>

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"
#include "widgets/table_header.hpp"

namespace breakwater::widgets {

DataTable::DataTable(const QString& accessibleName, QWidget* parent) : QTableView(parent) {
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setHorizontalHeader(new TableHeader(this));
    setItemDelegate(new CellDelegate(this));
    setShowGrid(false);  // hairlines belong to the delegate, so they join the selection
    setSortingEnabled(false);
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);  // Tab leaves the table; the arrows move in it
    setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(8);
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, &DataTable::onHeaderClicked);
    connect(this, &QTableView::doubleClicked, this,
            [this](const QModelIndex& index) { emit rowActivated(index.row()); });
    applyMetrics();
}

void DataTable::setModel(QAbstractItemModel* newModel) {
    if (model()) model()->disconnect(this);
    QTableView::setModel(newModel);
    if (newModel) {
        connect(newModel, &QAbstractItemModel::modelReset, this, &DataTable::updateEmpty);
        connect(newModel, &QAbstractItemModel::rowsInserted, this, &DataTable::updateEmpty);
        connect(newModel, &QAbstractItemModel::rowsRemoved, this, &DataTable::updateEmpty);
    }
    layoutColumns();
    updateEmpty();
}

void DataTable::setColumnWidths(const QVector<int>& logicalPx) {
    m_widths = logicalPx;
    layoutColumns();
}

void DataTable::setStretchColumn(int column) {
    m_stretch = column;
    layoutColumns();
}

void DataTable::setSortShown(int column, Qt::SortOrder order) {
    m_sortColumn = column;
    m_sortOrder = order;
    static_cast<TableHeader*>(horizontalHeader())->setSortShown(column, order);
}

void DataTable::setEmptyState(const EmptyStateData& state) {
    if (!m_empty) {
        m_empty = new EmptyState(this);
        connect(m_empty, &EmptyState::actionTriggered, this, &DataTable::emptyActionTriggered);
    }
    m_empty->setData(state);
    updateEmpty();
}

void DataTable::setRowHeight(int logicalPx) {
    m_rowHeight = logicalPx;
    applyMetrics();
}

void DataTable::selectRowQuietly(int row) {
    if (!model() || row < 0 || row >= model()->rowCount()) {
        clearSelection();
        setCurrentIndex({});
        return;
    }
    const int scroll = verticalScrollBar()->value();
    const bool follows = hasAutoScroll();
    setAutoScroll(false);
    setCurrentIndex(model()->index(row, 0));
    setAutoScroll(follows);
    verticalScrollBar()->setValue(scroll);
}

int DataTable::currentRow() const { return currentIndex().isValid() ? currentIndex().row() : -1; }

QString DataTable::selectionAsText() const {
    if (!model()) return {};
    QVector<int> rows;
    if (selectionModel()) {
        for (const QModelIndex& index : selectionModel()->selectedRows())
            rows << index.row();
    }
    if (rows.isEmpty()) {
        for (int row = 0; row < model()->rowCount(); ++row)
            rows << row;
    }
    const int columns = model()->columnCount();
    QStringList lines;
    QStringList cells;
    for (int column = 0; column < columns; ++column) {
        const QString unit = model()->headerData(column, Qt::Horizontal, HeaderUnitRole).toString();
        const QString title = model()->headerData(column, Qt::Horizontal).toString();
        cells << guardFormula(unit.isEmpty() ? title : title + u' ' + unit);
    }
    lines << cells.join(u'\t');
    for (int row : rows) {
        cells.clear();
        for (int column = 0; column < columns; ++column) {
            const QModelIndex index = model()->index(row, column);
            const QString reason = index.data(CellReasonRole).toString();
            QString text = reason.isEmpty() ? index.data(Qt::DisplayRole).toString() : reason;
            for (int role : {CellRangeRole, CellStaleRole}) {
                const QString extra = index.data(role).toString();
                if (!extra.isEmpty()) text += u' ' + extra;
            }
            cells << guardFormula(text.replace(u'\t', u' ').replace(u'\n', u' '));
        }
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

void DataTable::copySelection() { QApplication::clipboard()->setText(selectionAsText()); }

void DataTable::onHeaderClicked(int column) {
    const bool same = column == m_sortColumn;
    const Qt::SortOrder order =
        same && m_sortOrder == Qt::DescendingOrder ? Qt::AscendingOrder : Qt::DescendingOrder;
    emit sortRequested(column, order);
}

void DataTable::applyMetrics() {
    const Theme& theme = Theme::current();
    const int height = m_rowHeight > 0 ? theme.px(m_rowHeight) : theme.rowHeight();
    verticalHeader()->setDefaultSectionSize(height);
    horizontalHeader()->setFixedHeight(theme.px(26));
    layoutColumns();
}

void DataTable::layoutColumns() {
    if (!model()) return;
    const Theme& theme = Theme::current();
    const int columns = model()->columnCount();
    // Figures of the touch density are wider, so their columns are.
    const double grown =
        std::max(1.0, theme.font(FontRole::TableFigure).pixelSize() / theme.pxF(12));
    const auto scaled = [&](int logicalPx) { return theme.px(logicalPx * grown); };
    int used = 0;
    for (int column = 0; column < columns; ++column) {
        if (column < m_widths.size()) setColumnWidth(column, scaled(m_widths[column]));
        if (!isColumnHidden(column) && column != m_stretch) used += columnWidth(column);
    }
    horizontalHeader()->setStretchLastSection(m_stretch < 0);
    if (m_stretch < 0 || m_stretch >= columns) return;
    const int least = m_stretch < m_widths.size() ? scaled(m_widths[m_stretch]) : scaled(80);
    setColumnWidth(m_stretch, std::max(least, viewport()->width() - used));
}

void DataTable::updateEmpty() {
    const bool empty = !model() || model()->rowCount() == 0;
    if (m_empty) {
        m_empty->setVisible(empty);
        if (empty) m_empty->setGeometry(viewport()->geometry());
    }
}

void DataTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    const int row = currentRow();
    if (row < 0 || !selectionModel() || !selectionModel()->isRowSelected(row, {})) return;
    const int y = rowViewportPosition(row);
    const Theme& theme = Theme::current();
    QPainter painter(viewport());
    painter.fillRect(QRect(0, y, theme.px(2), rowHeight(row) - 1), theme.color(Token::Text));
}

void DataTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    layoutColumns();
    updateEmpty();
}

void DataTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentRow() >= 0) {
        emit rowActivated(currentRow());
        return;
    }
    QTableView::keyPressEvent(event);
}

void DataTable::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange) applyMetrics();
}

void DataTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    viewport()->update();
    if (current.row() != previous.row())
        emit currentRowChanged(current.isValid() ? current.row() : -1);
}

}  // namespace breakwater::widgets
