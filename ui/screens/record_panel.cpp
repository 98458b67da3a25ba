#include "ui/screens/record_panel.hpp"

#include <cmath>

#include <QStackedLayout>

#include "ui/record_lanes.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/empty_state.hpp"
#include "widgets/format.hpp"
#include "widgets/pick_box.hpp"

namespace breakwater::ui {
namespace {

constexpr int kSeekMs = 80;

Instant instantOf(double utcMs) {
    return Instant::fromMicroseconds(static_cast<std::int64_t>(std::llround(utcMs * 1'000)));
}

}  // namespace

RecordPanel::RecordPanel(QWidget* parent) : PanelFrame(QStringLiteral("Record"), parent) {
    build();
    m_seekTimer.setSingleShot(true);
    m_seekTimer.setInterval(kSeekMs);
    connect(&m_seekTimer, &QTimer::timeout, this, &RecordPanel::seek);
    connect(m_lanes, &widgets::Lanes::cursorMoved, this, [this](double at) {
        m_seekingTo = m_shown ? std::min(instantOf(at), m_shown->to) : instantOf(at);
        m_sent = false;
        if (!m_seekTimer.isActive()) m_seekTimer.start();
    });
    connect(m_lanes, &widgets::Lanes::probeMoved, this, &RecordPanel::refreshReadings);
    connect(m_lanes, &widgets::Lanes::rangeCleared, this, &RecordPanel::rangeCleared);
    connect(m_lanes, &widgets::Lanes::rangeSelected, this, [this](double from, double to) {
        // To the last microsecond of that millisecond, so that a minute is whole.
        emit rangeSelected(instantOf(std::floor(from)),
                           instantOf(std::floor(to)) + Duration::microseconds(999));
    });
    connect(m_market, qOverload<int>(&QComboBox::currentIndexChanged), this, [this] {
        if (m_shown && m_names && chosenMarket() != m_drawn) {
            m_drawn = chosenMarket();
            m_lanes->setData(lanesOf(*m_shown, *m_names, m_drawn, m_end));
            refreshReadings();
        }
    });
}

void RecordPanel::build() {
    auto* body = new QWidget(this);
    m_stack = new QStackedLayout(body);
    m_lanes = new widgets::Lanes(body);
    m_empty = new widgets::EmptyState(body);
    m_stack->addWidget(m_lanes);
    m_stack->addWidget(m_empty);
    body->setFocusProxy(m_lanes);
    body->setFocusPolicy(Qt::StrongFocus);
    setContent(body, widgets::PanelPadding::None);
    m_market = new widgets::PickBox(QStringLiteral("Market whose price is drawn"), this);
    m_market->setToolTip(QStringLiteral("Market whose price is drawn"));
    followTheme(*m_market, [this] { m_market->setFixedHeight(widgets::Theme::current().px(24)); });
    setAsideWidget(m_market);
    m_stack->setCurrentIndex(1);
}

InstrumentId RecordPanel::chosenMarket() const {
    return InstrumentId(static_cast<std::uint16_t>(std::max(0, m_market->currentIndex())));
}

void RecordPanel::seek() {
    if (!m_seekingTo || m_record == nullptr) return;
    m_sent = true;
    m_record->seek(*m_seekingTo);
}

void RecordPanel::refreshMarkets() {
    const int count = m_names && m_names->markets ? static_cast<int>(m_names->markets->size()) : 0;
    if (m_market->count() == count) return;
    const QSignalBlocker quiet(m_market);
    const int before = std::max(0, m_market->currentIndex());
    m_market->clear();
    for (int m = 0; m < count; ++m)
        m_market->addItem(text((*m_names->markets)[static_cast<std::size_t>(m)].instrument.symbol));
    m_market->setCurrentIndex(std::min(before, count - 1));
    setAsideWidget(m_market);  // its width has changed
}

void RecordPanel::refresh(RecordDesk* record, const std::shared_ptr<const view::Snapshot>& names,
                          const DeskStatus& status) {
    m_record = record;
    m_names = names;
    refreshMarkets();
    const auto lanes = record != nullptr ? record->lanes() : nullptr;
    const bool has = lanes && !lanes->columns.empty() && lanes->to > lanes->from && names;
    m_stack->setCurrentIndex(has ? 0 : 1);
    if (!has) {
        m_shown.reset();
        setCaption({});
        return describeEmpty(status);
    }
    const auto past = record->past();
    const widgets::LanesMode mode = past ? widgets::LanesMode::Past : widgets::LanesMode::Live;
    m_lanes->setMode(mode);
    const bool outgrown = !past && names->asOf > m_end + lanes->column;
    if (lanes != m_shown || chosenMarket() != m_drawn || outgrown) {
        m_shown = lanes;
        m_drawn = chosenMarket();
        m_end = endOfLanes(*lanes, past ? std::nullopt : std::optional(names->asOf));
        m_lanes->setData(lanesOf(*lanes, *names, m_drawn, m_end));
    }
    // The wish stands until the record has come to rest; then the record's own instant does.
    if (m_seekingTo && m_sent && !m_seekTimer.isActive() && (!past || !past->busy))
        m_seekingTo.reset();
    const Instant at = m_seekingTo ? *m_seekingTo
                       : past      ? past->time
                                   : std::max(lanes->upTo, names->asOf);
    m_lanes->setCursorAt(static_cast<double>(at.microseconds()) / 1'000);
    refreshReadings();
    refreshWords(past);
}

void RecordPanel::refreshReadings() {
    if (!m_shown || !m_names) return;
    m_lanes->setReadings(
        readingsAt(*m_shown, *m_names, chosenMarket(), instantOf(m_lanes->readAt())));
}

void RecordPanel::refreshWords(const std::optional<PastStatus>& past) {
    QString words = widgets::formatDate(millis(m_shown->from));
    if (past) {
        words += QStringLiteral(", input %1 of %2")
                     .arg(widgets::formatCount(static_cast<std::int64_t>(past->sequence)),
                          widgets::formatCount(static_cast<std::int64_t>(past->lastSequence)));
        if (past->busy) words += QStringLiteral(", going there");
    }
    const double span = static_cast<double>((m_shown->to - m_shown->from).count());
    const double read = static_cast<double>((m_shown->upTo - m_shown->from).count());
    if (past && m_shown->upTo < m_shown->to - m_shown->column)
        words += QStringLiteral(", read to %1").arg(widgets::formatPercent(read / span));
    setCaption(words);
}

void RecordPanel::setSelection(std::optional<Instant> from, std::optional<Instant> to) {
    if (!from && !to) return m_lanes->setSelection(std::nullopt);
    const double low = m_lanes->data().from;
    const double high = m_lanes->data().to;
    const auto at = [](Instant t) { return static_cast<double>(t.microseconds()) / 1'000; };
    m_lanes->setSelection(widgets::TimeRange{from ? at(*from) : low, to ? at(*to) : high});
}

void RecordPanel::describeEmpty(const DeskStatus& status) {
    widgets::EmptyStateData empty;
    if (m_record == nullptr && !status.recording) {
        empty.kind = widgets::EmptyKind::NotConnected;
        empty.what = QStringLiteral("There is no record to look at");
        empty.why = status.recordError.empty()
                        ? QStringLiteral(
                              "This session is not recorded. Start Breakwater without "
                              "--no-record, or open a record with --open FILE.")
                        : QStringLiteral("Recording stopped: %1.").arg(text(status.recordError));
    } else {
        empty.what = QStringLiteral("The record is being read");
        empty.why = QStringLiteral("Its lanes appear as they are read.");
    }
    m_empty->setData(empty);
}

}  // namespace breakwater::ui
