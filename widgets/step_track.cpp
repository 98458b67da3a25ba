#include "widgets/step_track.hpp"

#include <algorithm>

#include <QFontMetrics>
#include <QPainter>

namespace breakwater::widgets {
namespace {

QString stateWord(StepState state) {
    switch (state) {
        case StepState::Pending: return QStringLiteral("pending");
        case StepState::Running: return QStringLiteral("running");
        case StepState::Done: return QStringLiteral("done");
        case StepState::Late: return QStringLiteral("late");
        case StepState::Failed: return QStringLiteral("failed");
    }
    return {};
}

}  // namespace

StepTrack::StepTrack(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("steps of the act"));
}

void StepTrack::setSteps(const QVector<TrackStep>& steps) {
    m_steps = steps;
    QStringList words;
    for (const TrackStep& step : steps)
        words << step.name + u' ' + stateWord(step.state) + u' ' + step.detail;
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    update();
}

QSize StepTrack::sizeHint() const { return {Theme::current().px(720), Theme::current().px(54)}; }
QSize StepTrack::minimumSizeHint() const {
    return {Theme::current().px(360), Theme::current().px(54)};
}

void StepTrack::paintKnob(QPainter& painter, const QPointF& centre, StepState state) const {
    const Theme& theme = Theme::current();
    const double r = theme.pxF(6.5);
    if (state == StepState::Late || state == StepState::Failed) {
        const double side = theme.pxF(15);
        // Any step late is a P1.
        paintBadge(painter, QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side),
                   Priority::P1);
        return;
    }
    painter.setPen(theme.line(state == StepState::Pending ? Token::Ctl : Token::Text, 1.5));
    painter.setBrush(theme.color(state == StepState::Done ? Token::Text : Token::Panel));
    painter.drawEllipse(centre, r, r);
    if (state == StepState::Running) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(Token::Text));
        painter.drawEllipse(centre, r / 2.4, r / 2.4);
    }
}

void StepTrack::paintEvent(QPaintEvent*) {
    if (m_steps.isEmpty()) return;
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto count = static_cast<int>(m_steps.size());
    const double column = static_cast<double>(width()) / count;
    const double y = theme.pxF(12);
    const double first = theme.pxF(9);
    const auto knobX = [&](int i) { return first + column * i; };
    for (int i = 0; i + 1 < count; ++i) {
        const bool passed =
            m_steps[i].state == StepState::Done && m_steps[i + 1].state != StepState::Pending;
        painter.setPen(theme.line(passed ? Token::Text : Token::Line2, passed ? 1.8 : 1.5));
        painter.drawLine(QPointF(knobX(i) + theme.pxF(7), y),
                         QPointF(knobX(i + 1) - theme.pxF(7), y));
    }
    const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
    for (int i = 0; i < count; ++i) {
        const TrackStep& step = m_steps[i];
        paintKnob(painter, {knobX(i), y}, step.state);
        const QRect words(static_cast<int>(column * i) + theme.px(2), theme.px(25),
                          static_cast<int>(column) - theme.px(8), theme.px(16));
        const bool bad = step.state == StepState::Late || step.state == StepState::Failed;
        paintFigure(painter, words, step.name,
                    {bad ? FontRole::BodyStrong : FontRole::BodyMedium,
                     step.state == StepState::Pending ? Token::Secondary : Token::Text,
                     Priority::None, RowState::Plain, left});
        QString detail = step.detail;
        if (bad)
            detail = stateWord(step.state) + (detail.isEmpty() ? QString() : u' ' + detail);
        else if (detail.isEmpty())
            detail = step.limitText;
        paintFigure(painter, words.translated(0, theme.px(15)), detail,
                    {FontRole::Tick, bad ? Token::Text : Token::Muted, Priority::None,
                     RowState::Plain, left});
    }
}

}  // namespace breakwater::widgets
