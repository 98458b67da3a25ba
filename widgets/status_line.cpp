#include "widgets/status_line.hpp"

#include <cmath>

#include <QHBoxLayout>

#include "widgets/format.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {

struct RecordWords {
    const char* word;
    Priority priority;
};

RecordWords wordsOf(RecordState state) {
    switch (state) {
        case RecordState::Recording: return {"recording", Priority::None};
        case RecordState::Behind: return {"record is late", Priority::P2};
        case RecordState::Reserve: return {"reserve file", Priority::P2};
        case RecordState::NotRecorded: return {"NOT RECORDED", Priority::P1};
        case RecordState::ReadOnly: return {"read only", Priority::None};
        case RecordState::Halted: return {"engine halted, record closed", Priority::P1};
    }
    return {"", Priority::None};
}

}  // namespace

StatusLine::StatusLine(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("record"));
    m_message = new RunLabel(this);
    m_record = new RunButton(this);
    m_rest = new RunLabel(this);
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_rest->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 1, 12, 0);
    row->setSpacing(12);
    row->addWidget(m_message, 1);
    row->addWidget(m_record);
    row->addWidget(m_rest);
    connect(m_record, &QAbstractButton::clicked, this, &StatusLine::recordActivated);
    refresh();
}

void StatusLine::setData(const StatusLineData& next) {
    m_data = next;
    refresh();
}

void StatusLine::refresh() {
    const RecordWords record = wordsOf(m_data.record);
    Runs left;
    if (m_data.messagePriority != Priority::None)
        left.push_back(Run::badge(m_data.messagePriority));
    if (!m_data.message.isEmpty()) left.push_back(Run::body(m_data.message));
    m_message->setRuns(std::move(left));
    m_message->setAccessibleName(m_data.message.isEmpty() ? QStringLiteral("no message")
                                                          : m_data.message);

    Runs runs;
    if (record.priority != Priority::None) runs.push_back(Run::badge(record.priority));
    Run word = record.priority == Priority::None ? Run::body(QLatin1String(record.word))
                                                 : Run::strong(QLatin1String(record.word));
    word.keep = RunKeep::Figure;
    runs.push_back(word);
    if (m_data.durableSequence) {
        runs.push_back(Run::caption(QStringLiteral("durable to")).after(10));
        runs.push_back(Run::figure(formatCount(static_cast<qint64>(*m_data.durableSequence)),
                                   Priority::None, FontRole::Tick));
    }
    m_record->setRuns(runs);
    m_record->setToolTip(m_data.recordPath);
    m_record->setAccessibleDescription(m_data.recordPath);

    Runs rest;
    if (!m_data.digest.isEmpty()) {
        rest.push_back(Run::caption(QStringLiteral("digest")));
        rest.push_back(Run::figure(shortDigest(m_data.digest), Priority::None, FontRole::Tick));
        if (!m_data.digestOf.isEmpty()) rest.push_back(Run::caption(m_data.digestOf));
        if (m_data.verified && !*m_data.verified) {
            rest.push_back(Run::badge(Priority::P1));
            rest.push_back(Run::strong(QStringLiteral("differs")));
        } else {
            rest.push_back(
                Run::body(m_data.verified ? m_data.verifiedWord : QStringLiteral("not checked"),
                          Token::Muted));
        }
    }
    if (!m_data.diskForecast.isEmpty()) {
        if (!rest.empty()) rest.push_back(Run::rule());
        if (m_data.diskPriority != Priority::None)
            rest.push_back(Run::badge(m_data.diskPriority).after(12));
        rest.push_back(
            Run::body(m_data.diskForecast).after(m_data.diskPriority == Priority::None ? 12 : 6));
    }
    if (m_data.paused || std::fabs(m_data.speed - 1) > 1e-9) {
        if (!rest.empty()) rest.push_back(Run::rule());
        rest.push_back(Run::caption(QStringLiteral("speed")).after(12));
        rest.push_back(
            Run::figure(m_data.paused ? QStringLiteral("paused") : formatSpeed(m_data.speed),
                        Priority::None, FontRole::Tick));
    }
    if (!m_data.appearance.isEmpty()) {
        if (!rest.empty()) rest.push_back(Run::rule());
        rest.push_back(Run::caption(m_data.appearance).after(12));
    }
    m_rest->setRuns(std::move(rest));
}

QSize StatusLine::sizeHint() const { return {Theme::current().px(1200), Theme::current().px(30)}; }
QSize StatusLine::minimumSizeHint() const {
    return {Theme::current().px(400), Theme::current().px(30)};
}

void StatusLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().color(Token::Panel));
    hline(painter, 0, width() - 1, 0, Token::Line);
}

}  // namespace breakwater::widgets
