#include "ui/screens/breaker_effect.hpp"

#include <algorithm>

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "core/breaker/permissions.hpp"
#include "ui/make_data.hpp"
#include "ui/readings.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

constexpr std::size_t kMarketsShown = 6;

// The core's table has no column for a level the venue does not have.
bool hasColumn(BreakerLevel level) { return level != BreakerLevel::Auction; }

widgets::PermissionState stateOf(Permission permission) {
    switch (permission) {
        case Permission::Yes:
        case Permission::RaisedMargin:
        case Permission::Capped: return widgets::PermissionState::On;
        case Permission::Queued:
        case Permission::Suspended:
        case Permission::No: return widgets::PermissionState::Blocked;
    }
    return widgets::PermissionState::Blocked;
}

}  // namespace

EffectPanel::EffectPanel(QWidget* parent) : PanelFrame(QStringLiteral("Effect"), parent) {
    auto* body = new QWidget(this);
    auto* row = new QHBoxLayout(body);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::Theme::current().px(28));
    m_permissions = new widgets::PermissionList(body);
    m_permissions->setAccessibleName(QStringLiteral("What stays on at the chosen level"));
    m_exits = new widgets::FactList(body);
    m_exits->setAccessibleName(QStringLiteral("Exit fill ratio by side"));
    auto* left = new QVBoxLayout;
    left->addWidget(m_permissions);
    left->addStretch(1);
    auto* right = new QVBoxLayout;
    right->addWidget(m_exits);
    right->addStretch(1);
    row->addLayout(left, 5);
    row->addLayout(right, 4);
    setContent(body);
}

QVector<widgets::Fact> EffectPanel::exitFacts(const view::Snapshot& snapshot,
                                              const BreakerDraft& draft) const {
    QVector<widgets::Fact> facts;
    const std::vector<InstrumentId> scope = scopeOf(draft, snapshot);
    facts.append(fact(QStringLiteral("Exit fill in 60 s"), QStringLiteral("sell, buy"),
                      widgets::FontRole::Caption));
    for (std::size_t i = 0; i < std::min(scope.size(), kMarketsShown); ++i) {
        const ExitRatio ratio = exitRatioOf(snapshot, scope[i].value());
        const auto words = [](const std::optional<double>& r) {
            return r ? widgets::formatPercent(*r) : QStringLiteral("none asked");
        };
        widgets::Fact exits =
            fact(text((*snapshot.markets)[scope[i].value()].instrument.symbol),
                 QStringLiteral("%1, %2").arg(words(ratio.sell), words(ratio.buy)));
        const view::Alarm* blocked = openAlarm(snapshot, view::AlarmKind::ExitBlocked, scope[i]);
        if (blocked != nullptr) exits.priority = priorityOf(blocked->priority);
        facts.append(exits);
    }
    if (scope.size() > kMarketsShown) {
        const ExitRatio all = exitRatioOf(snapshot);
        facts.append(
            fact(QStringLiteral("All markets"),
                 QStringLiteral("%1, %2").arg(
                     all.sell ? widgets::formatPercent(*all.sell) : QStringLiteral("none asked"),
                     all.buy ? widgets::formatPercent(*all.buy) : QStringLiteral("none asked"))));
    }
    const std::size_t queued = snapshot.withdrawals ? snapshot.withdrawals->size() : 0;
    facts.append(fact(QStringLiteral("Withdrawals queued"),
                      widgets::formatCount(static_cast<std::int64_t>(queued))));
    const std::size_t running = snapshot.liquidations ? snapshot.liquidations->size() : 0;
    facts.append(fact(QStringLiteral("Liquidations running"),
                      widgets::formatCount(static_cast<std::int64_t>(running))));
    facts.append(
        fact(QStringLiteral("Blind markets in scope"),
             QStringLiteral("%1 of %2").arg(blindMarkets(draft, snapshot)).arg(scope.size())));
    return facts;
}

void EffectPanel::refresh(const view::Snapshot& snapshot, const BreakerDraft& draft) {
    const BreakerLevel level =
        draft.kind == CommandKind::Renew ? standingLevel(draft, snapshot) : draft.level;
    setCaption(QStringLiteral("permissions at %1 %2").arg(levelCode(level), levelWord(level)));
    QVector<widgets::Permission> list;
    for (std::size_t i = 0; hasColumn(level) && i < kActions; ++i) {
        const auto action = static_cast<Action>(i);
        const Permission permission = permissionOf(level, action);
        list.append({text(breakwater::title(action)), stateOf(permission),
                     text(breakwater::title(permission))});
    }
    m_permissions->setPermissions(list);
    m_exits->setFacts(exitFacts(snapshot, draft));
}

}  // namespace breakwater::ui
