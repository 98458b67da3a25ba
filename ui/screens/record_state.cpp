#include "ui/screens/record_state.hpp"

#include <QFileInfo>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/labels.hpp"
#include "ui/make_data.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"
#include "widgets/text_run.hpp"

namespace breakwater::ui {
namespace {

using widgets::FontRole;
using widgets::Priority;
using widgets::Run;

QString count(std::uint64_t value) {
    return widgets::formatCount(static_cast<std::int64_t>(value));
}

QString fileName(const std::string& path) { return QFileInfo(text(path)).fileName(); }

}  // namespace

RecordStatePanel::RecordStatePanel(QWidget* parent)
    : PanelFrame(QStringLiteral("State of the record"), parent) {
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    m_top = new widgets::RunLabel(body);
    m_facts = new widgets::FactList(body);
    m_sentence = sentenceLabel(body);
    column->addWidget(m_top);
    column->addWidget(m_sentence);
    column->addWidget(m_facts);
    column->addStretch(1);
    setContent(body);
}

void RecordStatePanel::say(const QString& state, const QString& verdict, Priority priority) {
    m_verdict = verdict;
    widgets::Runs runs;
    if (priority != Priority::None) runs.push_back(Run::badge(priority));
    runs.push_back(Run::strong(verdict));
    if (!state.isEmpty()) runs.push_back(Run::figure(state));
    m_top->setRuns(runs);
    m_top->setAccessibleName(widgets::runsText(runs));
}

void RecordStatePanel::showPast(const PastStatus& past) {
    setTitle(QStringLiteral("State at the cursor"));
    setCaption(QStringLiteral("%1, computed again").arg(fileName(past.path)));
    const bool differs = past.recorded && *past.recorded != past.computed;
    const QString hex = past.digestAt == 0 ? QString() : text(past.computed.toShortHex());
    if (differs || !past.difference.empty())
        say(hex, QStringLiteral("DIFFERS from the record"), Priority::P1);
    else if (past.damaged)
        say(hex, QStringLiteral("The record is DAMAGED"), Priority::P1);
    else if (past.recorded)
        say(hex, QStringLiteral("Equals the record"), Priority::None);
    else
        say({}, QStringLiteral("No digest recorded this early"), Priority::None);
    QVector<widgets::Fact> facts;
    facts.append(
        fact(QStringLiteral("shown"),
             QStringLiteral("%1, input %2").arg(clockText(past.time), count(past.sequence))));
    if (past.recorded) {
        widgets::Fact recorded =
            fact(QStringLiteral("recorded digest"),
                 QStringLiteral("%1 at input %2")
                     .arg(text(past.recorded->toShortHex()), count(past.digestAt)));
        if (differs) recorded.priority = Priority::P1;
        facts.append(recorded);
    }
    facts.append(past.verified < 1 && past.verdict.empty()
                     ? fact(QStringLiteral("chain checked"), widgets::formatPercent(past.verified))
                     : fact(QStringLiteral("whole record"), text(past.verdict), FontRole::Body));
    if (past.damaged) facts.last().priority = Priority::P1;
    facts.append(fact(QStringLiteral("ends"),
                      QStringLiteral("input %1, %2")
                          .arg(count(past.lastSequence),
                               past.closed ? QStringLiteral("closed")
                                           : QStringLiteral("not closed by its writer")),
                      FontRole::Body));
    m_facts->setFacts(facts);
    m_facts->setToolTip(text(past.path));
    const std::string& wrong = !past.difference.empty() ? past.difference : past.error;
    m_sentence->setText(text(wrong));
    m_sentence->setVisible(!wrong.empty());
}

void RecordStatePanel::showLive(const view::Snapshot* names, const DeskStatus& status) {
    setTitle(QStringLiteral("State of the record"));
    setCaption(status.recording
                   ? QStringLiteral("%1, being written").arg(fileName(status.recordPath))
                   : fileName(status.recordPath));
    if (!status.recordError.empty())
        say({}, QStringLiteral("Recording stopped"),
            priorityOf(view::recordOf(view::AlarmKind::RecordStopped).priority));
    else if (status.recording)
        say({}, QStringLiteral("Recording"), Priority::None);
    else
        say({}, QStringLiteral("Not recorded"), Priority::None);
    QVector<widgets::Fact> facts;
    if (status.recording || !status.recordError.empty()) {
        facts.append(fact(QStringLiteral("on disk up to input"), count(status.durable)));
        if (names != nullptr) {
            const std::uint64_t behind =
                names->sequence > status.durable ? names->sequence - status.durable : 0;
            facts.append(fact(QStringLiteral("inputs on the way"), count(behind)));
            if (names->stateDigestAt != 0) {
                facts.append(fact(
                    QStringLiteral("state digest"),
                    QStringLiteral("%1 at input %2")
                        .arg(text(names->stateDigest.toShortHex()), count(names->stateDigestAt))));
            }
        }
        facts.append(fact(QStringLiteral("size"), status.recordLimit
                                                      ? QStringLiteral("%1 of %2")
                                                            .arg(bytesText(status.recordBytes),
                                                                 bytesText(*status.recordLimit))
                                                      : bytesText(status.recordBytes)));
    }
    m_facts->setFacts(facts);
    m_facts->setToolTip(text(status.recordPath));
    m_sentence->setText(text(status.recordError));
    m_sentence->setVisible(!status.recordError.empty());
}

void RecordStatePanel::refresh(RecordDesk* record,
                               const std::shared_ptr<const view::Snapshot>& names,
                               const DeskStatus& status) {
    if (const auto past = record != nullptr ? record->past() : std::nullopt)
        showPast(*past);
    else
        showLive(names.get(), status);
}

}  // namespace breakwater::ui
