#include "widgets/loss_plot.hpp"

#include <algorithm>
#include <cmath>

#include <QFontMetrics>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>

#include "widgets/format.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {

constexpr double headHeight = 38;
constexpr double rulerHeight = 58;
constexpr double lineHeight = 16;
constexpr double leastShare = 0.25;  // a loss is never lower than this share of the area
constexpr Qt::Alignment leftMiddle = Qt::AlignLeft | Qt::AlignVCenter;
constexpr Qt::Alignment rightMiddle = Qt::AlignRight | Qt::AlignVCenter;

void words(QPainter& painter, const QRectF& box, const QString& text, FontRole font, Token tone,
           Qt::Alignment align = leftMiddle) {
    paintFigure(painter, box.toRect(), text, {font, tone, Priority::None, RowState::Plain, align});
}

}  // namespace

LossPlot::LossPlot(QWidget* parent) : QWidget(parent) { setFocusPolicy(Qt::NoFocus); }

void LossPlot::show(const LossWaterfallData& next) {
    m_data = next;
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(next.layers.size()) - 1));
    update();
}

void LossPlot::moveCurrent(int by) {
    m_current =
        std::clamp(m_current + by, 0, std::max(0, static_cast<int>(m_data.layers.size()) - 1));
    update();
}

LossPlot::Flow LossPlot::flowAt(int layer) const {
    Flow flow;
    flow.before = m_data.loss;
    for (int i = 0; i < layer; ++i)
        flow.before -= m_data.layers[i].pays ? m_data.layers[i].paid : 0;
    flow.before = std::max(0.0, flow.before);
    const LossLayer& own = m_data.layers[layer];
    flow.after = std::max(0.0, flow.before - (own.pays ? own.paid : 0));
    return flow;
}

bool LossPlot::isNarrow() const { return column(0).width() < Theme::current().px(152); }

double LossPlot::figureHeight() const {
    return Theme::current().pxF(lineHeight) * (isNarrow() ? 4 : 2);
}

QRectF LossPlot::area() const {
    const Theme& theme = Theme::current();
    const double bottom = height() - theme.pxF(rulerHeight) - figureHeight() - theme.pxF(14);
    return {0, theme.pxF(headHeight), static_cast<double>(width()),
            std::max(10.0, bottom - theme.pxF(headHeight))};
}

// The bars keep to the whole pixels so that neighbours share their edges.
QRectF LossPlot::column(int index) const {
    const int count = static_cast<int>(m_data.layers.size()) + 1;
    const double each = static_cast<double>(width()) / count;
    const double left = std::round(each * index);
    return {left, 0, std::round(each * (index + 1)) - left, static_cast<double>(height())};
}

double LossPlot::barWidth() const { return std::min(22.0, column(0).width() / 5); }

double LossPlot::perMoney() const {
    double most = m_data.loss;
    for (int i = 0; i < m_data.layers.size(); ++i) {
        const LossLayer& layer = m_data.layers[i];
        if (!layer.pays) continue;
        if (!layer.has) break;  // what stands behind ADL is everybody's money: no yardstick
        most = std::max(most, flowAt(i).before + std::max(0.0, *layer.has - layer.paid));
    }
    if (m_data.loss > 0) most = std::min(most, m_data.loss / leastShare);
    return most > 0 ? area().height() / most : 0;
}

QRectF LossPlot::paidRect(int layer) const {
    const Flow flow = flowAt(layer);
    const double unit = perMoney();
    const double top = std::round(area().top() + flow.after * unit);
    const double bottom = std::round(area().top() + flow.before * unit);
    return {column(layer + 1).left(), top, barWidth(), bottom - top};
}

QRectF LossPlot::leftRect(int layer) const {
    const LossLayer& own = m_data.layers[layer];
    const double left = own.has ? std::max(0.0, *own.has - own.paid) : 0;
    const double top = paidRect(layer).bottom();
    // What is left of a layer that nothing reached hangs from the top.
    const double from = flowAt(layer).before > 0 ? top : area().top();
    const double height = std::min(std::round(left * perMoney()), area().bottom() - from);
    return {column(layer + 1).left(), from, barWidth(), std::max(0.0, height)};
}

void LossPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (!m_data.staleAge.isEmpty()) paintHatch(painter, rect());
    if (m_data.layers.isEmpty()) return;
    paintHeads(painter);
    paintLoss(painter);
    for (int layer = 0; layer < m_data.layers.size(); ++layer) {
        paintLayer(painter, layer);
        paintFigures(painter, layer);
    }
    paintRuler(painter);
    if (parentWidget() != nullptr && parentWidget()->hasFocus()) {
        const QRectF box = column(m_current + 1);
        focusRing(painter,
                  QRectF(box.left() - 4, 0, box.width() - 4, area().bottom() + figureHeight() + 14)
                      .toRect(),
                  3);
    }
}

void LossPlot::paintHeads(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const double line = theme.pxF(17);
    const auto head = [&](int index, const QString& name, const QString& caption) {
        const QRectF box = column(index).adjusted(0, 0, -theme.pxF(8), 0);
        words(painter, {box.left(), 0, box.width(), line}, name, FontRole::BodyStrong, Token::Text);
        words(painter, {box.left(), line, box.width(), line}, caption, FontRole::Caption,
              Token::Muted);
    };
    head(0, QStringLiteral("Loss"), m_data.lossCaption);
    for (int i = 0; i < m_data.layers.size(); ++i)
        head(i + 1, m_data.layers[i].name, m_data.layers[i].condition);
}

void LossPlot::paintBand(QPainter& painter, int fromColumn, double money) const {
    const Theme& theme = Theme::current();
    const double left = column(fromColumn).left() + barWidth();
    const double right = column(fromColumn + 1).left();
    const QRectF band(left, area().top(), right - left, std::round(money * perMoney()));
    if (band.height() < 1) return;
    if (theme.isHighContrast()) {
        painter.setPen(theme.hairline(Token::Line));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(band.adjusted(0, 0.5, 0, -0.5));
    } else {
        painter.fillRect(band, theme.color(Token::Band));
    }
    if (band.height() < theme.px(14)) return;
    words(painter, band, QStringLiteral("%1 goes on").arg(formatShort(money)), FontRole::Tick,
          Token::Secondary, Qt::AlignHCenter | Qt::AlignVCenter);
}

void LossPlot::paintLoss(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const QRectF bar(column(0).left(), area().top(), barWidth(),
                     std::max(1.0, std::round(m_data.loss * perMoney())));
    if (m_data.loss > 0) painter.fillRect(bar, theme.color(Token::Bar2));
    paintBand(painter, 0, m_data.loss);
    words(painter,
          {column(0).left(), area().bottom() + theme.pxF(10), column(0).width(),
           theme.pxF(lineHeight)},
          m_data.loss > 0 ? formatShort(m_data.loss) : QStringLiteral("nothing to pay"),
          m_data.loss > 0 ? FontRole::MonoBodyStrong : FontRole::Caption,
          m_data.loss > 0 ? Token::Text : Token::Muted);
}

void LossPlot::paintReached(QPainter& painter, int layer) const {
    const Theme& theme = Theme::current();
    const LossLayer& own = m_data.layers[layer];
    const QRectF paid = paidRect(layer);
    painter.fillRect(paid.height() >= 1 ? paid : paid.adjusted(0, 0, 0, own.paid > 0 ? 1 : 0),
                     theme.color(Token::Ser));
    paintLeft(painter, layer);
    const Flow flow = flowAt(layer);
    if (layer + 1 < m_data.layers.size()) paintBand(painter, layer + 1, flow.after);
}

void LossPlot::paintLeft(QPainter& painter, int layer) const {
    const Theme& theme = Theme::current();
    const LossLayer& own = m_data.layers[layer];
    const QRectF left = leftRect(layer);
    if (left.height() < 1) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(theme.hairline(Token::Text));
    painter.drawRect(left.adjusted(0.5, 0.5, -0.5, -0.5));
    const double whole = std::max(0.0, own.has.value_or(0) - own.paid) * perMoney();
    if (whole <= left.height() + 2) return;
    // More than the picture has room for: the bar is broken open.
    const double at = left.bottom() - theme.pxF(14);
    painter.fillRect(QRectF(left.left() - 2, at, left.width() + 4, theme.pxF(5)),
                     theme.color(Token::Panel));
    for (const double y : {at, at + theme.pxF(5)}) {
        painter.drawLine(QPointF(left.left() - theme.pxF(3), y + theme.pxF(2)),
                         QPointF(left.right() + theme.pxF(3), y - theme.pxF(2)));
    }
}

void LossPlot::paintLayer(QPainter& painter, int layer) const {
    const Theme& theme = Theme::current();
    const LossLayer& own = m_data.layers[layer];
    const Flow flow = flowAt(layer);
    const QRectF box = column(layer + 1);
    painter.setBrush(Qt::NoBrush);
    if (!own.pays) {
        // The loss passes by: a gate, not a payer.
        const QRectF gate(box.left(), area().top(), barWidth(), area().height());
        painter.setPen(theme.dashed(Token::Line2, 1, 2, 3));
        painter.drawRect(gate.adjusted(0.5, 0.5, -0.5, -0.5));
        if (flow.before > 0) {
            painter.fillRect(
                QRectF(gate.left(), gate.top(), gate.width(), std::round(flow.before * perMoney())),
                theme.color(Token::Band));
            if (layer + 1 < m_data.layers.size()) paintBand(painter, layer + 1, flow.before);
        }
        return;
    }
    if (flow.before > 0) return paintReached(painter, layer);
    const bool untouched = own.has && *own.has > 0;
    const QRectF bar =
        untouched ? leftRect(layer) : QRectF(box.left(), area().top(), barWidth(), area().height());
    if (untouched) {
        paintLeft(painter, layer);
    } else {
        painter.setPen(theme.dashed(Token::Ctl, 1, 4, 3));
        painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    const QRectF beside(box.left() + barWidth() + theme.pxF(6), area().top(),
                        box.width() - barWidth() - theme.pxF(12),
                        std::min(area().height(), std::max(bar.height(), theme.pxF(24))));
    words(painter, beside, untouched ? QStringLiteral("untouched") : QStringLiteral("not reached"),
          FontRole::Caption, Token::Muted);
}

void LossPlot::paintFigures(QPainter& painter, int layer) const {
    const Theme& theme = Theme::current();
    const LossLayer& own = m_data.layers[layer];
    const QRectF box = column(layer + 1).adjusted(0, 0, -theme.pxF(6), 0);
    const double top = area().bottom() + theme.pxF(10);
    const double line = theme.pxF(lineHeight);
    if (!own.pays) {
        words(painter, {box.left(), top, box.width(), line}, own.note, FontRole::Caption,
              Token::Secondary);
        return;
    }
    const bool narrow = isNarrow();
    const double half = narrow ? box.width() : box.width() / 2;
    const auto put = [&](int place, const QString& name, const QString& value, bool strong) {
        const double x = box.left() + (narrow ? 0 : (place % 2) * half);
        const double y = top + (narrow ? place : place / 2) * line;
        const double wide = theme.pxF(32);
        words(painter, {x, y, wide, line}, name, FontRole::Caption, Token::Muted);
        words(painter, {x + wide, y, half - wide - theme.pxF(4), line}, value,
              strong ? FontRole::MonoBodyStrong : FontRole::Tick,
              strong ? Token::Text : Token::Secondary);
    };
    put(0, QStringLiteral("has"), lossHasText(own), false);
    put(2, QStringLiteral("pays"), formatShort(own.paid), own.paid > 0);
    if (!own.has) return;
    put(1, QStringLiteral("left"), lossLeftText(own), false);
    put(3, QStringLiteral("used"), lossUsedText(own), false);
}

void LossPlot::paintTick(QPainter& painter, const QRectF& bar, double x, const QString& text,
                         double& freeTo) const {
    const Theme& theme = Theme::current();
    painter.fillRect(
        QRectF(std::round(x), bar.top() - theme.pxF(3), 1, bar.height() + theme.pxF(6)),
        theme.color(Token::Text));
    const double wide = QFontMetrics(theme.font(FontRole::Tick)).horizontalAdvance(text) + 2;
    const double left = std::clamp(x - wide / 2, 0.0, std::max(0.0, width() - wide));
    if (left + wide > freeTo) return;
    words(painter, {left, bar.bottom() + theme.pxF(5), wide, theme.pxF(15)}, text, FontRole::Tick,
          Token::Muted);
    freeTo = left - theme.pxF(10);
}

void LossPlot::paintLossMarker(QPainter& painter, const QRectF& bar, double x) const {
    const Theme& theme = Theme::current();
    const double half = theme.pxF(5);
    const double at = std::clamp(x, half, width() - half);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Token::Text));
    const double tip = bar.top() - theme.pxF(3);
    painter.drawPolygon(
        QPolygonF{{at - half, tip - theme.pxF(8)}, {at + half, tip - theme.pxF(8)}, {at, tip}});
    painter.restore();
    const QString text = QStringLiteral("the next dollar, after %1").arg(formatShort(m_data.loss));
    const double wide = QFontMetrics(theme.font(FontRole::Body)).horizontalAdvance(text) + 4;
    const bool right = at + half + wide + 6 <= width();
    words(painter,
          {right ? at + half + theme.pxF(5) : at - half - wide - theme.pxF(5), tip - theme.pxF(14),
           wide, theme.pxF(16)},
          text, FontRole::Body, Token::Text, right ? leftMiddle : rightMiddle);
}

void LossPlot::paintRuler(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const QRectF bar(0, height() - theme.pxF(32), width(), theme.pxF(10));
    // Only capped layers have a length; from the first without a cap on it is hatched.
    double filled = 0, ends = 0;
    struct Tick {
        double at;
        QString name;
    };
    QVector<Tick> ticks;
    for (int i = 0; i < m_data.layers.size(); ++i) {
        const LossLayer& own = m_data.layers[i];
        if (!own.pays) continue;
        if (i >= m_data.rulerFrom && i > 0)
            ticks.push_back({ends, QStringLiteral("%1 starts").arg(own.name)});
        filled += own.paid;
        // Margin that is left belongs to other accounts: it does not stand between.
        const double length = i < m_data.rulerFrom ? own.paid : own.has.value_or(0);
        if (i >= m_data.rulerFrom && !own.has) break;
        ends += length;
    }
    const double most = std::max(ends * 1.18, m_data.loss * 1.12);
    if (most <= 0) return;
    const double unit = width() / most;
    painter.fillRect(bar, theme.color(Token::Sunken));
    painter.fillRect(QRectF(bar.left(), bar.top(), ends * unit, bar.height()),
                     theme.color(Token::Band));
    const QRectF beyond(ends * unit, bar.top(), width() - ends * unit, bar.height());
    painter.fillRect(beyond, hatchBrush(theme.color(Token::Secondary), 0.7));
    painter.fillRect(QRectF(bar.left(), bar.top(), m_data.loss * unit, bar.height()),
                     theme.color(Token::Bar));
    words(painter,
          {width() - theme.pxF(60), bar.bottom() + theme.pxF(5), theme.pxF(60), theme.pxF(15)},
          QStringLiteral("loss, $"), FontRole::Caption, Token::Muted, rightMiddle);
    // Where two stand too close the later one speaks: it is the next to be reached.
    double freeTo = width() - theme.pxF(64);
    for (qsizetype i = ticks.size(); i-- > 0;) {
        paintTick(painter, bar, ticks[i].at * unit,
                  QStringLiteral("%1 %2").arg(formatShort(ticks[i].at), ticks[i].name), freeTo);
    }
    paintTick(painter, bar, 0, QStringLiteral("0"), freeTo);
    paintLossMarker(painter, bar, m_data.loss * unit);
}

void LossPlot::mousePressEvent(QMouseEvent* event) {
    for (int i = 0; i < m_data.layers.size(); ++i) {
        if (!column(i + 1).contains(event->position())) continue;
        m_current = i;
        update();
    }
    QWidget::mousePressEvent(event);
}

bool LossPlot::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (int i = 0; i < m_data.layers.size(); ++i) {
        if (!column(i + 1).contains(help->pos())) continue;
        const LossLayer& own = m_data.layers[i];
        QToolTip::showText(help->globalPos(),
                           QStringLiteral("%1 pays when %2%3")
                               .arg(own.name, own.condition,
                                    own.isOpen ? QStringLiteral(": it does now") : QString()),
                           this);
        return true;
    }
    QToolTip::hideText();
    return true;
}

}  // namespace breakwater::widgets
