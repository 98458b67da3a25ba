#include "ui/go_to.hpp"

#include <array>
#include <cmath>

#include "ui/fuzzy.hpp"
#include "ui/make_data.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, 4> kColumns{{
    {"Name", "", 180, Qt::AlignLeft, "Account or market"},
    {"Kind", "", 90, Qt::AlignLeft, "Account tag, or market"},
    {"Health", "ratio", 90, Qt::AlignRight, "Equity / maintenance of an account"},
    {"Equity", "$", 90, Qt::AlignRight, "Equity of an account; mark of a market"},
}};

CellRow accountRow(const view::Snapshot& snapshot, AccountId account) {
    const view::AccountFigures f = view::figuresOf(snapshot, account);
    const QString name = text(view::nameOf(snapshot, account));
    CellRow row{name, {{name, {}}}, false};
    row.cells[0].shape(priorityOf(f.band));
    row.cells.push_back({tagWord(view::accountOf(snapshot, account).tag), {}});
    row.cells.push_back(f.hasLegs && std::isfinite(f.health)
                            ? Cell{widgets::formatExact(f.health, 3), {}}
                            : noCell(QStringLiteral("no position")));
    row.cells.push_back({widgets::formatShort(f.equity), widgets::formatExact(f.equity)});
    return row;
}

CellRow marketRow(const Market& market) {
    const QString symbol = text(market.instrument.symbol);
    CellRow row{symbol, {{symbol, {}}, {QStringLiteral("market"), {}}, {}}, false};
    row.cells.push_back(market.hasMark ? Cell{priceText(market.mark, market.instrument.tick), {}}
                                       : noCell(QStringLiteral("no mark")));
    return row;
}

}  // namespace

GoToOverlay::GoToOverlay(QWidget& area)
    : PickOverlay({"Go to", "an account or a market; Enter opens it",
                   "account name such as 0x7a3f, or a market such as ETH", "Accounts and markets"},
                  kColumns, 0, area, QSize(560, 420)),
      m_search(new NameSearch(this)) {
    connect(this, &PickOverlay::typedChanged, this, &GoToOverlay::look);
    connect(m_search, &NameSearch::found, this, &GoToOverlay::onFound);
}

void GoToOverlay::show(std::shared_ptr<const view::Snapshot> snapshot) {
    m_snapshot = std::move(snapshot);
    openEmpty();
}

void GoToOverlay::look(const QString& typed) {
    m_hits.reset();
    m_pickWhenFound = false;
    if (m_snapshot && !typed.isEmpty()) m_search->request(m_snapshot, utf8(typed));
    list();
}

void GoToOverlay::onFound(const std::shared_ptr<const view::Snapshot>& snapshot,
                          const std::shared_ptr<const view::AccountHits>& hits) {
    if (isHidden() || snapshot != m_snapshot || text(hits->text) != typed()) return;
    m_hits = hits;
    list();
    if (std::exchange(m_pickWhenFound, false)) PickOverlay::pick();
}

void GoToOverlay::list() {
    std::vector<Pick> picks;
    const QString wanted = typed();
    if (m_snapshot && m_snapshot->markets) {
        for (const Market& market : *m_snapshot->markets) {
            if (!fuzzyScore(wanted, text(market.instrument.symbol))) continue;
            const InstrumentId id = market.instrument.id;
            picks.push_back({marketRow(market), [this, id] { emit marketChosen(id); }});
        }
    }
    if (m_hits) {
        std::vector<Pick> accounts;
        for (const AccountId account : m_hits->best) {
            accounts.push_back({accountRow(*m_snapshot, account),
                                [this, account] { emit accountChosen(account); }});
        }
        picks.insert(picks.begin(), accounts.begin(), accounts.end());
        setAside(
            m_hits->total > m_hits->best.size()
                ? widgets::Runs{widgets::Run::caption(
                      QStringLiteral("%1 of %2 accounts")
                          .arg(m_hits->best.size())
                          .arg(widgets::formatCount(static_cast<std::int64_t>(m_hits->total))))}
                : widgets::Runs{});
    } else {
        setAside({});
    }
    const bool sought = !wanted.isEmpty() && !m_hits && m_snapshot;
    setPicks(
        std::move(picks),
        !m_snapshot ? nothingHere(QStringLiteral("The venue is opening"),
                                  QStringLiteral("There is no account to go to yet."))
        : sought
            ? nothingHere(QStringLiteral("Looking"),
                          QStringLiteral("All names are being searched."))
            : nothingHere(QStringLiteral("No such account or market: %1").arg(wanted),
                          QStringLiteral("A part of the name is enough; letters of either case.")));
}

void GoToOverlay::pick() {
    if (!typed().isEmpty() && !m_hits && m_snapshot) {
        m_pickWhenFound = true;
        return;
    }
    PickOverlay::pick();
}

}  // namespace breakwater::ui
