#include "ui/screens/what_if_results.hpp"

#include <array>

#include <QVBoxLayout>

#include "ui/screens/what_if_shocks.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::LayerFill;
using widgets::Run;
using widgets::Runs;

constexpr std::array<ColumnInfo, 5> kResultColumns{{
    {"Measure", "", 132, Qt::AlignLeft, "Counts include the deeper ones"},
    {"Now", "", 62, Qt::AlignRight, "At today's marks"},
    {"Shocked", "", 70, Qt::AlignRight, "At the shocked marks"},
    {"Change", "", 70, Qt::AlignRight, "Shocked less now"},
    {"Newly", "", 58, Qt::AlignRight, "There then and not now"},
}};

constexpr std::array<ColumnInfo, 5> kLayerColumns{{
    {"Layer", "", 100, Qt::AlignLeft, "In the order they pay"},
    {"Has", "$", 88, Qt::AlignRight, "What it could pay"},
    {"Pays", "$", 70, Qt::AlignRight, "What it would pay in this instant"},
    {"Left", "$", 70, Qt::AlignRight, "What would be left of it"},
    {"Used", "", 60, Qt::AlignRight, "Share that would be gone"},
}};

constexpr std::array<const char*, scenario::kDepths> kDepthWords{"Below initial", "Below warning",
                                                                 "Below maintenance", "Below zero"};

Cell words(const QString& text, const QString& exact = {}) { return {text, exact}; }

Cell count(std::int64_t n, widgets::Sign sign = widgets::Sign::MinusOnly) {
    return words(widgets::formatCount(n, sign));
}

Cell money(Money amount, widgets::Sign sign = widgets::Sign::MinusOnly) {
    return {
        amount.isZero() ? QStringLiteral("0") : widgets::formatShort(amount.toDouble(), -1, sign),
        text(amount.toString())};
}

widgets::DataTable* tableOf(const QString& name, CellsModel& model, QWidget* parent) {
    auto* table = new widgets::DataTable(name, parent);
    table->setModel(&model);
    table->setColumnWidths(model.widths());
    table->setStretchColumn(0);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return table;
}

QString brief(Money amount) {
    return amount.isZero() ? QStringLiteral("0") : widgets::formatShort(amount.toDouble());
}

}  // namespace

WhatIfResults::WhatIfResults(QWidget* parent) : PanelFrame(QStringLiteral("Against now"), parent) {
    m_model = new CellsModel(kResultColumns, this);
    m_table = tableOf(QStringLiteral("Results against now"), *m_model, this);
    setContent(m_table, widgets::PanelPadding::None);
}

void WhatIfResults::show(const WhatIfAnswer& answer) {
    const scenario::Outcome& o = answer.outcome;
    std::vector<CellRow> rows;
    for (std::size_t d = 0; d < scenario::kDepths; ++d) {
        const QString name = QString::fromUtf8(kDepthWords[d]);
        rows.push_back(
            {name,
             {words(name), count(o.now.accounts[d]), count(o.then.accounts[d]),
              count(std::int64_t{o.then.accounts[d]} - o.now.accounts[d], widgets::Sign::Always),
              count(o.fallen[d])}});
    }
    rows.push_back(
        {QStringLiteral("shortfall"),
         {words(QStringLiteral("Shortfall, $")), money(o.now.shortfall), money(o.then.shortfall),
          money(o.then.shortfall - o.now.shortfall, widgets::Sign::Always), Cell()},
         true});
    // Notional of accounts below maintenance: what would be for liquidation, by market.
    for (std::size_t m = 0; m < o.markets.size(); ++m) {
        const Market& market = (*answer.job.snapshot->markets)[m];
        const scenario::MarketOutcome& at = o.markets[m];
        Cell name = words(QStringLiteral("%1 for liq., $").arg(text(market.instrument.code)),
                          QStringLiteral("%1: notional held by accounts below maintenance, $")
                              .arg(text(market.instrument.symbol)));
        name.tone(widgets::Token::Secondary);
        rows.push_back({text(market.instrument.code),
                        {name, money(at.belowNow), money(at.belowThen),
                         money(at.belowThen - at.belowNow, widgets::Sign::Always), Cell()}});
    }
    m_model->setRows(std::move(rows));
    setCaption(shockWords(*answer.job.snapshot, answer.job.shock));
}

void WhatIfResults::setStale(const QString& age) {
    m_model->setStale(!age.isEmpty());
    setAge(age, age.isEmpty() ? widgets::Freshness::Fresh : widgets::Freshness::Stale);
}

WhatIfLayers::WhatIfLayers(QWidget* parent) : PanelFrame(QStringLiteral("Who pays"), parent) {
    setCaption(QStringLiteral("first round: no trades, no cascade"));
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    m_bar = new widgets::LayerBar(body);
    m_model = new CellsModel(kLayerColumns, this);
    m_table = tableOf(QStringLiteral("What each layer would pay"), *m_model, body);
    auto* barRow = new QVBoxLayout;
    barRow->addWidget(m_bar);
    column->addLayout(barRow);
    column->addWidget(m_table, 1);
    followTheme(*body, [barRow, column] {
        const widgets::Theme& theme = widgets::Theme::current();
        barRow->setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(2));
        column->setSpacing(theme.px(4));
    });
    setContent(body, widgets::PanelPadding::None);
}

void WhatIfLayers::showBar(const scenario::Layers& l) {
    m_layers = {};
    m_layers.name = QStringLiteral("what each layer would pay, in order");
    const auto add = [this](const char* name, Money amount, LayerFill fill) {
        if (amount.isPositive())
            m_layers.segments.append(
                {QString::fromUtf8(name), brief(amount), amount.toDouble(), fill});
    };
    add("fund pays", l.fundPaid, LayerFill::Total);
    add("fund left", l.fundHeld - l.fundPaid, LayerFill::Filled);
    add("ADL", l.adlPaid, LayerFill::Hatched);
    add("everybody", l.socialised, LayerFill::Hatched);
    add("nobody", l.uncovered, LayerFill::Outline);
    if (l.adlAsked.isZero()) {
        const double room = std::max(1.0, l.fundHeld.toDouble());
        m_layers.segments.append({QStringLiteral("ADL"), {}, room * 0.12, LayerFill::Hatched});
    }
    m_layers.leftText = QStringLiteral("own margin first: %1 of %2 gone")
                            .arg(brief(l.ownConsumed), brief(l.ownHeld));
    m_layers.rightText =
        l.adlAsked.isZero() ? QStringLiteral("ADL not reached") : QStringLiteral("fund exhausted");
    m_layers.marker = l.asked.toDouble();
    m_layers.markerText = l.asked.isZero() ? QStringLiteral("no deficit to cover")
                                           : QStringLiteral("this shock: %1").arg(brief(l.asked));
    m_bar->setData(m_layers);
}

// In the header: on a small screen a foot would cost a layer its row.
void WhatIfLayers::showHeld(const scenario::Outcome& outcome) {
    Runs aside;
    if (outcome.layers.waiting.isPositive()) {
        aside = {Run::badge(widgets::Priority::P3), Run::figure(brief(outcome.layers.waiting)),
                 Run::body(QStringLiteral("waits"))};
    } else if (outcome.blind > 0) {
        aside = {Run::body(QStringLiteral("%1 blind").arg(outcome.blind))};
    }
    setAside(aside);
    setToolTip(aside.empty()
                   ? QString()
                   : QStringLiteral("A blind underlying is moved from its last index; deficits in "
                                    "blind or stopped markets wait, as the venue makes them wait"));
}

void WhatIfLayers::show(const WhatIfAnswer& answer) {
    const scenario::Layers& l = answer.outcome.layers;
    showBar(l);
    const auto used = [](Money pays, Money has) {
        if (!has.isPositive()) return Cell();
        return words(widgets::formatPercent(pays.toDouble() / has.toDouble()));
    };
    const bool reached = !l.adlAsked.isZero();
    const QString far = QStringLiteral("not reached");
    std::vector<CellRow> rows;
    const auto add = [&rows](const char* name, const QString& exact, std::vector<Cell> figures) {
        CellRow row{QString::fromUtf8(name), {words(QString::fromUtf8(name), exact)}};
        row.cells.insert(row.cells.end(), figures.begin(), figures.end());
        rows.push_back(std::move(row));
    };
    add("Own margin", {},
        {money(l.ownHeld), money(l.ownConsumed), money(l.ownHeld - l.ownConsumed),
         used(l.ownConsumed, l.ownHeld)});
    add("Insurance fund", {},
        {money(l.fundHeld), money(l.fundPaid), money(l.fundHeld - l.fundPaid),
         used(l.fundPaid, l.fundHeld)});
    add("ADL",
        reached ? QStringLiteral("ADL: %1 closes against winners, %2 of notional")
                      .arg(widgets::formatCount(l.adlTakes), brief(l.adlClosed))
                : QString(),
        {reached ? money(l.adlHeld) : noCell(far), money(l.adlPaid),
         reached ? money(l.adlHeld - l.adlPaid) : Cell(),
         reached ? used(l.adlPaid, l.adlHeld) : Cell()});
    add("Everybody", QStringLiteral("Socialised loss: a share of every account's equity"),
        {noCell(QStringLiteral("no cap")), money(l.socialised), Cell(), Cell()});
    add("Nobody", {}, {Cell(), money(l.uncovered), Cell(), Cell()});
    m_model->setRows(std::move(rows));
    showHeld(answer.outcome);
}

void WhatIfLayers::setStale(const QString& age) {
    m_model->setStale(!age.isEmpty());
    setAge(age, age.isEmpty() ? widgets::Freshness::Fresh : widgets::Freshness::Stale);
    if (m_layers.staleAge == age) return;
    m_layers.staleAge = age;
    m_bar->setData(m_layers);
}

}  // namespace breakwater::ui
