#include "widgets/alarm_strip.hpp"

#include <algorithm>

#include <QHBoxLayout>

#include "widgets/format.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {

QString counted(int count, Priority priority) {
    return QString::number(count) + u' ' + priorityWord(priority);
}

// What must never be cut: figures, counts and the words without which they mean nothing.
Run whole(Run run) {
    run.keep = RunKeep::Figure;
    return run;
}

// 10 and 30 alarms in ten minutes: the end of the bar is three limits away.
KpiBarData loadOf(const AlarmStripData& data) {
    KpiBarData bar;
    bar.name = {};
    bar.value = data.in10Min;
    bar.maximum = std::max(1.0, data.in10MinLimit * 2);
    bar.limit = data.in10MinLimit;
    bar.limitPriority = Priority::P2;
    bar.text = formatShort(data.in10Min);
    return bar;
}

}  // namespace

AlarmStrip::AlarmStrip(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("alarms"));
    m_prefix = new RunLabel(this);
    m_chip = new RunButton(this);
    m_chip->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_cause = new RunButton(this);
    m_ack = new RunButton(this);
    m_high = new RunButton(this);
    m_low = new RunButton(this);
    m_calm = new RunLabel(this);
    m_loadName = new RunLabel(this);
    m_load = new KpiBar(KpiLayout::Inline, this);
    m_mix = new RunLabel(this);
    m_shelved = new RunButton(this);
    m_mute = new RunButton(this);
    m_calm->setRuns({Run::badge(Priority::None), Run::body(QStringLiteral("no open alarms"))});

    auto* row = new QHBoxLayout(this);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_prefix, m_chip, m_cause, m_ack, m_high, m_low, m_calm}) {
        row->addWidget(widget);
    }
    row->addStretch(1);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_loadName, m_load, m_mix, m_shelved, m_mute}) {
        row->addWidget(widget);
    }
    const auto openWorst = [this] {
        emit openRequested(m_data.worst ? m_data.worst->priority : Priority::None);
    };
    connect(m_chip, &QAbstractButton::clicked, this, openWorst);
    connect(m_cause, &QAbstractButton::clicked, this, openWorst);
    connect(m_ack, &QAbstractButton::clicked, this, &AlarmStrip::acknowledgeRequested);
    connect(m_high, &QAbstractButton::clicked, this, [this] { emit openRequested(Priority::P2); });
    connect(m_low, &QAbstractButton::clicked, this, [this] { emit openRequested(Priority::P3); });
    connect(m_shelved, &QAbstractButton::clicked, this, &AlarmStrip::shelvedRequested);
    connect(m_mute, &QAbstractButton::clicked, this, &AlarmStrip::muteRequested);
    m_blink.setInterval(500);
    connect(&m_blink, &QTimer::timeout, this, &AlarmStrip::blink);
    applyMetrics();
    refresh();
}

void AlarmStrip::setData(const AlarmStripData& next) {
    m_data = next;
    refresh();
}

void AlarmStrip::refresh() {
    const auto& worst = m_data.worst;
    const bool blinking = worst && worst->priority == Priority::P1 && worst->unackedMs >= 0 &&
                          !Theme::current().reducedMotion();
    if (blinking && !m_blink.isActive()) m_blink.start();
    if (!blinking) {
        m_blink.stop();
        m_blinkOn = true;
    }
    m_prefix->setRuns({whole(Run::body(m_data.prefix, Token::Muted))});
    m_prefix->setVisible(!m_data.prefix.isEmpty());
    for (QWidget* widget : std::initializer_list<QWidget*>{m_chip, m_cause, m_ack})
        widget->setVisible(worst.has_value());
    m_high->setVisible(m_data.high > 0);
    m_low->setVisible(m_data.low > 0);
    m_calm->setVisible(!worst && m_data.high == 0 && m_data.low == 0);
    // Explanations give way before counts do.
    for (const Detail detail :
         {Detail::Full, Detail::NoHighText, Detail::NoChildren, Detail::NoCaptions}) {
        build(detail);
        if (wantedWidth() <= width()) break;
    }
    // At once: a strip that is a frame late would show a count under a word of the old layout.
    layout()->invalidate();
    layout()->activate();
    update();
}

int AlarmStrip::wantedWidth() const {
    int wanted = layout()->contentsMargins().left() + layout()->contentsMargins().right();
    for (const QWidget* child : findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
        if (child->isHidden()) continue;
        const int own = child == m_load ? m_load->minimumWidth() : child->sizeHint().width();
        wanted += own + layout()->spacing();
    }
    return wanted;
}

void AlarmStrip::build(Detail detail) {
    m_loadName->setVisible(detail != Detail::NoCaptions || m_data.flood);
    if (m_data.worst) buildWorst(detail);
    m_high->setRuns({Run::rule(), Run::badge(Priority::P2).after(12),
                     whole(Run::strong(counted(m_data.high, Priority::P2))),
                     Run::body(detail == Detail::Full ? m_data.highText : QString())});
    m_high->setAccessibleDescription(m_data.highText);
    m_low->setRuns({Run::rule(), Run::badge(Priority::P3).after(12),
                    whole(Run::strong(counted(m_data.low, Priority::P3)))});
    buildLoad(detail);
}

void AlarmStrip::buildWorst(Detail detail) {
    const AlarmHead& worst = *m_data.worst;
    m_chip->setFill(priorityToken(worst.priority));
    m_chip->setRuns({m_blinkOn ? Run::badge(worst.priority) : Run::space(15),
                     whole(Run::strong(counted(worst.count, worst.priority)))});
    m_chip->setAccessibleName(counted(worst.count, worst.priority));
    m_cause->setRuns({Run::strong(worst.cause),
                      Run::body(detail < Detail::NoChildren ? worst.children : QString())});
    m_cause->setToolTip(worst.cause + u' ' + worst.children);
    Runs ack;
    if (worst.unackedMs >= 0) {
        ack = {whole(Run::caption(QStringLiteral("unacked"))),
               Run::figure(formatCountdown(worst.unackedMs), Priority::None,
                           FontRole::MonoBodyStrong)};
    } else {
        ack = {whole(Run::caption(QStringLiteral("acknowledged")))};
    }
    if (worst.actWithinMs >= 0 && detail != Detail::NoCaptions) {
        ack.push_back(whole(
            Run::caption(QStringLiteral("act within ") + formatCountdown(worst.actWithinMs))));
    }
    if (worst.unackedMs >= 0) ack.push_back(Run::key(QKeySequence(Qt::Key_F8)));
    m_ack->setRuns(ack);
    m_ack->setEnabled(worst.unackedMs >= 0);
    m_ack->setAccessibleName(QStringLiteral("acknowledge: ") + worst.cause);
    m_ack->setToolTip(QStringLiteral("Acknowledge this alarm (F8)"));
}

void AlarmStrip::buildLoad(Detail detail) {
    m_loadName->setRuns({whole(Run::caption(m_data.flood ? QStringLiteral("Alarm flood, in 10 min")
                                                         : QStringLiteral("Alarms in 10 min")))});
    m_load->setData(loadOf(m_data));
    m_load->setAccessibleName(QStringLiteral("alarms in 10 minutes"));
    const Run mix = Run::figure(
        QStringLiteral("%1 / %2 / %3").arg(m_data.mixP1).arg(m_data.mixP2).arg(m_data.mixP3));
    Runs load;
    if (detail != Detail::NoCaptions)
        load.push_back(
            whole(Run::caption(QStringLiteral("limit ") + formatShort(m_data.in10MinLimit))));
    load.push_back(whole(Run::caption(QStringLiteral("mix")).after(16)));
    load.push_back(mix);
    m_mix->setRuns(load);
    m_shelved->setRuns({whole(Run::caption(QStringLiteral("shelved"))),
                        Run::figure(QString::number(m_data.shelved))});
    m_shelved->setToolTip(QStringLiteral("Show shelved alarms"));
    if (m_data.muteLeftMs > 0) {
        m_mute->setRuns({whole(Run::caption(QStringLiteral("muted"))),
                         Run::figure(formatCountdown(m_data.muteLeftMs))});
    } else {
        m_mute->setRuns({whole(Run::body(QStringLiteral("mute"), Token::Muted))});
    }
    m_mute->setAccessibleName(m_data.muteLeftMs > 0 ? QStringLiteral("sound muted")
                                                    : QStringLiteral("mute sound"));
    m_mute->setToolTip(QStringLiteral("Mute sound for 2 min"));
}

void AlarmStrip::blink() {
    m_blinkOn = !m_blinkOn;
    if (!m_data.worst) return;
    const AlarmHead& worst = *m_data.worst;
    m_chip->setRuns({m_blinkOn ? Run::badge(worst.priority) : Run::space(15),
                     Run::strong(counted(worst.count, worst.priority))});
}

void AlarmStrip::applyMetrics() {
    const Theme& theme = Theme::current();
    layout()->setContentsMargins(theme.px(12), 0, theme.px(8), 1);
    layout()->setSpacing(theme.px(6));
    m_load->setFixedWidth(theme.px(124));
}

QSize AlarmStrip::sizeHint() const { return {Theme::current().px(1200), Theme::current().px(32)}; }
QSize AlarmStrip::minimumSizeHint() const {
    return {Theme::current().px(480), Theme::current().px(32)};
}

void AlarmStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().color(Token::Raised));
    hline(painter, 0, width() - 1, height() - 1, Token::Line);
}

void AlarmStrip::resizeEvent(QResizeEvent*) { refresh(); }

void AlarmStrip::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::StyleChange || !m_mute) return;
    applyMetrics();
    refresh();
}

}  // namespace breakwater::widgets
