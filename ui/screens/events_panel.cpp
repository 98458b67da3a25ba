#include "ui/screens/events_panel.hpp"

#include <algorithm>

#include <QHeaderView>
#include <QVBoxLayout>

#include "ui/make_data.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"

namespace breakwater::ui {
namespace {

constexpr double kAlarmLimit = 10;  // in ten minutes, for one officer
constexpr qint64 kTenMinutes = 600'000;

}  // namespace

EventsPanel::EventsPanel(QWidget* parent)
    : PanelFrame(QStringLiteral("Events and alarm load"), parent) {
    setCaption(QStringLiteral("no response needed"));
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    m_table = new widgets::DataTable(QStringLiteral("Events, newest first"), body);
    m_model = new TimelineModel(TimelinePart::All, m_table);
    m_table->setModel(m_model);
    m_table->setColumnWidths({78, 200});
    m_table->setStretchColumn(TimelineModel::What);
    m_table->horizontalHeader()->hide();
    m_table->setEmptyState(nothingHere(
        QStringLiteral("Nothing has happened yet"),
        QStringLiteral("Trips, liquidations, payments and officers' acts are listed here.")));
    m_load = new widgets::ChartView(body);
    followTheme(*m_load, [this] { m_load->setFixedHeight(widgets::Theme::current().px(96)); });
    column->addWidget(m_table, 1);
    column->addWidget(m_load);
    setContent(body, widgets::PanelPadding::None);
}

void EventsPanel::refreshLoad(const view::Snapshot& snapshot) {
    if (!snapshot.alarms) return;
    const std::vector<std::uint32_t>& counts = snapshot.alarms->perTenMinutes;
    if (counts == m_shown && !m_shown.empty()) return;
    m_shown = counts;
    m_load->setVisible(!counts.empty());
    if (counts.empty()) return;
    widgets::ChartData chart;
    chart.title = QStringLiteral("Alarms per 10 min");
    chart.kind = widgets::ChartKind::Bars;
    widgets::ChartSeries series;
    series.name = QStringLiteral("alarms");
    series.pastLimit = widgets::Priority::P2;
    const qint64 last = millis(snapshot.asOf) / kTenMinutes * kTenMinutes;
    double top = kAlarmLimit;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto back = static_cast<qint64>(counts.size() - 1 - i);
        series.points.append(
            {static_cast<double>(last - back * kTenMinutes), static_cast<double>(counts[i])});
        top = std::max(top, static_cast<double>(counts[i]));
    }
    chart.series = {series};
    chart.limit = kAlarmLimit;
    chart.limitText = QStringLiteral("limit 10");
    chart.yMinimum = 0;
    chart.yMaximum = top * 1.3;
    m_load->setData(chart);
}

void EventsPanel::refresh(const view::Board& board, const BoardAge& age) {
    m_model->setBoard(board);
    if (board.snapshot) refreshLoad(*board.snapshot);
    if (age.isStale())
        age.applyTo(*this);
    else
        setAge({});
}

}  // namespace breakwater::ui
