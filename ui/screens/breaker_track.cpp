#include "ui/screens/breaker_track.hpp"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/labels.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::StepState;
using widgets::TrackStep;

constexpr Duration kAcceptLimit = Duration::seconds(1);
constexpr Duration kEffectLimit = Duration::seconds(3);

QString after(Duration passed) { return widgets::formatAge(millis(passed)); }

TrackStep acceptStep(const TrackedCommand& tracked, Instant now) {
    TrackStep step{QStringLiteral("Accepted"), {}, QStringLiteral("limit 1 s"), StepState::Running};
    if (tracked.outcome) {
        step.detail = after(tracked.outcome->time - tracked.commandedAt);
        step.state = StepState::Done;
        if (!tracked.outcome->accepted) {
            step.name = QStringLiteral("Refused");
            step.state = StepState::Failed;
        }
    } else if (now - tracked.commandedAt > kAcceptLimit) {
        step.detail = after(now - tracked.commandedAt);
        step.state = StepState::Late;
    }
    return step;
}

TrackStep effectStep(const TrackedCommand& tracked, Instant now) {
    TrackStep step{
        QStringLiteral("Effective"), {}, QStringLiteral("limit 3 s"), StepState::Pending};
    if (!tracked.outcome || !tracked.outcome->accepted) return step;
    step.detail = QStringLiteral("%1 of %2").arg(tracked.effective).arg(tracked.markets.size());
    if (tracked.effectiveAt) {
        step.detail +=
            QStringLiteral(", %1").arg(after(*tracked.effectiveAt - tracked.commandedAt));
        step.state = StepState::Done;
    } else {
        step.state =
            now - tracked.commandedAt > kEffectLimit ? StepState::Late : StepState::Running;
    }
    return step;
}

}  // namespace

void follow(TrackedCommand& tracked, const view::Snapshot& snapshot) {
    if (!tracked.outcome && snapshot.commands) {
        for (const view::CommandOutcome& outcome : *snapshot.commands) {
            if (outcome.id == tracked.command.id) tracked.outcome = outcome;
        }
    }
    if (!tracked.outcome || !tracked.outcome->accepted || tracked.effectiveAt) return;
    tracked.effective = 0;
    for (const InstrumentId id : tracked.markets) {
        if (id.value() >= snapshot.breakers->size()) continue;
        const BreakerState& breaker = (*snapshot.breakers)[id.value()];
        const bool renewed = tracked.command.kind == CommandKind::Renew;
        if (renewed ? breaker.effective == breaker.level
                    : breaker.effective == tracked.command.level) {
            ++tracked.effective;
        }
    }
    if (tracked.effective == tracked.markets.size()) tracked.effectiveAt = snapshot.asOf;
}

QVector<TrackStep> stepsOf(const std::optional<TrackedCommand>& tracked, Instant armedAt,
                           Instant now) {
    QVector<TrackStep> steps{
        {QStringLiteral("Armed"), {}, {}, StepState::Pending},
        {QStringLiteral("Commanded"), {}, {}, StepState::Pending},
        {QStringLiteral("Accepted"), {}, QStringLiteral("limit 1 s"), StepState::Pending},
        {QStringLiteral("Effective"), {}, QStringLiteral("limit 3 s"), StepState::Pending}};
    if (armedAt != Instant()) {
        steps[0].detail = clockText(armedAt);
        steps[0].state = StepState::Done;
        if (!tracked) return steps;
    }
    if (!tracked) return steps;
    steps[0].detail = clockText(tracked->armedAt);
    steps[0].state = StepState::Done;
    steps[1].detail = clockText(tracked->commandedAt);
    steps[1].state = StepState::Done;
    steps[2] = acceptStep(*tracked, now);
    steps[3] = effectStep(*tracked, now);
    return steps;
}

TrackPanel::TrackPanel(QWidget* parent) : PanelFrame(QStringLiteral("Track"), parent) {
    setNumber(3);
    setCaption(QStringLiteral("until the venue is seen to obey"));
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    m_track = new widgets::StepTrack(body);
    m_track->setAccessibleName(QStringLiteral("Progress of the last act"));
    m_words = sentenceLabel(body);
    column->addWidget(m_track);
    column->addWidget(m_words);
    column->addStretch(1);
    setContent(body);
}

void TrackPanel::refresh(const std::optional<TrackedCommand>& tracked, Instant armedAt,
                         Instant now) {
    m_track->setSteps(stepsOf(tracked, armedAt, now));
    QString words = QStringLiteral("No act was sent from this desk yet.");
    if (armedAt != Instant()) words = QStringLiteral("Armed; nothing was sent.");
    if (tracked) {
        const auto number = QString::number(tracked->command.id.value());
        words = QStringLiteral("Command %1 is on its way.").arg(number);
        if (tracked->outcome) {
            words = QStringLiteral("Command %1 %2: %3.")
                        .arg(number,
                             tracked->outcome->accepted ? QStringLiteral("accepted")
                                                        : QStringLiteral("refused"),
                             text(tracked->outcome->text));
        }
    }
    m_words->setText(words);
}

}  // namespace breakwater::ui
