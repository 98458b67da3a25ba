// The catalogue of alarms. Priority follows from the money that is lost if nobody acts and from
// the time there is to act.
#include "core/view/alarms.hpp"

namespace breakwater::view {
namespace {

using P = AlarmPriority;

constexpr std::array<AlarmRecord, 15> kCatalogue{{
    {AlarmKind::PriceShock, P::P1, "Price shock",
     "The index of a market moved by 5 % or more within 5 minutes.",
     "Accounts on the losing side fall below maintenance; their liquidations push the price "
     "further "
     "and what their margin cannot pay falls on the fund.",
     "Check that the index has its sources. If liquidations grow, restrict new risk on the market; "
     "reducing orders stay open.",
     Duration::minutes(1)},
    {AlarmKind::IndexBlind, P::P1, "Index blind",
     "Fewer fresh price sources than the quorum asks for.",
     "The mark stands still while the market may move: health on the screen is old, and "
     "liquidations on this index wait.",
     "Restrict new risk on the markets of this index until the sources are back. Tightening is not "
     "locked.",
     Duration::minutes(1)},
    {AlarmKind::OracleLate, P::P3, "Price source late",
     "A price source is silent or has a gap; the quorum still stands.",
     "If further sources fail, the index goes blind.",
     "Find out why the source is silent; tell its operator.", Duration::hours(1)},
    {AlarmKind::BacklogGrowing, P::P2, "Liquidation backlog grows",
     "Over the last minute more liquidations began than ended.",
     "Accounts wait below maintenance while the price moves on; what they lose beyond their margin "
     "is the fund's.",
     "Look at what stands and why in Queue (Ctrl+3). Restrict new risk where the backlog stands.",
     Duration::minutes(10)},
    {AlarmKind::FundLow, P::P2, "Insurance fund low", "The fund is below half of its capital.",
     "When it is empty, winners' positions are closed to pay for losers.",
     "Restrict the market that drains it; ask for capital.", Duration::minutes(10)},
    {AlarmKind::FundEmpty, P::P1, "Insurance fund empty", "The fund has paid out its cash.",
     "Every further deficit closes winners' positions, then is taken from everybody.",
     "Restrict or stop the market that drains the fund; bring in capital.", Duration::minutes(1)},
    {AlarmKind::AutoDeleveraging, P::P1, "Auto-deleveraging",
     "A deficit was left after the fund: winners' positions are being closed.",
     "Winners lose their position and part of their profit; hedged accounts lose a leg and may "
     "fall "
     "below maintenance themselves.",
     "Stop the market if closing goes on (level 4 suspends it); prepare the notice to those "
     "closed.",
     Duration::minutes(1)},
    {AlarmKind::SocialisedLoss, P::P1, "Loss socialised",
     "Neither the fund nor winners could pay a deficit: every solvent account paid a share.",
     "Clients without fault lose money; withdrawals will follow.",
     "Stop the market; inform management and clients.", Duration::minutes(1)},
    {AlarmKind::ExitBlocked, P::P1, "Exit blocked",
     "At level 2 less than a fifth of the reducing volume was filled for 30 seconds.",
     "Clients may leave by the rules but find nobody: the breaker traps them.",
     "Lower the level or shorten it; ask market makers to quote inside the band.",
     Duration::minutes(1)},
    {AlarmKind::BreakerRenewed, P::P1, "Breaker renewed by the venue",
     "A level reached its end while its exit condition failed or the index was blind.",
     "The venue renews at most as often as its profile allows and then steps down, whatever the "
     "market does.",
     "Decide: renew the level yourself, or let it step down.", Duration::minutes(1)},
    {AlarmKind::BreakerEnding, P::P2, "Breaker ends soon",
     "A breaker level reaches its end within two minutes.", "The market steps down one level.",
     "Renew with one hold if the reason still stands; otherwise do nothing.", Duration::minutes(2)},
    {AlarmKind::BreakerLate, P::P1, "Breaker not in effect",
     "A level was commanded but the venue was not seen to obey within 3 seconds.",
     "The market trades as if nothing had been commanded.",
     "Command the level again; if that fails, call the venue's operations.", Duration::minutes(1)},
    {AlarmKind::RecordNearLimit, P::P3, "Record near its limit",
     "The record nears the size it may have.", "When the limit is reached, recording stops.",
     "Close this record and begin a new one, or free space.", Duration::hours(1)},
    {AlarmKind::RecordStopped, P::P2, "Record stopped", "The record cannot be written.",
     "The embedded venue stands still: nothing happens unrecorded. Commands go to the reserve "
     "file; "
     "when that cannot be written either, tightening acts alone go out, NOT RECORDED.",
     "Free space on its disk: recording then goes on by itself. At its size limit: restart on the "
     "record with a larger one.",
     Duration::minutes(10)},
    {AlarmKind::LiquidationStuck, P::P2, "Liquidation without a taker",
     "Orders of a liquidation have stood for a minute and nobody took any of it.",
     "The account falls on while the price moves; below zero the fund pays for it.",
     "See in Queue (Ctrl+3) what it asks and how deep the book is; ask market makers to quote.",
     Duration::minutes(10)},
}};

constexpr bool inOrder() {
    for (std::size_t i = 0; i < kCatalogue.size(); ++i) {
        if (static_cast<std::size_t>(kCatalogue[i].kind) != i) return false;
    }
    return true;
}
static_assert(inOrder(), "recordOf() indexes by kind");

}  // namespace

const AlarmRecord& recordOf(AlarmKind kind) { return kCatalogue[static_cast<std::size_t>(kind)]; }

}  // namespace breakwater::view
