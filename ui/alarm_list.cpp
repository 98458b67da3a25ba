#include "ui/alarm_list.hpp"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/labels.hpp"
#include "ui/make_data.hpp"
#include "ui/text.hpp"

namespace breakwater::ui {

using widgets::Run;

AlarmList::AlarmList(QWidget& area)
    : Overlay(QStringLiteral("Alarms"), area, OverlayPlace::TopRight, QSize(860, 460)) {
    setCaption(QStringLiteral("worst first, then first out"));
    setAside({Run::key(QKeySequence(Qt::Key_F8)),
              Run::caption(QStringLiteral("acknowledge the chosen one"))});
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    m_table = new widgets::DataTable(QStringLiteral("Open alarms"), body);
    m_model = new AlarmsModel(m_table);
    m_table->setModel(m_model);
    m_table->setColumnWidths(m_model->widths());
    m_table->setStretchColumn(AlarmsModel::Effect);
    m_table->setEmptyState(
        nothingHere(QStringLiteral("No open alarm"),
                    QStringLiteral("What happened before stands in the events.")));
    m_record = sentenceLabel(body);
    m_record->setTextFormat(Qt::RichText);
    column->addWidget(m_table, 1);
    column->addWidget(m_record);
    setContent(body);
    body->setFocusProxy(m_table);
    body->setFocusPolicy(Qt::StrongFocus);
    connect(m_table, &widgets::DataTable::currentRowChanged, this, &AlarmList::refreshRecord);
}

void AlarmList::refreshRecord() {
    const view::Alarm* alarm = m_model->alarmAt(m_table->currentRow());
    m_record->setVisible(alarm != nullptr);
    if (alarm == nullptr) return;
    const view::AlarmRecord& record = view::recordOf(alarm->kind);
    const auto line = [](const char* name, const QString& words) {
        return QStringLiteral("<b>%1</b>&nbsp; %2").arg(QLatin1String(name), words.toHtmlEscaped());
    };
    m_record->setText(QStringList{
        line("Cause", text(record.cause)), line("If left", text(record.consequence)),
        line("Do", text(record.action)), line("Act within", countdownText(record.timeToAct))}
                          .join(QStringLiteral("<br>")));
}

void AlarmList::refresh(const view::Board& board) {
    if (!isVisible()) return;
    m_model->setBoard(board);
    if (m_table->currentRow() < 0 && m_model->rowCount() > 0) m_table->selectRowQuietly(0);
    refreshRecord();
}

std::optional<std::uint64_t> AlarmList::selectedAlarm() const {
    if (!isVisible()) return std::nullopt;
    const view::Alarm* alarm = m_model->alarmAt(m_table->currentRow());
    if (alarm == nullptr) return std::nullopt;
    return alarm->number;
}

}  // namespace breakwater::ui
