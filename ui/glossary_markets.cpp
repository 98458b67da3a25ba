// Terms of markets, prices and what depends on them.
#include "ui/glossary.hpp"

namespace breakwater::ui {
namespace {

constexpr Term kTerms[] = {
    {"market", "Market", "Markets",
     "A linear perpetual of the venue, settled in its settlement asset.", "", "", "",
     "Situation, Breakers, drill-down"},
    {"mark", "Mark", "Price", "The price by which positions are valued and accounts judged.",
     "index + own basis, never under one tick; at breaker level 4 the index alone", "index;basis",
     "$", "Situation, drill-down"},
    {"index", "Index", "",
     "The outside price of an underlying: the median of its fresh sources. Without quorum it "
     "stands still and the market is blind.",
     "median of fresh sources", "oracle", "$", "Situation, drill-down"},
    {"basis", "Basis", "",
     "How far the venue's own book stands from the index. Its own liquidations move it.",
     "(mark − index) / index", "mark;index", "bp", "Situation"},
    {"move5", "5 min", "Move",
     "Change of the mark over the last five venue minutes. Empty while the history is shorter.",
     "mark / mark 5 min ago − 1", "mark", "%", "Situation"},
    {"hour", "60 min", "", "The mark over the last venue hour; a gap where nothing was known.", "",
     "mark", "", "Situation"},
    {"openInterest", "Open interest", "Open int;OI",
     "Long contracts of the market in money; short contracts are the same number.",
     "Σ long notional at the mark", "mark", "$", "Situation, Forensics"},
    {"skew", "Clients' skew", "Skew OI;Skew",
     "Which side clients stand on: above zero they are long. A fall hurts longs.",
     "(client long − client short) / (client long + client short)", "openInterest", "%",
     "Situation"},
    {"depth", "Depth within 1 %", "Depth 1%;Depth",
     "Money resting within 1 % of the mark on the thinner side of the book; what a forced seller "
     "can count on.",
     "min(bid, ask) within 1 %", "", "$", "Situation, queue"},
    {"belowMaintenance", "Below maintenance", "Below MM;Below maintenance at *;Dollars at risk",
     "Notional held by accounts below maintenance margin, now or after the mark moved so far "
     "against the clients' skew, at today's notional.",
     "Σ notional of accounts with equity < maintenance", "health;notional", "$",
     "Situation, What-if"},
    {"inLiquidation", "In liquidation", "In liq;running;Liquidations running",
     "Accounts whose liquidation runs and which hold the market.", "", "queueState", "accounts",
     "Situation, Breakers, queue"},
    {"oracle", "Oracle", "oracle;Sources fresh, quorum;Price sources",
     "Fresh price sources out of all, and the age of the oldest. A source is late after the "
     "profile's limit; below the quorum the index is blind.",
     "", "", "sources", "Situation, Breakers, data strip"},
    {"blind", "Blind", "blind;Blind markets in scope;Underlyings blind",
     "An index with fewer fresh sources than its quorum. It stands still: no liquidation is begun "
     "or continued on it, no automatic rule looks at it.",
     "fresh sources < quorum", "oracle", "indices", "Data strip, Breakers, drill-down"},
    {"risk", "Risk against limit", "Risk vs limit;Nearest rule",
     "The automatic breaker rule nearest to its trip: how far its move has come.",
     "|move in the rule's window| / trip", "rule", "% of trip", "Situation, Breakers"},
    {"healthHistogram", "Accounts by health", "Accounts by health",
     "How many accounts stand at each ratio of equity to maintenance; the first bar holds all "
     "below it, accounts without position are counted apart.",
     "equity / maintenance, in steps of 0.05", "health", "accounts", "Situation, Accounts"},
    {"flow", "Liquidation flow", "begun /min;ended /min;session;Begun;Ended",
     "Liquidations begun and ended in the last venue minute, running now, and in the session.", "",
     "inLiquidation", "per minute", "Situation, queue"},
    {"exitFill", "Exit fill",
     "Exit fill in 60 s;Exit fill, 60 s;All markets;Effect:*-PERP;Exit fill ratio;sell;buy",
     "Of the volume that wanted to reduce in the last 60 s, the share that could. Exit-safe means "
     "accepted and fillable: below 20 % for 30 s at level 2 is a P1.",
     "reducing volume filled / submitted, by side", "", "%", "Situation, Breakers"},
    {"withdrawals", "Withdrawals queued", "Withdrawals",
     "Withdrawals that wait for a breaker to fall; their age is kept.", "", "", "requests",
     "Situation, Breakers"},
    {"funding", "Funding", "",
     "What longs pay shorts (or the other way) each interval, so that the mark follows the index.",
     "mean premium of the interval, within the profile's cap", "mark;index", "% per interval",
     "Drill-down events"},
};

}  // namespace

std::span<const Term> marketTerms() { return kTerms; }

}  // namespace breakwater::ui
