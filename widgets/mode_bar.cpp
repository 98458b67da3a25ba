#include "widgets/mode_bar.hpp"

#include <algorithm>
#include <cmath>

#include <QFontMetrics>
#include <QHBoxLayout>

#include "widgets/format.hpp"
#include "widgets/icons.hpp"
#include "widgets/paint_util.hpp"
#include "widgets/small_tool.hpp"

namespace breakwater::widgets {
namespace {

QString chipText(Mode mode, const QString& detail) {
    return detail.isEmpty() ? modeWord(mode) : modeWord(mode) + u' ' + detail;
}

}  // namespace

QString modeWord(Mode mode) {
    switch (mode) {
        case Mode::Live: return QStringLiteral("LIVE");
        case Mode::WhatIf: return QStringLiteral("WHAT-IF");
        case Mode::Past: return QStringLiteral("PAST");
        case Mode::Drill: return QStringLiteral("DRILL");
        case Mode::ReadOnly: return QStringLiteral("READ-ONLY");
    }
    return {};
}

ModeChip::ModeChip(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setMode(Mode::Live, {});
}

void ModeChip::setMode(Mode mode, const QString& detail) {
    m_mode = mode;
    m_detail = detail;
    setAccessibleName(QStringLiteral("mode ") + chipText(mode, detail));
    updateGeometry();
    update();
}

QSize ModeChip::sizeHint() const {
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.font(FontRole::CardTitle));
    return {metrics.horizontalAdvance(chipText(m_mode, m_detail)) +
                theme.px(m_mode == Mode::Past ? 28 : 22),
            theme.px(24)};
}

void ModeChip::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const int inset = theme.px(1);
    const QRect box = rect().adjusted(0, inset, 0, -inset);
    roundedBox(painter, box, Token::Panel, Token::Ctl, 4);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF edge = QRectF(box).adjusted(1, 1, -1, -1);
    const double radius = theme.pxF(3);
    painter.setBrush(Qt::NoBrush);
    if (m_mode == Mode::WhatIf) {
        painter.setPen(QPen(hatchBrush(theme.color(Token::Violet), 1), theme.pxF(5)));
        painter.drawRoundedRect(edge.adjusted(1.5, 1.5, -1.5, -1.5), radius, radius);
        painter.setPen(theme.line(Token::Violet, 1));
        painter.drawRoundedRect(edge, radius, radius);
    } else if (m_mode == Mode::Drill) {
        QPen dots = theme.line(Token::Teal, 2);
        dots.setCapStyle(Qt::RoundCap);
        dots.setDashPattern({0.01, 2.0});
        painter.setPen(dots);
        painter.drawRoundedRect(edge, radius, radius);
    } else if (m_mode == Mode::Past) {
        painter.setPen(theme.line(Token::Text, 1));
        painter.drawRoundedRect(edge, radius, radius);
        const double step = theme.pxF(3);
        painter.drawRoundedRect(edge.adjusted(step, step, -step, -step), 1, 1);
    }
    painter.setFont(theme.font(FontRole::CardTitle));
    painter.setPen(theme.color(Token::Text));
    if (m_mode == Mode::WhatIf) {
        // The hatch must not run under the letters.
        const int pad = theme.px(6);
        painter.fillRect(box.adjusted(pad, theme.px(5), -pad, -theme.px(5)),
                         theme.color(Token::Panel));
    }
    painter.drawText(box, Qt::AlignCenter, chipText(m_mode, m_detail));
}

ModeBar::ModeBar(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("mode, time and people"));
    m_chip = new ModeChip(this);
    m_time = new RunLabel(this);
    m_who = new RunLabel(this);
    m_shift = new RunLabel(this);
    m_speedArea = new QWidget(this);
    m_speedArea->setAccessibleName(QStringLiteral("speed of the embedded venue"));
    m_factor = new RunLabel(m_speedArea);
    m_search = new RunButton(this);
    m_search->setOutlined(true);
    m_search->setRuns({Run::body(QStringLiteral("Search or command"), Token::Muted),
                       Run::key(QKeySequence(QStringLiteral("Ctrl+K"))).after(60)});
    connect(m_search, &QAbstractButton::clicked, this, &ModeBar::searchRequested);

    m_speedLayout = new QHBoxLayout(m_speedArea);
    m_pause = new SmallTool(m_speedArea);
    m_step = new SmallTool(m_speedArea);
    m_step->setAccessibleName(QStringLiteral("step one instant"));
    m_step->setToolTip(QStringLiteral("Step one instant"));
    static_cast<SmallTool*>(m_step)->setIconShape(Icon::Step);
    connect(m_pause, &QToolButton::clicked, this,
            [this] { emit pauseToggled(m_data.speed && !m_data.speed->paused); });
    connect(m_step, &QToolButton::clicked, this, &ModeBar::stepRequested);
    m_speedLayout->addWidget(m_factor);
    m_speedLayout->addWidget(m_pause);
    m_speedLayout->addWidget(m_step);

    auto* layout = new QHBoxLayout(this);
    layout->addWidget(m_chip);
    layout->addWidget(m_time);
    layout->addWidget(m_who, 1);
    layout->addWidget(m_speedArea);
    layout->addWidget(m_shift);
    layout->addWidget(m_search);
    applyMetrics();
    setData({});
}

void ModeBar::setData(const ModeBarData& next) {
    const bool rebuild = (next.speed ? next.speed->choices : QVector<double>{}) !=
                         (m_data.speed ? m_data.speed->choices : QVector<double>{});
    m_data = next;
    m_chip->setMode(next.mode, next.modeDetail);
    m_time->setRuns(
        {Run::figure(formatDate(next.instantMs), Priority::None, FontRole::Figure),
         Run::figure(formatInstantTenths(next.instantMs), Priority::None, FontRole::Figure)
             .after(14)});
    Runs who{Run::rule().after(4),
             Run::caption(QStringLiteral("venue")).after(12),
             Run::strong(next.venue),
             Run::rule(),
             Run::caption(QStringLiteral("officer")).after(12),
             Run::strong(next.officer)};
    if (!next.officerRole.isEmpty()) who.push_back(Run::caption(next.officerRole));
    if (!next.second.isEmpty()) {
        who.push_back(Run::caption(QStringLiteral("second")).after(14));
        who.push_back(Run::body(next.second));
    }
    if (!next.opened.isEmpty()) {
        who.push_back(Run::caption(QStringLiteral("opened from")).after(14));
        who.push_back(Run::strong(next.opened));
    }
    m_who->setRuns(std::move(who));
    m_shift->setRuns({Run::body(next.shift, Token::Muted)});
    m_shift->setVisible(!next.shift.isEmpty());
    m_search->setVisible(next.search);
    m_speedArea->setVisible(next.speed.has_value());
    if (rebuild) rebuildSpeed();
    refreshSpeed();
}

void ModeBar::rebuildSpeed() {
    for (QToolButton* button : std::as_const(m_speeds))
        button->deleteLater();
    m_speeds.clear();
    if (!m_data.speed) return;
    for (double factor : std::as_const(m_data.speed->choices)) {
        auto* button = new SmallTool(m_speedArea);
        button->setText(formatSpeed(factor));
        button->setCheckable(true);
        button->setAccessibleName(QStringLiteral("speed ") + formatSpeed(factor));
        button->setToolTip(m_data.speed->what + QStringLiteral(" at ") + formatSpeed(factor));
        connect(button, &QToolButton::clicked, this, [this, factor] {
            refreshSpeed();  // the mark follows the engine's answer, not the click
            emit speedRequested(factor);
        });
        m_speedLayout->addWidget(button);
        m_speeds.push_back(button);
    }
}

void ModeBar::refreshSpeed() {
    if (!m_data.speed) return;
    const SpeedControl& speed = *m_data.speed;
    // Above x1 the bar says so: figures move faster than the officer's clock.
    m_factor->setRuns(
        {Run::caption(QStringLiteral("speed")),
         Run::figure(speed.paused ? QStringLiteral("paused") : formatSpeed(speed.factor),
                     Priority::None, FontRole::MonoBodyStrong)});
    auto* pause = static_cast<SmallTool*>(m_pause);
    pause->setIconShape(speed.paused ? Icon::Play : Icon::Pause);
    const QString name = speed.paused ? QStringLiteral("resume") : QStringLiteral("pause");
    pause->setAccessibleName(name);
    pause->setToolTip(speed.paused ? QStringLiteral("Resume") : QStringLiteral("Pause"));
    m_step->setEnabled(speed.paused);
    for (qsizetype i = 0; i < m_speeds.size() && i < speed.choices.size(); ++i) {
        m_speeds[i]->setChecked(!speed.paused && std::fabs(speed.choices[i] - speed.factor) < 1e-9);
    }
}

void ModeBar::applyMetrics() {
    const Theme& theme = Theme::current();
    layout()->setContentsMargins(theme.px(12), 0, theme.px(12), 1);
    layout()->setSpacing(theme.px(14));
    m_speedLayout->setContentsMargins(0, 0, 0, 0);
    m_speedLayout->setSpacing(theme.px(4));
    m_search->setMinimumWidth(theme.px(220));
}

QSize ModeBar::sizeHint() const { return {Theme::current().px(1200), Theme::current().px(36)}; }
QSize ModeBar::minimumSizeHint() const {
    return {Theme::current().px(480), Theme::current().px(36)};
}

void ModeBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().color(Token::Panel));
    hline(painter, 0, width() - 1, height() - 1, Token::Line);
}

void ModeBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && layout()) applyMetrics();
}

}  // namespace breakwater::widgets
