#include "ui/pick_overlay.hpp"

#include <algorithm>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/theme_follow.hpp"

namespace breakwater::ui {

PickOverlay::PickOverlay(const Words& words, std::span<const ColumnInfo> columns, int stretch,
                         QWidget& area, QSize logicalSize)
    : Overlay(QString::fromUtf8(words.title), area, OverlayPlace::Centre, logicalSize) {
    setCaption(QString::fromUtf8(words.caption));
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    m_edit = new QLineEdit(body);
    m_edit->setPlaceholderText(QString::fromUtf8(words.placeholder));
    m_edit->setAccessibleName(QString::fromUtf8(words.title));
    m_edit->installEventFilter(this);
    followTheme(*m_edit, [this] {
        m_edit->setFont(widgets::Theme::current().font(widgets::FontRole::MonoBody));
        m_edit->setFixedHeight(widgets::Theme::current().px(28));
    });
    m_table = new widgets::DataTable(QString::fromUtf8(words.list), body);
    m_model = new CellsModel(columns, m_table);
    m_table->setModel(m_model);
    m_table->setColumnWidths(m_model->widths());
    m_table->setStretchColumn(stretch);
    m_table->setRowHeight(26);
    m_table->setFocusPolicy(Qt::NoFocus);  // the line keeps the focus; its arrows move the choice
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_edit);
    m_row = new QHBoxLayout;
    m_row->addWidget(m_table, 2);
    column->addLayout(m_row, 1);
    body->setFocusProxy(m_edit);
    body->setFocusPolicy(Qt::StrongFocus);
    setContent(body);
    connect(m_edit, &QLineEdit::textChanged, this,
            [this] { emit typedChanged(m_edit->text().trimmed()); });
    connect(m_table, &widgets::DataTable::currentRowChanged, this, &PickOverlay::chosenChanged);
    connect(m_table, &widgets::DataTable::rowActivated, this, [this] { pick(); });
}

QString PickOverlay::typed() const { return m_edit->text().trimmed(); }

void PickOverlay::addBeside(QWidget* part) { m_row->addWidget(part, 3); }

void PickOverlay::openEmpty() {
    m_edit->clear();
    open();
    m_edit->setFocus(Qt::PopupFocusReason);
    emit typedChanged({});
}

void PickOverlay::setPicks(std::vector<Pick> picks, const widgets::EmptyStateData& whenNone) {
    m_table->setEmptyState(whenNone);
    m_acts.clear();
    std::vector<CellRow> rows;
    for (Pick& pick : picks) {
        m_acts.push_back(std::move(pick.act));
        rows.push_back(std::move(pick.row));
    }
    m_model->setRows(std::move(rows));
    const auto first = std::find_if(m_acts.begin(), m_acts.end(),
                                    [](const std::function<void()>& act) { return bool(act); });
    m_table->selectRowQuietly(first == m_acts.end() ? -1
                                                    : static_cast<int>(first - m_acts.begin()));
    m_table->scrollToTop();
    emit chosenChanged();
}

void PickOverlay::pick() {
    const int row = chosenPick();
    if (row < 0 || static_cast<std::size_t>(row) >= m_acts.size()) return;
    const std::function<void()> act = m_acts[static_cast<std::size_t>(row)];
    if (!act) return;
    close();  // first: what is picked may open another place and take the focus
    act();
}

void PickOverlay::move(int by) {
    const int rows = m_model->rowCount();
    if (rows == 0) return;
    m_table->selectRow(std::clamp(m_table->currentRow() + by, 0, rows - 1));
}

bool PickOverlay::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_edit || event->type() != QEvent::KeyPress)
        return Overlay::eventFilter(watched, event);
    const int page =
        std::max(1, m_table->viewport()->height() / std::max(1, m_table->rowHeight(0)));
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down: move(1); return true;
        case Qt::Key_Up: move(-1); return true;
        case Qt::Key_PageDown: move(page); return true;
        case Qt::Key_PageUp: move(-page); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: pick(); return true;
        case Qt::Key_Escape: close(); return true;
        default: return Overlay::eventFilter(watched, event);
    }
}

}  // namespace breakwater::ui
