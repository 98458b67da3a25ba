#include "widgets/loss_waterfall.hpp"

#include <algorithm>

#include <QKeyEvent>
#include <QStackedLayout>

#include "widgets/data_table.hpp"
#include "widgets/format.hpp"
#include "widgets/loss_plot.hpp"
#include "widgets/loss_table_model.hpp"

namespace breakwater::widgets {

struct LossWaterfall::Parts {
    LossWaterfallData loss;
    QStackedLayout* stack = nullptr;
    LossPlot* plot = nullptr;
    DataTable* table = nullptr;
    LossTableModel* model = nullptr;
};

QString lossHasText(const LossLayer& layer) {
    return layer.has ? formatShort(*layer.has) : QStringLiteral("no cap");
}

QString lossLeftText(const LossLayer& layer) {
    return layer.has ? formatShort(std::max(0.0, *layer.has - layer.paid))
                     : QStringLiteral("no cap");
}

QString lossUsedText(const LossLayer& layer) {
    if (!layer.has || *layer.has <= 0) return layer.paid > 0 ? QString() : QStringLiteral("0%");
    return formatPercent(layer.paid / *layer.has);
}

LossWaterfall::LossWaterfall(QWidget* parent)
    : QWidget(parent), m_parts(std::make_unique<Parts>()) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(QStringLiteral("loss waterfall"));
    m_parts->stack = new QStackedLayout(this);
    m_parts->stack->setContentsMargins(0, 0, 0, 0);
    m_parts->plot = new LossPlot(this);
    m_parts->stack->addWidget(m_parts->plot);
}

LossWaterfall::~LossWaterfall() = default;

void LossWaterfall::setData(const LossWaterfallData& next) {
    m_parts->loss = next;
    setAccessibleName(next.name.isEmpty() ? QStringLiteral("loss waterfall") : next.name);
    QStringList lines{QStringLiteral("loss ") + formatShort(next.loss)};
    for (const LossLayer& layer : next.layers) {
        lines << (layer.pays ? QStringLiteral("%1 has %2, pays %3")
                                   .arg(layer.name, lossHasText(layer), formatShort(layer.paid))
                             : layer.name + QStringLiteral(": ") + layer.note);
    }
    setAccessibleDescription(lines.join(QStringLiteral("; ")) +
                             QStringLiteral("; F9 shows a table"));
    m_parts->plot->show(next);
    if (isTableShown()) m_parts->model->setData(next);
}

const LossWaterfallData& LossWaterfall::data() const { return m_parts->loss; }

void LossWaterfall::setTableShown(bool shown) {
    if (shown == isTableShown()) return;
    if (shown && m_parts->table == nullptr) {
        m_parts->model = new LossTableModel(this);
        m_parts->table = new DataTable(accessibleName() + QStringLiteral(", table"), this);
        m_parts->table->setModel(m_parts->model);
        m_parts->table->setColumnWidths({120, 240, 124, 124, 124, 60, 200});
        m_parts->table->setStretchColumn(LossTableModel::Note);
        m_parts->stack->addWidget(m_parts->table);
    }
    const bool focused = hasFocus() || (m_parts->table != nullptr && m_parts->table->hasFocus());
    if (shown) m_parts->model->setData(m_parts->loss);
    m_parts->stack->setCurrentIndex(shown ? 1 : 0);
    if (focused) {
        if (shown)
            m_parts->table->setFocus(Qt::OtherFocusReason);
        else
            setFocus(Qt::OtherFocusReason);
    }
    emit tableShownChanged(shown);
}

bool LossWaterfall::isTableShown() const { return m_parts->stack->currentIndex() == 1; }
QRectF LossWaterfall::paidRect(int layer) const { return m_parts->plot->paidRect(layer); }
QRectF LossWaterfall::leftRect(int layer) const { return m_parts->plot->leftRect(layer); }

QSize LossWaterfall::sizeHint() const {
    return {Theme::current().px(760), Theme::current().px(280)};
}
QSize LossWaterfall::minimumSizeHint() const {
    return {Theme::current().px(420), Theme::current().px(200)};
}

void LossWaterfall::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_F9) return setTableShown(!isTableShown());
    if (!isTableShown() && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right))
        return m_parts->plot->moveCurrent(event->key() == Qt::Key_Left ? -1 : 1);
    QWidget::keyPressEvent(event);
}

}  // namespace breakwater::widgets
