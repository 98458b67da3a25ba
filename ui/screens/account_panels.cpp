#include "ui/screens/account_panels.hpp"

#include <algorithm>
#include <cmath>

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/make_data.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::FontRole;
using widgets::Priority;
using widgets::Run;
using widgets::Runs;
using widgets::WaterfallKind;

constexpr std::size_t kMostBars = 5;  // legs drawn apart; the smallest others stand together

QString startText(const AccountSheet& sheet, const view::LiquidationPath& path) {
    if (path.now) return QStringLiteral("from now");
    if (!path.market) return {};
    const Instrument& instrument = (*sheet.snapshot->markets)[path.market->value()].instrument;
    return QStringLiteral("if %1 moves %2 to %3")
        .arg(text(instrument.code), widgets::formatPercent(path.move, 2, widgets::Sign::Always),
             priceText(path.mark, instrument.tick));
}

}  // namespace

const Liquidation* liquidationOf(const view::Snapshot& snapshot, LiquidationId id) {
    if (id.value() == 0 || !snapshot.liquidations) return nullptr;
    for (const Liquidation& running : *snapshot.liquidations) {
        if (running.id == id) return &running;
    }
    return nullptr;
}

widgets::KpiBarData healthBar(double health) {
    widgets::KpiBarData bar;
    bar.minimum = 0.5;
    bar.maximum = 2.0;
    bar.value = std::clamp(health, 0.5, 2.0);
    bar.limit = 1.0;
    bar.warning = 1.1;
    bar.bandLow = 1.25;
    bar.bandHigh = 2.0;
    bar.side = widgets::LimitSide::Below;
    bar.labels = {{1.0, QStringLiteral("maintenance 1.00")},
                  {1.7, QStringLiteral("normal above 1.25")}};
    return bar;
}

AccountHead::AccountHead(QWidget* parent) : PanelFrame(QStringLiteral("Account"), parent) {
    setKey(QKeySequence(Qt::Key_Escape));
    auto* body = new QWidget(this);
    auto* row = new QHBoxLayout(body);
    row->setContentsMargins(0, 0, 0, 0);
    m_name = new widgets::RunLabel(body);
    m_name->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Preferred);
    m_badge = new widgets::StateBadge(body);
    auto* who = new QVBoxLayout;
    who->setSpacing(0);
    who->addWidget(m_name);
    who->addWidget(m_badge);
    row->addLayout(who, 3);
    m_equity = new widgets::FigureView(FontRole::FigureLarge, body);
    m_maintenance = new widgets::FigureView(FontRole::FigureLarge, body);
    m_free = new widgets::FigureView(FontRole::FigureLarge, body);
    m_health = new widgets::FigureView(FontRole::FigureLarge, body);
    m_bar = new widgets::KpiBar(widgets::KpiLayout::BarOnly, body);
    m_distance = new widgets::FigureView(FontRole::FigureLarge, body);
    m_leverage = new widgets::FigureView(FontRole::FigureLarge, body);
    m_queue = new widgets::FigureView(FontRole::FigureLarge, body);
    for (widgets::FigureView* view : {m_equity, m_maintenance, m_free, m_health})
        row->addWidget(view, 2);
    row->addWidget(m_bar, 2);
    for (widgets::FigureView* view : {m_distance, m_leverage})
        row->addWidget(view, 2);
    row->addWidget(m_queue, 4);
    followTheme(*this, [this, row] {
        row->setSpacing(widgets::Theme::current().px(10));
        setFixedHeight(widgets::Theme::current().px(92));
    });
    setContent(body);
}

void AccountHead::show(const AccountSheet& sheet, const QString& place) {
    const view::Snapshot& snapshot = *sheet.snapshot;
    const Account& account = view::accountOf(snapshot, sheet.account);
    m_name->setRuns({Run::figure(text(view::nameOf(snapshot, sheet.account)), Priority::None,
                                 FontRole::FigureLarge),
                     Run::body(tagWord(account.tag)).after(10)});
    m_badge->setData({priorityOf(account.band), bandWord(account.band)});
    setCaption(place);
    setAside({Run::key(QKeySequence(QStringLiteral("Ctrl+Up"))),
              Run::key(QKeySequence(QStringLiteral("Ctrl+Down"))),
              Run::caption(QStringLiteral("former, next account")),
              Run::key(QKeySequence(QStringLiteral("Ctrl+9"))).after(14),
              Run::caption(QStringLiteral("its events in Forensics"))});
    showState(sheet);
}

void AccountHead::showState(const AccountSheet& sheet) {
    const view::AccountFigures& f = sheet.figures;
    const bool hasHealth = f.hasLegs && std::isfinite(f.health);
    const Priority state = priorityOf(f.band);
    const auto short_ = [](Money value) { return widgets::formatShort(value.toDouble()); };
    m_equity->setData(figure(QStringLiteral("Equity $"), short_(sheet.detail.margin.equity)));
    m_maintenance->setData(
        figure(QStringLiteral("Maintenance $"), short_(sheet.detail.margin.maintenance)));
    m_free->setData(figure(QStringLiteral("Free margin $"), short_(sheet.detail.freeMargin),
                           sheet.detail.freeMargin.isNegative() ? Priority::P1 : Priority::None));
    m_health->setData(
        hasHealth ? figure(QStringLiteral("Health"), widgets::formatExact(f.health, 3), state)
                  : figureWithout(QStringLiteral("Health"), QStringLiteral("no position")));
    m_bar->setVisible(hasHealth);
    if (hasHealth) m_bar->setData(healthBar(f.health));
    widgets::FigureData distance =
        figureWithout(QStringLiteral("To liquidation"), QStringLiteral("no line"));
    if (f.hasLegs && f.health < 1) {
        distance.reason = QStringLiteral("reached");
    } else if (f.distance) {
        distance = figure(QStringLiteral("To liquidation"),
                          widgets::formatPercent(*f.distance, 2, widgets::Sign::Always));
        distance.detail = text((*sheet.snapshot->markets)[f.binding.value()].instrument.code);
    }
    m_distance->setData(distance);
    m_leverage->setData(
        std::isfinite(f.leverage)
            ? figure(QStringLiteral("Leverage"),
                     widgets::formatExact(f.leverage, 1) + QStringLiteral("×"))
            : figureWithout(QStringLiteral("Leverage"), QStringLiteral("no equity")));
    const Account& account = view::accountOf(*sheet.snapshot, sheet.account);
    const Liquidation* running = liquidationOf(*sheet.snapshot, account.liquidation);
    widgets::FigureData queue =
        figureWithout(QStringLiteral("Queue"), QStringLiteral("not in liquidation"));
    if (running != nullptr) {
        queue = figure(QStringLiteral("Queue"),
                       running->steps == 0 ? QStringLiteral("no order")
                                           : QStringLiteral("order %1").arg(running->steps));
        queue.detail = QStringLiteral("since %1").arg(clockText(running->since));
    }
    m_queue->setData(queue);
}

CellsPanel::CellsPanel(const QString& title, const QString& tableName,
                       std::span<const ColumnInfo> columns, int stretch, QWidget* parent)
    : PanelFrame(title, parent) {
    m_table = new widgets::DataTable(tableName, this);
    m_model = new CellsModel(columns, m_table);
    m_table->setModel(m_model);
    m_table->setColumnWidths(m_model->widths());
    m_table->setStretchColumn(stretch);
    setContent(m_table, widgets::PanelPadding::None);
}

widgets::WaterfallData waterfallOf(const view::Snapshot& snapshot,
                                   const view::AccountDetail& detail) {
    widgets::WaterfallData data;
    data.name = QStringLiteral("Margin explained");
    std::vector<const view::LegDetail*> legs;
    for (const view::LegDetail& leg : detail.legs)
        legs.push_back(&leg);
    std::stable_sort(legs.begin(), legs.end(),
                     [](const view::LegDetail* a, const view::LegDetail* b) {
                         return a->maintenance > b->maintenance;
                     });
    const auto add = [&](WaterfallKind kind, const QString& name, Money value,
                         widgets::Sign sign = widgets::Sign::MinusOnly) {
        data.bars.append(
            {kind, name, value.toDouble(), widgets::formatShort(value.toDouble(), -1, sign)});
    };
    Money others, relief;
    for (std::size_t i = 0; i < legs.size(); ++i) {
        const Money part = legs[i]->maintenance + legs[i]->maintenanceDeduction;
        relief += legs[i]->maintenanceDeduction;
        if (i < kMostBars) {
            add(WaterfallKind::Part,
                text((*snapshot.markets)[legs[i]->instrument.value()].instrument.code), part,
                widgets::Sign::Always);
        } else {
            others += part;
        }
    }
    if (legs.size() > kMostBars)
        add(WaterfallKind::Part, QStringLiteral("%1 others").arg(legs.size() - kMostBars), others,
            widgets::Sign::Always);
    if (relief.isPositive()) add(WaterfallKind::Relief, QStringLiteral("deduction"), -relief);
    add(WaterfallKind::Total, QStringLiteral("maint."), detail.margin.maintenance);
    add(WaterfallKind::Beside, QStringLiteral("equity"), detail.margin.equity);
    if (detail.freeMargin.isNegative())
        add(WaterfallKind::Shortfall, QStringLiteral("short"), detail.freeMargin);
    return data;
}

MarginPanel::MarginPanel(QWidget* parent) : PanelFrame(QStringLiteral("Margin explained"), parent) {
    m_waterfall = new widgets::Waterfall(this);
    setContent(m_waterfall);
}

void MarginPanel::show(const AccountSheet& sheet) {
    const view::AccountDetail& detail = sheet.detail;
    m_waterfall->setData(waterfallOf(*sheet.snapshot, detail));
    setCaption(QStringLiteral("size × rate − deduction = maintenance %1")
                   .arg(widgets::formatShort(detail.margin.maintenance.toDouble())));
    QStringList raised;
    for (const view::LegDetail& leg : detail.legs) {
        if (leg.raised)
            raised << text((*sheet.snapshot->markets)[leg.instrument.value()].instrument.code);
    }
    Runs foot{Run::caption(QStringLiteral("initial")),
              Run::figure(widgets::formatShort(detail.margin.initial.toDouble()))};
    if (!raised.isEmpty()) {
        foot.push_back(
            Run::body(QStringLiteral("new risk in %1 asks ×%2; what is held does not")
                          .arg(raised.join(QStringLiteral(", ")),
                               widgets::formatExact(
                                   sheet.snapshot->profile->tightenFactor.toDouble(), 1)))
                .after(14));
    }
    if (detail.blind) {
        foot.push_back(Run::badge(Priority::P1).after(14));
        foot.push_back(Run::strong(QStringLiteral("a mark stands still: its index is blind")));
    }
    setFoot(foot);
}

NextStepsPanel::NextStepsPanel(QWidget* parent)
    : CellsPanel(QStringLiteral("Next steps"), QStringLiteral("Orders of its liquidation"),
                 pathColumns(), 1, parent) {
    setKey(QKeySequence(QStringLiteral("Ctrl+M")));
}

void NextStepsPanel::toggleFill() {
    m_fill = m_fill == view::FillAt::Mark ? view::FillAt::Limit : view::FillAt::Mark;
}

void NextStepsPanel::show(const AccountSheet& sheet) {
    const bool atMark = m_fill == view::FillAt::Mark;
    const view::LiquidationPath& path = atMark ? sheet.atMark : sheet.atLimit;
    const view::LiquidationPath& other = atMark ? sheet.atLimit : sheet.atMark;
    const QString fill = QStringLiteral("every order filled at its %1")
                             .arg(atMark ? QStringLiteral("mark") : QStringLiteral("limit"));
    const QString start = startText(sheet, path);
    setCaption(start.isEmpty() ? fill : start + QStringLiteral(", ") + fill);
    const bool none = path.end == view::PathEnd::NoLine;
    widgets::EmptyStateData empty;
    empty.what = none ? QStringLiteral("Nothing can start a liquidation")
                      : pathEndText(*sheet.snapshot, path);
    empty.why = none ? QStringLiteral(
                           "No move of one of its markets, all else unchanged, brings "
                           "equity to maintenance.")
                     : QStringLiteral("No order is placed before that is resolved.");
    table().setEmptyState(empty);
    setRows(pathRows(*sheet.snapshot, path));
    if (path.steps.empty()) return setFoot({});
    setFoot({Run::badge(path.end == view::PathEnd::BelowZero ? Priority::P1 : Priority::None),
             Run::strong(pathEndText(*sheet.snapshot, path)),
             Run::caption(QStringLiteral("at the %1: %2")
                              .arg(atMark ? QStringLiteral("limits") : QStringLiteral("marks"),
                                   pathEndText(*sheet.snapshot, other)))
                 .after(14)});
}

}  // namespace breakwater::ui
