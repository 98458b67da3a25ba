#include "widgets/chart_view.hpp"

#include <QKeyEvent>
#include <QStackedLayout>

#include "widgets/chart_plot.hpp"
#include "widgets/chart_table_model.hpp"
#include "widgets/data_table.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {

struct ChartView::Parts {
    ChartData chart;
    QStackedLayout* stack = nullptr;
    ChartPlot* plot = nullptr;
    DataTable* table = nullptr;
    ChartTableModel* model = nullptr;
};

ChartView::ChartView(QWidget* parent) : QWidget(parent), m_parts(std::make_unique<Parts>()) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(QStringLiteral("chart"));
    m_parts->stack = new QStackedLayout(this);
    m_parts->stack->setContentsMargins(0, 0, 0, 0);
    m_parts->plot = new ChartPlot(this);
    m_parts->stack->addWidget(m_parts->plot);
    m_parts->plot->setAttribute(Qt::WA_TransparentForMouseEvents);
}

ChartView::~ChartView() = default;

void ChartView::setData(const ChartData& next) {
    m_parts->chart = next;
    setAccessibleName(next.title.isEmpty() ? QStringLiteral("chart") : next.title);
    setAccessibleDescription(QStringLiteral("%1 lines, F9 shows a table").arg(next.series.size()));
    m_parts->plot->show(next);
    // The table is filled only while it is seen; a reset four times a second would lose its place.
    if (isTableShown()) m_parts->model->setData(next);
}

const ChartData& ChartView::data() const { return m_parts->chart; }

void ChartView::setTableShown(bool shown) {
    if (shown == isTableShown()) return;
    if (shown && !m_parts->table) {
        m_parts->model = new ChartTableModel(this);
        m_parts->table = new DataTable(accessibleName() + QStringLiteral(", table"), this);
        m_parts->table->setModel(m_parts->model);
        m_parts->table->setColumnWidths({96, 96, 96, 96});
        m_parts->stack->addWidget(m_parts->table);
    }
    const bool focused = hasFocus() || (m_parts->table && m_parts->table->hasFocus());
    if (shown) m_parts->model->setData(m_parts->chart);
    m_parts->stack->setCurrentIndex(shown ? 1 : 0);
    if (focused) {
        if (shown)
            m_parts->table->setFocus(Qt::OtherFocusReason);
        else
            setFocus(Qt::OtherFocusReason);
    }
    emit tableShownChanged(shown);
}

bool ChartView::isTableShown() const { return m_parts->stack->currentIndex() == 1; }

int ChartView::plottedPoints(int series) const { return m_parts->plot->plottedPoints(series); }

QSize ChartView::sizeHint() const { return {Theme::current().px(320), Theme::current().px(140)}; }
QSize ChartView::minimumSizeHint() const {
    return {Theme::current().px(140), Theme::current().px(72)};
}

void ChartView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && m_parts && m_parts->plot) m_parts->plot->relayout();
}

void ChartView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_F9) {
        setTableShown(!isTableShown());
        return;
    }
    QWidget::keyPressEvent(event);
}

}  // namespace breakwater::widgets
