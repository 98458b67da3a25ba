#include "ui/screens/account_preview.hpp"

#include <algorithm>
#include <cmath>

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/risk/margin.hpp"
#include "ui/make_data.hpp"
#include "ui/screens/account_panels.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::Fact;
using widgets::FontRole;
using widgets::Run;

}  // namespace

AccountPreview::AccountPreview(QWidget* parent) : PanelFrame(QStringLiteral("Preview"), parent) {
    setCaption(QStringLiteral("read-only, exact margin"));
    setKey(QKeySequence(QStringLiteral("Ctrl+I")));
    m_pages = new QStackedWidget(this);
    auto* nothing = new widgets::EmptyState(m_pages);
    nothing->setData(
        nothingHere(QStringLiteral("No account is chosen"),
                    QStringLiteral("Choose a row: its margin and positions appear here.")));
    m_pages->addWidget(nothing);
    m_pages->addWidget(buildFigures());
    setContent(m_pages);
}

QWidget* AccountPreview::buildFigures() {
    auto* body = new QWidget(m_pages);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    auto* head = new QHBoxLayout;
    m_name = new widgets::RunLabel(body);
    m_badge = new widgets::StateBadge(body);
    head->addWidget(m_name, 1);
    head->addWidget(m_badge);
    auto* figures = new QHBoxLayout;
    m_health = new widgets::FigureView(FontRole::FigureLarge, body);
    m_equity = new widgets::FigureView(FontRole::FigureLarge, body);
    m_maintenance = new widgets::FigureView(FontRole::FigureLarge, body);
    for (widgets::FigureView* view : {m_health, m_equity, m_maintenance})
        figures->addWidget(view, 1);
    m_bar = new widgets::KpiBar(widgets::KpiLayout::BarOnly, body);
    m_facts = new widgets::FactList(body);
    m_legs = new widgets::DataTable(QStringLiteral("Positions of the account"), body);
    m_model = new LegsModel(m_legs);
    m_legs->setModel(m_model);
    m_legs->setColumnWidths(m_model->widths());
    m_legs->setStretchColumn(LegsModel::Name);
    m_legs->setEmptyState(nothingHere(QStringLiteral("No position"),
                                      QStringLiteral("The account holds collateral only.")));
    column->addLayout(head);
    column->addLayout(figures);
    column->addWidget(m_bar);
    column->addWidget(m_facts);
    column->addSpacing(widgets::Theme::current().px(8));
    column->addWidget(m_legs, 1);
    return body;
}

void AccountPreview::show(const std::shared_ptr<const view::Snapshot>& snapshot,
                          std::optional<AccountId> account) {
    if (!snapshot || !account || account->value() >= snapshot->accountCount) {
        m_pages->setCurrentIndex(0);
        return;
    }
    m_pages->setCurrentIndex(1);
    m_model->setAccount(snapshot.get(), account);
    refreshFigures(*snapshot, *account);
}

void AccountPreview::refreshFigures(const view::Snapshot& snapshot, AccountId account) {
    const view::AccountFigures figures = view::figuresOf(snapshot, account);
    const HealthBand band = view::accountOf(snapshot, account).band;
    m_name->setRuns({Run::figure(text(view::nameOf(snapshot, account)), widgets::Priority::None,
                                 FontRole::Figure),
                     Run::body(tagWord(view::accountOf(snapshot, account).tag)).after(10)});
    m_badge->setData({priorityOf(band), bandWord(band)});
    const bool hasHealth = figures.hasLegs && std::isfinite(figures.health);
    m_health->setData(
        hasHealth ? figure(QStringLiteral("Health"), widgets::formatExact(figures.health, 3))
                  : figureWithout(QStringLiteral("Health"), QStringLiteral("no position")));
    m_equity->setData(figure(QStringLiteral("Equity $"), widgets::formatShort(figures.equity)));
    m_maintenance->setData(
        figure(QStringLiteral("Maintenance $"), widgets::formatShort(figures.maintenance)));
    m_bar->setVisible(hasHealth);
    if (hasHealth) m_bar->setData(healthBar(figures.health));
    refreshFacts(snapshot, account, figures);
}

void AccountPreview::refreshFacts(const view::Snapshot& snapshot, AccountId account,
                                  const view::AccountFigures& figures) {
    const Margin exact = view::exactMargin(snapshot, account);
    const auto money = [](Money amount) { return widgets::formatExact(amount.toDouble()); };
    QVector<Fact> facts{fact(QStringLiteral("Equity"), money(exact.equity)),
                        fact(QStringLiteral("Initial margin"), money(exact.initial)),
                        fact(QStringLiteral("Maintenance margin"), money(exact.maintenance)),
                        fact(QStringLiteral("Gross notional"), money(exact.gross)),
                        fact(QStringLiteral("Cash"), widgets::formatExact(figures.cash))};
    if (figures.hasLegs) {
        Fact leverage = fact(QStringLiteral("Leverage"), {});
        if (std::isfinite(figures.leverage)) {
            leverage.value = widgets::formatExact(figures.leverage, 1) + QStringLiteral("×");
        } else {
            leverage.reason = QStringLiteral("no equity");
        }
        facts.append(leverage);
        Fact move =
            fact(QStringLiteral("Move to maintenance, %1")
                     .arg(text((*snapshot.markets)[figures.binding.value()].instrument.code)),
                 {});
        if (figures.health < 1)
            move.reason = QStringLiteral("reached");
        else if (figures.distance)
            move.value = widgets::formatPercent(*figures.distance, 2, widgets::Sign::Always);
        else
            move.reason = QStringLiteral("none");
        facts.append(move);
    }
    if (const Liquidation* running =
            liquidationOf(snapshot, view::accountOf(snapshot, account).liquidation)) {
        facts.append(fact(
            QStringLiteral("In liquidation since"),
            QStringLiteral("%1, order %2").arg(clockText(running->since)).arg(running->steps)));
    }
    m_facts->setFacts(facts);
}

}  // namespace breakwater::ui
