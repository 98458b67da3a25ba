#include "ui/palette.hpp"

#include <algorithm>
#include <array>

#include <QAction>

#include "ui/actions.hpp"
#include "ui/fuzzy.hpp"
#include "ui/glossary.hpp"
#include "ui/make_data.hpp"
#include "ui/text.hpp"
#include "widgets/key_cap.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, 3> kColumns{{
    {"Command", "", 380, Qt::AlignLeft, "What it does"},
    {"Where", "", 110, Qt::AlignLeft, "What it belongs to"},
    {"Key", "", 130, Qt::AlignRight, "Its key"},
}};

constexpr qsizetype kLeastLetters = 3;  // before a name that is not 0x.. is looked for
constexpr int kNamed = 100'000;         // what was typed as a name stands first

// A fit in the name counts in full, one in the tooltip less.
std::optional<int> scoreOf(const QString& typed, const QString& name, const QString& hint) {
    const auto best = fuzzyScore(typed, name);
    if (best) return best;
    // Scattered letters of a sentence mean nothing: there only whole words count.
    return typed.size() >= kLeastLetters && hint.contains(typed, Qt::CaseInsensitive)
               ? std::optional(0)
               : std::nullopt;
}

}  // namespace

PaletteOverlay::PaletteOverlay(QWidget& area)
    : PickOverlay({"Search or command", "Enter does it",
                   "a command, 0x.. for an account, a market, "
                   "a term",
                   "Commands and finds"},
                  kColumns, 0, area, QSize(760, 520)),
      m_search(new NameSearch(this)) {
    setKey(QKeySequence(QStringLiteral("Ctrl+K")));
    connect(this, &PickOverlay::typedChanged, this, &PaletteOverlay::look);
    connect(m_search, &NameSearch::found, this,
            [this](const auto& snapshot, const std::shared_ptr<const view::AccountHits>& hits) {
                if (isHidden() || snapshot != m_offer.snapshot || text(hits->text) != typed())
                    return;
                m_hits = hits;
                list();
            });
}

void PaletteOverlay::show(const PaletteOffer& offer) {
    m_offer = offer;
    openEmpty();
}

void PaletteOverlay::look(const QString& typed) {
    m_hits.reset();
    const bool name = typed.startsWith(QStringLiteral("0x"), Qt::CaseInsensitive) ||
                      typed.size() >= kLeastLetters;
    if (m_offer.snapshot && name) m_search->request(m_offer.snapshot, utf8(typed));
    list();
}

void PaletteOverlay::addActions(const QList<QAction*>& actions, const QString& kind, int bonus,
                                std::vector<Scored>& out) {
    for (QAction* action : actions) {
        if (action->text().isEmpty() || action->isSeparator()) continue;
        const auto score = scoreOf(typed(), action->text(), action->toolTip());
        if (!score) continue;
        const QString why = whyNot(*action);
        Pick pick;
        pick.row.key = kind + action->text();
        Cell name{action->text(), action->toolTip()};
        if (why.isEmpty()) {
            name.with(widgets::CellRangeRole, action->toolTip());
            pick.act = [action = QPointer<QAction>(action)] {
                if (action) action->trigger();
            };
        } else {
            name.with(widgets::CellRangeRole, QStringLiteral("not now: %1").arg(why))
                .tone(widgets::Token::Muted);
        }
        Cell where{kind, {}};
        where.tone(widgets::Token::Muted);
        pick.row.cells = {name, where, {widgets::keyCapText(action->shortcut()), {}}};
        // What cannot be done is shown, but not before what can.
        out.push_back({*score + bonus - (why.isEmpty() ? 0 : 60), std::move(pick)});
    }
}

void PaletteOverlay::addMarkets(std::vector<Scored>& out) {
    if (!m_offer.snapshot || typed().isEmpty()) return;
    for (const Market& market : *m_offer.snapshot->markets) {
        const QString symbol = text(market.instrument.symbol);
        const auto score = fuzzyScore(typed(), symbol);
        if (!score) continue;
        const InstrumentId id = market.instrument.id;
        Pick pick;
        pick.row = {QStringLiteral("market ") + symbol,
                    {{symbol, {}}, {QStringLiteral("market"), {}}, {}},
                    false};
        pick.row.cells[1].tone(widgets::Token::Muted);
        pick.act = [this, id] { emit marketChosen(id); };
        out.push_back({*score, std::move(pick)});
    }
}

void PaletteOverlay::addAccounts(std::vector<Scored>& out) {
    if (!m_hits) return;
    int rank = 0;
    for (const AccountId account : m_hits->best) {
        const QString name = text(view::nameOf(*m_offer.snapshot, account));
        Pick pick;
        pick.row = {QStringLiteral("account ") + name,
                    {{name, {}}, {QStringLiteral("account"), {}}, {}},
                    false};
        pick.row.cells[0].shape(priorityOf(view::figuresOf(*m_offer.snapshot, account).band));
        pick.row.cells[1].tone(widgets::Token::Muted);
        pick.act = [this, account] { emit accountChosen(account); };
        out.push_back({kNamed - rank++, std::move(pick)});
    }
}

void PaletteOverlay::addTerms(std::vector<Scored>& out) {
    if (typed().isEmpty()) return;
    for (const Term& term : glossary()) {
        const auto score = fuzzyScore(typed(), QString::fromUtf8(term.term));
        if (!score) continue;
        const QString id = QString::fromUtf8(term.id);
        Pick pick;
        Cell name{QString::fromUtf8(term.term), QString::fromUtf8(term.definition)};
        name.with(widgets::CellRangeRole, QString::fromUtf8(term.definition));
        Cell where{QStringLiteral("glossary"), {}};
        where.tone(widgets::Token::Muted);
        pick.row = {QStringLiteral("term ") + id, {name, where, {}}, false};
        pick.act = [this, id] { emit termChosen(id); };
        out.push_back({*score - 20, std::move(pick)});
    }
}

void PaletteOverlay::list() {
    std::vector<Scored> all;
    addActions(m_offer.screen, m_offer.screenTitle, 10, all);
    addActions(m_offer.window, QStringLiteral("everywhere"), 0, all);
    addMarkets(all);
    addAccounts(all);
    addTerms(all);
    if (!typed().isEmpty()) {
        std::stable_sort(all.begin(), all.end(),
                         [](const Scored& a, const Scored& b) { return a.score > b.score; });
    }
    std::vector<Pick> picks;
    for (Scored& scored : all)
        picks.push_back(std::move(scored.pick));
    setPicks(std::move(picks),
             nothingHere(QStringLiteral("Nothing is called so"),
                         QStringLiteral("Commands, accounts, markets and terms were searched.")));
}

}  // namespace breakwater::ui
