// Terms of the queue, the fund, the layers that pay, what-if and forensics.
#include "ui/glossary.hpp"

namespace breakwater::ui {
namespace {

constexpr Term kTerms[] = {
    {"adlDistance", "Distance to ADL",
     "First ADL dollar at;ADL at;ADL at *;Next nearest;First ADL at;First ADL dollar",
     "The move of one market, all else unchanged, at which the shortfalls first exceed the fund: "
     "the next dollar then comes from winners. First round, nobody trades meanwhile.",
     "smallest move with Σ shortfall > fund, within ±60 %", "shortfall;fund", "%",
     "Situation, Fund"},
    {"nextDollar", "Next dollar", "Who pays;Paid by",
     "Who pays the next dollar of a deficit, how many dollars are left until the next layer, and "
     "the price move that gets there.",
     "", "layers;available", "$", "Situation, Fund"},
    {"fund", "Insurance fund",
     "fund;Fund;Balance;Fund paid, session;Received, lowest;Fund paid;Fund history;Lowest of the "
     "session",
     "Pays the deficit of accounts below zero while it holds money. Fees and recoveries flow in.",
     "capital + received − paid", "fee;capital", "$", "Situation, Fund"},
    {"capital", "Capital of the fund", "Of its capital;Capital;Capital paid in",
     "What was paid in as capital, less what was taken out again. Below half of it is an alarm, "
     "empty is another.",
     "balance / capital", "fund", "%", "Situation, Fund"},
    {"available", "Available now", "Available until ADL;Available;Until ADL, available $",
     "Dollars that can pay within 10 minutes: liquid, on the paying side, less what is committed "
     "to open defaults.",
     "liquid balance − committed", "fund;committed", "$", "Situation, Fund"},
    {"booked", "Booked", "Booked value",
     "The fund as the books carry it: cash and inventory taken over, before it is asked what it "
     "would fetch.",
     "cash + inventory at the mark", "fund", "$", "Fund"},
    {"inventory", "Inventory", "Inventory at exit price;Exit price",
     "Positions the fund took over, valued at the price at which they could be sold.", "", "depth",
     "$", "Fund"},
    {"committed", "Committed", "Committed to open defaults;Open defaults",
     "What open defaults will take from the fund at these marks.",
     "Σ −equity of accounts below zero in liquidation", "shortfall", "$", "Fund"},
    {"layers", "Loss waterfall",
     "Waterfall;Layers;Layers in the order they pay;Layer;margin of "
     "the account first;Has;Pays;Used",
     "Who pays, in the profile's order: own margin, book, insurance fund, auto-deleveraging, "
     "socialised loss. A layer pays only while its entry condition holds, and each payment names "
     "it.",
     "", "fund;adl;socialised", "$", "Situation, Fund, What-if"},
    {"comparator", "Comparator", "Compared with;Newest crash;Went further",
     "The same move in a recorded crash, so that a percentage has a size one remembers.",
     "move / move of that day", "adlDistance", "×", "Fund"},
    {"flowInOut", "In- and outflow",
     "Inflow;Outflow;Paid in;Paid out;Flows;Flows:Cause;Flows:Count;Flows:Last hour",
     "What the fund received (fees, recoveries, capital) and paid.", "", "fund", "$", "Fund"},
    {"shortfall", "Shortfall",
     "Shortfall of accounts below zero;Est. shortfall;Below zero;Deficit;Shortfall est.;Shortfall "
     "est. $, at least;Underwater;Equity, maintenance",
     "What accounts below zero owe and nobody has paid yet.", "Σ −equity of accounts below zero",
     "equity", "$", "Situation, queue, What-if"},
    {"adl", "Auto-deleveraging",
     "ADL;ADL preview;ADL preview, *;ADL notional;Contribution;ADL preview:Closes;"
     "ADL preview, *:Closes;ADL preview:Gives;ADL preview, *:Gives;ADL preview:Now;"
     "ADL preview, *:Now",
     "When the fund is empty, winners' positions are closed one for one against the bankrupt's, at "
     "a price that gives up part of their profit.",
     "", "adlScore;fund", "$", "Fund, queue"},
    {"adlRank", "ADL rank", "Rank;ADL #;ADL preview:#;ADL preview, *:#",
     "The place of a winner in the order in which auto-deleveraging would take positions.",
     "by score, highest first", "adlScore", "", "Queue"},
    {"adlScore", "ADL score", "Score",
     "Profit share times leverage: who gained most with least behind it gives first.",
     "(profit / cost) × (notional / equity)", "upnl;leverage", "", "Queue"},
    {"socialised", "Socialised loss", "Loss taken from solvent accounts",
     "What neither fund nor winners covered, taken from solvent accounts by their equity.", "",
     "equity", "$", "Fund, queue"},
    {"arriving", "Arriving", "Arriving /min;Arrivals", "Liquidations begun per venue minute.", "",
     "flow", "per minute", "Queue"},
    {"cleared", "Cleared", "Cleared /min;Clearing",
     "Liquidations ended per venue minute, in whatever way.", "", "flow", "per minute", "Queue"},
    {"backlog", "Backlog", "Clears in;Backlog, *",
     "Liquidations that run now, and whether they grow. Clears in: at the present rates.",
     "running; running / (cleared − arriving)", "arriving;cleared", "liquidations",
     "Situation, queue"},
    {"stuck", "Stuck", "Why;Why it stands there;Why stuck;Stands because;Liquidation queue:For",
     "A liquidation that makes no progress, and the reason: blind index, breaker, no taker, limit "
     "out of the book.",
     "", "blind;breaker;limit", "", "Queue"},
    {"impact", "Impact", "Est. impact;Impact ladder;Impact, *;Impact est.",
     "How far the forced flow would move its market, against the depth of its book.",
     "forced flow / depth × 1 %", "forcedFlow;depth", "%", "Queue"},
    {"forcedFlow", "Forced flow", "Cumulative forced flow",
     "Money that liquidations must trade in a market and side.", "Σ |left to close| × mark",
     "size;mark", "$", "Queue"},
    {"shock", "Shock", "Price shock;Shocks;Against now:Shocked;Against now:Change",
     "A relative move of an underlying's price, applied at once with nothing else changed.",
     "mark × (1 + shock)", "mark", "%", "What-if"},
    {"beta", "Beta", "Lock by beta",
     "How much one underlying moves with another; locked shocks follow by it.",
     "covariance / variance of returns", "shock", "", "What-if"},
    {"belowInitial", "Below initial", "Below initial margin",
     "Accounts that could take no new risk after the shock.", "equity < initial margin",
     "equity;initial", "accounts", "What-if"},
    {"belowMaintenanceCount", "Accounts below maintenance", "Accounts liquidated",
     "Accounts that would be liquidated after the shock.", "equity < maintenance margin",
     "equity;maintenance", "accounts", "What-if"},
    {"belowZeroCount", "Accounts below zero", "Accounts bankrupt",
     "Accounts that would owe more than they have after the shock.", "equity < 0", "equity",
     "accounts", "What-if"},
    {"heatMap", "Heat map", "Map",
     "The chosen figure for every pair of moves of two underlyings; each cell is a full "
     "revaluation of all accounts.",
     "", "shock", "", "What-if"},
    {"queue", "Liquidation queue", "Flow;Closed $, session;To close, depth within 1%",
     "Every liquidation that runs: what is left to close, at what limit, and why it stands there. "
     "Stuck ones first, then the oldest.",
     "", "arriving;cleared;stuck", "", "Queue"},
    {"liquidationStep", "Step", "Liquidation queue:Step",
     "Orders placed so far. The boxes fill by the share of the leg that is closed.", "", "size", "",
     "Queue"},
    {"orderLimit", "Limit against the mark", "Limit vs mark",
     "The worst price the order takes, as a move from the mark: the account's bankruptcy price. "
     "Any price: the fund stands behind it.",
     "limit / mark − 1", "mark", "%", "Queue"},
    {"adlProfit", "Profit of a winner", "ADL preview:PnL;ADL preview, *:PnL",
     "Unrealised profit of the leg against what it cost.", "unrealised profit / |cost|", "upnl",
     "%", "Queue"},
    {"liquidators", "Liquidators", "",
     "Accounts that took liquidation orders in the last ten venue minutes: liquidators and makers.",
     "", "", "", "Queue"},
    {"taken", "Taken", "Fills;Liquidators:Share",
     "What an account took of liquidation orders in ten venue minutes, and its share of all taken.",
     "Σ |quantity| × price", "", "$", "Queue"},
    {"edge", "Edge", "",
     "How much better than the mark a liquidator bought or sold, over what it took.",
     "Σ |quantity| × |mark − price|", "mark", "$", "Queue"},
    {"againstNow", "Against now", "Measure;Against now:Now;Newly",
     "Counts and sums at today's marks and after the shock; newly: there then and not now. Counts "
     "include the deeper ones.",
     "", "shock", "accounts", "What-if"},
    {"whoFalls", "Who falls",
     "Who falls:Then;Who falls:Now;Equity now;Equity then;Health now;Health then;Maint. then",
     "The accounts behind the shock, or behind a cell of the map: now, and revalued at the shocked "
     "marks. Nobody trades meanwhile.",
     "", "shock;equity;maintenance", "", "What-if"},
};

}  // namespace

std::span<const Term> lossTerms() { return kTerms; }

}  // namespace breakwater::ui
