#include <algorithm>
#include <cmath>

#include "core/sim/population_draft.hpp"

namespace breakwater::sim {
namespace {

std::int64_t signedLots(const DraftLeg& leg) { return leg.isLong ? leg.lots : -leg.lots; }

bool mayTurn(const DraftAccount& account) {
    return account.isLarge && account.kind != ClientKind::Hedged;
}

// Largest first; the place breaks ties, so that the order is the same everywhere.
std::vector<std::size_t> turnable(const std::vector<DraftAccount>& accounts) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        if (mayTurn(accounts[i])) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return accounts[a].gross != accounts[b].gross ? accounts[a].gross > accounts[b].gross
                                                      : a < b;
    });
    return order;
}

// Every large account in turn takes the side that leaves the venue flatter.
void chooseSides(std::vector<DraftAccount>& accounts, std::size_t underlyings) {
    std::vector<double> net(underlyings, 0.0);
    const auto add = [&](const DraftAccount& account) {
        for (const DraftLeg& leg : account.legs) {
            net[leg.underlying] += leg.isLong ? leg.notional : -leg.notional;
        }
    };
    for (const DraftAccount& account : accounts) {
        if (!mayTurn(account)) add(account);
    }
    for (const std::size_t i : turnable(accounts)) {
        double asDrawn = 0.0;
        double turned = 0.0;
        for (const DraftLeg& leg : accounts[i].legs) {
            const double change = leg.isLong ? leg.notional : -leg.notional;
            asDrawn += std::fabs(net[leg.underlying] + change);
            turned += std::fabs(net[leg.underlying] - change);
        }
        if (turned < asDrawn) {
            for (DraftLeg& leg : accounts[i].legs)
                leg.isLong = !leg.isLong;
        }
        add(accounts[i]);
    }
}

struct LegPlace {
    std::size_t account;
    std::size_t leg;
    std::int64_t lots;
    bool preferred;
};

// Takes `excess` lots off the heavy side, from large accounts first, half of a leg at a time;
// what is still left then comes off wherever it is.
void trim(std::vector<DraftAccount>& accounts, std::vector<LegPlace>& heavy, Int128 excess) {
    std::sort(heavy.begin(), heavy.end(), [](const LegPlace& a, const LegPlace& b) {
        if (a.preferred != b.preferred) return a.preferred;
        if (a.lots != b.lots) return a.lots > b.lots;
        return a.account < b.account;
    });
    for (const bool whole : {false, true}) {
        for (const LegPlace& place : heavy) {
            if (excess == 0) return;
            DraftLeg& leg = accounts[place.account].legs[place.leg];
            const std::int64_t most = whole ? leg.lots : leg.lots / 2;
            const auto taken = excess < most ? static_cast<std::int64_t>(excess) : most;
            leg.lots -= taken;
            excess -= taken;
        }
    }
}

void equalise(std::vector<DraftAccount>& accounts, std::size_t underlyings) {
    std::vector<Int128> net(underlyings, 0);
    for (const DraftAccount& account : accounts) {
        for (const DraftLeg& leg : account.legs)
            net[leg.underlying] += signedLots(leg);
    }
    std::vector<std::vector<LegPlace>> heavy(underlyings);
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        for (std::size_t k = 0; k < accounts[i].legs.size(); ++k) {
            const DraftLeg& leg = accounts[i].legs[k];
            const Int128 excess = net[leg.underlying];
            if (excess == 0 || leg.isLong != (excess > 0)) continue;
            heavy[leg.underlying].push_back({i, k, leg.lots, mayTurn(accounts[i])});
        }
    }
    for (std::size_t u = 0; u < underlyings; ++u) {
        trim(accounts, heavy[u], net[u] < 0 ? -net[u] : net[u]);
    }
}

}  // namespace

void balanceSides(std::vector<DraftAccount>& accounts, std::size_t underlyings) {
    chooseSides(accounts, underlyings);
    equalise(accounts, underlyings);
    for (DraftAccount& account : accounts) {
        std::erase_if(account.legs, [](const DraftLeg& leg) { return leg.lots == 0; });
    }
}

}  // namespace breakwater::sim
