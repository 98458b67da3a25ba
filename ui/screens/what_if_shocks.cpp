#include "ui/screens/what_if_shocks.hpp"

#include <algorithm>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollArea>

#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/chip.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::Run;
using widgets::Runs;

constexpr std::int64_t kRawPerMove = 100'000'000;  // 0.01 % in counts of 1e-12

// The first market of the underlying that has a mark.
const Market* marketOf(const view::Snapshot& snapshot, std::size_t underlying) {
    for (const Market& market : *snapshot.markets) {
        if (market.hasMark && market.instrument.underlying.value() == underlying) return &market;
    }
    return nullptr;
}

}  // namespace

Ratio ratioOf(int move) { return Ratio(Decimal::fromRaw(Int128{move} * kRawPerMove)); }

int moveOf(Ratio ratio) { return static_cast<int>(ratio.value().raw() / kRawPerMove); }

QString shockWords(const view::Snapshot& snapshot, const scenario::Shock& shock) {
    QStringList words;
    for (std::size_t u = 0; snapshot.underlyings && u < snapshot.underlyings->size(); ++u) {
        const Ratio move = shock.of(UnderlyingId(static_cast<std::uint16_t>(u)));
        if (move.isZero()) continue;
        words << text((*snapshot.underlyings)[u].symbol) + u' ' + widgets::moveText(moveOf(move));
    }
    return words.isEmpty() ? QStringLiteral("today's prices") : words.join(QStringLiteral(", "));
}

ShocksPanel::ShocksPanel(QWidget* parent) : PanelFrame(QStringLiteral("Shocks"), parent) {
    build();
}

void ShocksPanel::build() {
    m_body = new QWidget(this);
    m_grid = new QGridLayout(m_body);
    m_grid->setColumnStretch(1, 1);
    followTheme(*m_body, [this] {
        const widgets::Theme& theme = widgets::Theme::current();
        m_grid->setContentsMargins(0, 0, 0, 0);
        m_grid->setHorizontalSpacing(theme.px(8));
        m_grid->setVerticalSpacing(theme.px(4));
        m_grid->setColumnMinimumWidth(2, theme.px(66));
        m_grid->setColumnMinimumWidth(3, theme.px(112));
        applyHeight();
    });
    // Where there are more underlyings than room the rows scroll.
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_body);
    scroll->viewport()->setAutoFillBackground(false);
    m_body->setAutoFillBackground(false);
    setContent(scroll);

    auto* aside = new QWidget(this);
    auto* row = new QHBoxLayout(aside);
    row->setContentsMargins(0, 0, 0, 0);
    m_lock = new widgets::Chip(QStringLiteral("Lock by beta"), aside);
    m_lock->setToolTip(
        QStringLiteral("The others follow the row you move by their beta to it (L). Beta: least "
                       "squares on the returns of the last hour's minutes, between 0 and 3."));
    connect(m_lock, &QAbstractButton::clicked, this, [this] { setLocked(m_lock->isChecked()); });
    auto* none = new widgets::ActionButton(QStringLiteral("Reset"),
                                           QKeySequence(QStringLiteral("X")), aside);
    connect(none, &QAbstractButton::clicked, this, &ShocksPanel::reset);
    row->addWidget(m_lock);
    row->addWidget(none);
    setAsideWidget(aside);
    refreshFoot();
}

void ShocksPanel::rebuild(std::size_t count) {
    for (const Row& row : m_rows) {
        for (QWidget* part : {static_cast<QWidget*>(row.name), static_cast<QWidget*>(row.slider),
                              static_cast<QWidget*>(row.beta), static_cast<QWidget*>(row.marks)}) {
            m_grid->removeWidget(part);
            part->hide();
            part->deleteLater();
        }
    }
    m_rows.clear();
    m_chosen = 0;
    for (std::size_t row = 0; row < count; ++row)
        addRow(row);
    m_grid->setRowStretch(static_cast<int>(count), 1);
    applyHeight();
}

// As high as its rows; with many of them on a small screen they scroll.
void ShocksPanel::applyHeight() {
    const widgets::Theme& theme = widgets::Theme::current();
    const int rows = std::max(2, static_cast<int>(m_rows.size()));
    const int frame = 28 + 30 + 2 * 10 + 2 * 2 + 6;
    setMaximumHeight(theme.px(frame + rows * 30));
    setMinimumHeight(theme.px(frame + std::min(rows, 3) * 30));
}

void ShocksPanel::addRow(std::size_t index) {
    const QString name = text((*m_snapshot->underlyings)[index].symbol);
    Row row{new widgets::RunLabel(m_body),
            new widgets::ShockSlider(name, moveOf(scenario::kLargestFall),
                                     moveOf(scenario::kLargestRise), m_body),
            new widgets::RunLabel(m_body), new widgets::RunLabel(m_body)};
    const int at = static_cast<int>(index);
    m_grid->addWidget(row.name, at, 0);
    m_grid->addWidget(row.slider, at, 1);
    m_grid->addWidget(row.beta, at, 2);
    m_grid->addWidget(row.marks, at, 3);
    m_rows.push_back(row);
    using widgets::MoveTrack;
    using widgets::ShockSlider;
    connect(row.slider, &ShockSlider::moved, this,
            [this, index](int move) { onMoved(index, move); });
    connect(row.slider, &ShockSlider::entered, this, &ShocksPanel::entered);
    connect(row.slider, &ShockSlider::errorChanged, this, [this, name](const QString& error) {
        m_error = error.isEmpty() ? error : name + QStringLiteral(": ") + error;
        refreshFoot();
    });
    connect(&row.slider->track(), &MoveTrack::neighbourRequested, this,
            [this, index](int direction) {
                const auto next = static_cast<std::ptrdiff_t>(index) + direction;
                if (next >= 0 && next < static_cast<std::ptrdiff_t>(m_rows.size()))
                    choose(static_cast<std::size_t>(next), true);
            });
}

void ShocksPanel::refresh(const std::shared_ptr<const view::Snapshot>& snapshot) {
    if (snapshot == m_snapshot) return;
    const bool first = !m_snapshot;
    m_snapshot = snapshot;
    const std::size_t count = snapshot->underlyings->size();
    if (count != m_rows.size()) rebuild(count);
    if (m_rows.empty()) return;
    m_betas = scenario::betasTo(*snapshot, UnderlyingId(static_cast<std::uint16_t>(m_chosen)));
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        refreshRow(row);
    if (first) refreshFoot();
}

scenario::Shock ShocksPanel::shock() const {
    scenario::Shock out;
    for (const Row& row : m_rows)
        out.moves.push_back(ratioOf(row.slider->move()));
    return out;
}

void ShocksPanel::onMoved(std::size_t row, int) {
    choose(row, false);
    if (isLocked()) followLeader();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        refreshRow(i);
    emit shockChanged();
}

void ShocksPanel::followLeader() {
    const UnderlyingId leader(static_cast<std::uint16_t>(m_chosen));
    const scenario::Shock together =
        scenario::follow(m_betas, leader, ratioOf(m_rows[m_chosen].slider->move()));
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (i != m_chosen) m_rows[i].slider->setMove(moveOf(together.moves[i]));
    }
}

void ShocksPanel::choose(std::size_t row, bool focus) {
    if (row >= m_rows.size()) return;
    if (row != m_chosen) {
        m_chosen = row;
        m_betas = scenario::betasTo(*m_snapshot, UnderlyingId(static_cast<std::uint16_t>(row)));
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            refreshRow(i);
    }
    if (focus) m_rows[row].slider->track().setFocus(Qt::OtherFocusReason);
}

void ShocksPanel::editChosen() {
    if (m_chosen < m_rows.size()) m_rows[m_chosen].slider->editValue();
}

void ShocksPanel::applyPreset(int move) {
    if (m_chosen >= m_rows.size()) return;
    m_rows[m_chosen].slider->setMove(move);
    onMoved(m_chosen, move);
}

void ShocksPanel::reset() {
    for (const Row& row : m_rows)
        row.slider->setMove(0);
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        refreshRow(i);
    emit shockChanged();
}

void ShocksPanel::setLocked(bool locked) {
    m_lock->setChecked(locked);
    if (locked && !m_rows.empty() && m_rows[m_chosen].slider->move() != 0)
        onMoved(m_chosen, m_rows[m_chosen].slider->move());
}

bool ShocksPanel::isLocked() const { return m_lock->isChecked(); }

void ShocksPanel::refreshRow(std::size_t index) {
    const Row& row = m_rows[index];
    const Underlying& underlying = (*m_snapshot->underlyings)[index];
    const QString symbol = text(underlying.symbol);
    row.name->setRuns({underlying.blind    ? Run::stale(symbol)
                       : index == m_chosen ? Run::strong(symbol)
                                           : Run::body(symbol, widgets::Token::Text)});
    row.name->setToolTip(underlying.blind
                             ? QStringLiteral("No quorum of sources: moved from the last index")
                             : QString());
    const scenario::Beta& beta = m_betas[index];
    if (index == m_chosen) {
        row.beta->setRuns({Run::caption(QStringLiteral("leads"))});
        row.beta->setToolTip(QStringLiteral("The betas are those to this row"));
    } else {
        Runs words{Run::caption(QStringLiteral("β")),
                   Run::figure(widgets::formatExact(beta.value.toDouble())).after(4)};
        if (!beta.reason.empty()) words.push_back(Run::caption(QStringLiteral("*")).after(2));
        row.beta->setRuns(words);
        row.beta->setToolTip(beta.returns == 0
                                 ? QStringLiteral("β 1.00 assumed: %1").arg(text(beta.reason))
                                 : QStringLiteral("from %1 minutes%2")
                                       .arg(beta.returns)
                                       .arg(beta.reason.empty()
                                                ? QString()
                                                : QStringLiteral("; ") + text(beta.reason)));
    }
    const Market* market = marketOf(*m_snapshot, index);
    if (market == nullptr) {
        row.marks->setRuns({Run::caption(QStringLiteral("no mark"))});
        return;
    }
    const Price then = scenario::shockedMark(*market, ratioOf(row.slider->move()));
    row.marks->setRuns({Run::caption(QStringLiteral("to")),
                        Run::figure(priceText(then, market->instrument.tick)).after(4)});
    row.marks->setToolTip(QStringLiteral("%1 mark %2, after the move %3")
                              .arg(text(market->instrument.symbol),
                                   priceText(market->mark, market->instrument.tick),
                                   priceText(then, market->instrument.tick)));
}

void ShocksPanel::refreshFoot() {
    if (!m_error.isEmpty()) {
        setFoot({Run::badge(widgets::Priority::P3), Run::body(m_error, widgets::Token::Text)});
        return;
    }
    const auto assumed = std::count_if(m_betas.begin(), m_betas.end(), [](const scenario::Beta& b) {
        return b.returns == 0 && !b.reason.empty();
    });
    Runs foot{Run::key(QKeySequence(QStringLiteral("1"))),  Run::caption(QStringLiteral("−5%")),
              Run::key(QKeySequence(QStringLiteral("3"))),  Run::caption(QStringLiteral("−20%")),
              Run::key(QKeySequence(QStringLiteral("7"))),  Run::caption(QStringLiteral("+20%")),
              Run::key(QKeySequence(QStringLiteral("F2"))), Run::caption(QStringLiteral("type"))};
    if (assumed > 0)
        foot.push_back(Run::caption(QStringLiteral("* β 1 assumed: short history")).after(14));
    setFoot(foot);
}

}  // namespace breakwater::ui
