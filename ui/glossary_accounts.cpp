// Terms of accounts and their margin.
#include <array>

#include "ui/glossary.hpp"

namespace breakwater::ui {
namespace {

constexpr Term kTerms[] = {
    {"account", "Account", "Accounts;Preview;One account;Acct",
     "One client's, maker's or liquidator's books at the venue: balances and positions, margined "
     "together (cross margin).",
     "", "", "", "Accounts, drill-down, queue"},
    {"tag", "Tag", "",
     "What the venue takes the account for: client, maker or liquidator. Makers and liquidators "
     "may post inside the price band while a breaker restricts new risk.",
     "", "", "", "Accounts, drill-down"},
    {"equity", "Equity", "Account:Equity;filtered sum;Equity after",
     "What the account owns at these marks.", "collateral value + Σ unrealised profit",
     "collateral;upnl", "$", "Accounts, drill-down, What-if"},
    {"maintenance", "Maintenance margin", "Maint.;Maintenance;MM",
     "What the account must hold to keep its positions. Below it the venue liquidates.",
     "Σ over legs (notional × tier rate − tier deduction), rounded away from zero",
     "notional;tierRate;tierDeduction", "$", "Accounts, drill-down"},
    {"initial", "Initial margin", "Initial;IM",
     "What the account must hold to take new risk or to withdraw. A breaker at level 1 raises it "
     "for new risk only, never for what is held.",
     "Σ over legs (notional × initial rate − deduction)", "notional;tighten", "$",
     "Accounts, drill-down, What-if"},
    {"freeMargin", "Free margin", "Cash taken out;Free",
     "What may be lost before the account is liquidated. Below zero it says how much is missing.",
     "equity − maintenance margin", "equity;maintenance", "$", "Drill-down"},
    {"health", "Health", "Account health;Health of all accounts;Accounts by health;Health after",
     "How many times over the account covers what it must hold. Below 1.00 it is liquidated; the "
     "venue restores it to the profile's target.",
     "equity / maintenance margin", "equity;maintenance", "ratio",
     "Situation, Accounts, drill-down, queue"},
    {"band", "Health band",
     "Accounts:State;Band;below 1.00;1.00 to 1.10;1.10 to 1.25;above;below IM;near MM",
     "Healthy; below initial margin; near maintenance (under the profile's warning factor); below "
     "maintenance; below zero. A running liquidation is said instead.",
     "by equity against initial, warning factor × maintenance, maintenance, zero",
     "equity;initial;maintenance", "", "Accounts, drill-down"},
    {"distance", "Distance to liquidation",
     "To liq;To liquidation;Move to maintenance, *;Falls to;Rises to;Distance to the line;One "
     "factor at a time;Down;Up;Nearer;Distance",
     "The relative move of one mark, all else unchanged, at which equity meets maintenance. An "
     "account already below it is told the way back. A dash: no price does it. Computed in double "
     "precision; the decision itself is exact.",
     "root of equity(move) − maintenance(move), tier by tier", "mark;equity;maintenance", "%",
     "Accounts, drill-down"},
    {"leverage", "Leverage", "Lev", "How much is held for each dollar of equity.",
     "gross notional / equity", "gross;equity", "×", "Accounts, drill-down"},
    {"gross", "Gross notional", "Gross;Notional held",
     "The size of all positions, longs and shorts added up.", "Σ |size| × mark", "mark", "$",
     "Accounts, drill-down"},
    {"notional", "Notional", "Size at the mark", "The size of one position in money.",
     "|size| × mark, rounded away from zero", "mark;size", "$", "Drill-down"},
    {"upnl", "Unrealised profit", "uPnL;unrealised",
     "What closing at the mark would add to cash, fees aside.", "size × mark − cost",
     "size;mark;entry", "$", "Accounts, drill-down"},
    {"cash", "Cash", "Settled balance",
     "The settled balance in the settlement asset. It may be below zero.", "", "", "$",
     "Accounts, drill-down"},
    {"collateral", "Collateral", "Asset;Collateral:Amount;Collateral:Value;Collateral value",
     "Settled balances at the value they count for. A debt is not softened by a haircut.",
     "Σ balance × (1 − haircut), rounded toward zero", "cash;haircut", "$", "Drill-down"},
    {"haircut", "Haircut", "", "The share of a collateral asset that does not count as margin.",
     "from the venue's profile", "", "%", "Drill-down"},
    {"binding", "Binding market", "Binding",
     "The position that asks the most maintenance margin: the one a liquidation closes first.", "",
     "maintenance", "", "Accounts, drill-down"},
    {"position", "Position", "Positions;Instrument;Positions of the account;Leg",
     "Contracts of one market held open.", "", "", "contracts", "Accounts, drill-down"},
    {"size", "Size", "Size left;Quantity",
     "Contracts of a position, signed: above zero is long, below zero short.", "", "", "contracts",
     "Drill-down, queue"},
    {"entry", "Entry price", "Entry", "What the open contracts cost, per contract.", "cost / size",
     "size", "$", "Drill-down"},
    {"tierRate", "Tier rate", "Rate",
     "The maintenance rate of the tier the notional falls in; larger positions fall in higher "
     "tiers.",
     "from the market's margin tiers", "notional", "%", "Drill-down"},
    {"tierDeduction", "Tier deduction", "Deduction",
     "What the lower tiers ask less than this tier's rate on the whole position. It makes the "
     "requirement continuous at each tier's edge.",
     "from the market's margin tiers", "tierRate", "$", "Drill-down"},
    {"marginExplained", "Margin explained",
     "Every term;Terms of the margin;Every term:Term;Every term:Made of;Every term:Amount;Term;"
     "Made of",
     "Every line of the account's margin as the engine adds it up, in exact decimals; the lines of "
     "a part sum to its total to the last unit.",
     "equity = collateral + unrealised; maintenance = Σ (size × rate − deduction)",
     "equity;maintenance;initial", "$", "Drill-down"},
    {"nextSteps", "Next steps",
     "Orders of its liquidation;Next steps:Order;Next steps:Market;Next steps:Close;"
     "Next steps:At;Next steps:Fee;Next steps:Equity;Next steps:Health",
     "The orders the venue's own policy would place for this account, one by one, assuming every "
     "order fills whole at the mark (or at its limit) and no mark moves meanwhile. Where the "
     "account stands above maintenance it starts at the tick where its binding market brings it "
     "there.",
     "each order: the leg with the largest maintenance; at most the profile's share of it; whole "
     "when small, when equity is under two thirds of maintenance, or when the fund stands behind",
     "limit;fee;health", "", "Drill-down"},
    {"limit", "Bankruptcy price", "Limit",
     "The worst price a liquidation order may fill at: the price of that leg at which the "
     "account's equity is zero.",
     "mark ∓ equity / |size|, rounded to the tick in the account's favour", "equity;size;mark", "$",
     "Drill-down, queue"},
    {"fee", "Liquidation fee", "Fee",
     "Paid to the insurance fund on what is closed, while the account has equity to pay it.",
     "closed notional × the profile's fee, at most equity", "notional", "$", "Drill-down, queue"},
    {"queueState", "Queue", "In liquidation since;Queue state",
     "Whether the account is being liquidated, since when, and how many orders were placed.", "",
     "", "", "Drill-down, queue"},
    {"accountEvents", "Events of this account",
     "Events of this account, newest first;Kind;When;What",
     "What the record holds about the account, newest first: fills, transfers, changes of band, "
     "liquidation orders.",
     "", "", "", "Drill-down, Forensics"},
};

}  // namespace

std::span<const Term> accountTerms() { return kTerms; }

}  // namespace breakwater::ui
