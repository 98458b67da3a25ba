#include "widgets/lanes.hpp"

#include <QKeyEvent>
#include <QStackedLayout>

#include "widgets/data_table.hpp"
#include "widgets/lanes_plot.hpp"
#include "widgets/lanes_table_model.hpp"

namespace breakwater::widgets {

Lanes::Lanes(QWidget* parent) : QWidget(parent), m_stack(new QStackedLayout(this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setFocusPolicy(Qt::StrongFocus);
    m_plot = new LanesPlot(this);
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_plot);
    setFocusProxy(m_plot);
    connect(m_plot, &LanesPlot::cursorMoved, this, &Lanes::cursorMoved);
    connect(m_plot, &LanesPlot::probeMoved, this, &Lanes::probeMoved);
    connect(m_plot, &LanesPlot::rangeSelected, this, &Lanes::rangeSelected);
    connect(m_plot, &LanesPlot::rangeCleared, this, &Lanes::rangeCleared);
}

Lanes::~Lanes() = default;

void Lanes::setData(const LanesData& next) {
    setAccessibleName(next.title);
    setAccessibleDescription(QStringLiteral("%1 lanes, F9 shows a table").arg(next.lanes.size()));
    m_plot->setData(next);
    if (isTableShown()) m_model->setData(next);
}

const LanesData& Lanes::data() const { return m_plot->data(); }

void Lanes::setMode(LanesMode mode) { m_plot->setMode(mode); }

void Lanes::setCursorAt(double utcMs) { m_plot->setCursorAt(utcMs); }

double Lanes::readAt() const { return m_plot->readAt(); }

void Lanes::setReadings(const QVector<LaneReading>& readings) { m_plot->setReadings(readings); }

void Lanes::setSelection(std::optional<TimeRange> range) { m_plot->setSelection(range); }

void Lanes::setTableShown(bool shown) {
    if (shown == isTableShown()) return;
    if (shown && m_table == nullptr) {
        m_model = new LanesTableModel(this);
        m_table = new DataTable(accessibleName() + QStringLiteral(", table"), this);
        m_table->setModel(m_model);
        m_stack->addWidget(m_table);
    }
    const bool focused = m_plot->hasFocus() || (m_table != nullptr && m_table->hasFocus());
    if (shown) {
        m_model->setData(m_plot->data());
        m_table->setColumnWidths(m_model->widths());
        m_table->selectRowQuietly(m_model->rowAt(readAt()));
        m_table->scrollTo(m_table->currentIndex(), QAbstractItemView::PositionAtCenter);
    }
    m_stack->setCurrentIndex(shown ? 1 : 0);
    QWidget* front = shown ? static_cast<QWidget*>(m_table) : m_plot;
    setFocusProxy(front);
    if (focused) front->setFocus(Qt::OtherFocusReason);
}

bool Lanes::isTableShown() const { return m_stack->currentIndex() == 1; }

QSize Lanes::sizeHint() const { return {Theme::current().px(900), Theme::current().px(400)}; }

QSize Lanes::minimumSizeHint() const {
    return {Theme::current().px(480), Theme::current().px(200)};
}

void Lanes::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_F9) {
        setTableShown(!isTableShown());
        return;
    }
    QWidget::keyPressEvent(event);
}

}  // namespace breakwater::widgets
