// A venue profile: every figure by which the venue decides. Data, never code; it enters the
// record whole (ProfileLoaded), so that a replay decides by the same figures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/digest.hpp"
#include "core/base/time.hpp"
#include "core/model/instrument.hpp"
#include "core/model/kinds.hpp"

namespace breakwater {

// Automatic rule: the index has moved by at least tripAt against any instant of the window.
struct MoveRule {
    std::string id;  // "R-01"
    Duration window;
    Ratio tripAt;        // of the index price at the far end of the move
    Ratio releaseBelow;  // exit condition: the move has fallen below this
    BreakerLevel level = BreakerLevel::Tighten;
    Duration duration;                // until the first step down
    std::uint16_t confirmations = 1;  // consecutive steps at or above tripAt

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("id", self.id);
        visit("window", self.window);
        visit("trip_at", self.tripAt);
        visit("release_below", self.releaseBelow);
        visit("level", self.level);
        visit("duration", self.duration);
        visit("confirmations", self.confirmations);
    }
    friend bool operator==(const MoveRule&, const MoveRule&) = default;
};

// Longest life of a level and how long it lasts when it was reached by stepping down.
struct LevelTerms {
    BreakerLevel level = BreakerLevel::Tighten;
    Duration longest;
    Duration stepDown;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("level", self.level);
        visit("longest", self.longest);
        visit("step_down", self.stepDown);
    }
    friend bool operator==(const LevelTerms&, const LevelTerms&) = default;
};

struct Profile {
    std::string name;
    std::string title;
    Duration step;  // liquidation rounds and index updates run on it, in venue time

    // Oracle defence.
    std::vector<std::string> sources;
    Duration sourceStaleAfter;
    std::uint16_t quorum = 1;  // fresh sources an index needs

    // Margin.
    std::vector<CollateralAsset> assets;  // [0] is the settlement asset
    Ratio warningFactor;                  // warning = equity < factor x maintenance
    Rate fundingCap;                      // per funding interval, both signs
    Duration fundingInterval;

    // Liquidation.
    Ratio targetHealth;    // equity / maintenance to restore
    Ratio stepFraction;    // of the leg, at most, in one step
    Money smallLeg;        // a leg below this notional is closed in one step
    Ratio liquidationFee;  // of the notional closed, to the fund, while equity allows

    // Breakers.
    std::vector<LevelTerms> levels;  // the levels this venue can express, ascending
    Ratio tightenFactor;             // initial margin of new risk at level 1
    Ratio makerBand;                 // post-only band around the mark at level 2
    Rate fundingCapRestricted;       // |funding| at level 2, per interval
    std::vector<MoveRule> moveRules;
    std::uint16_t renewals = 3;  // times the venue renews by itself

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("name", self.name);
        visit("title", self.title);
        visit("step", self.step);
        visit("sources", self.sources);
        visit("source_stale_after", self.sourceStaleAfter);
        visit("quorum", self.quorum);
        visit("assets", self.assets);
        visit("warning_factor", self.warningFactor);
        visit("funding_cap", self.fundingCap);
        visit("funding_interval", self.fundingInterval);
        visit("target_health", self.targetHealth);
        visit("step_fraction", self.stepFraction);
        visit("small_leg", self.smallLeg);
        visit("liquidation_fee", self.liquidationFee);
        visit("levels", self.levels);
        visit("tighten_factor", self.tightenFactor);
        visit("maker_band", self.makerBand);
        visit("funding_cap_restricted", self.fundingCapRestricted);
        visit("move_rules", self.moveRules);
        visit("renewals", self.renewals);
    }
    friend bool operator==(const Profile&, const Profile&) = default;

    const LevelTerms* termsOf(BreakerLevel level) const;
    // The next lower level the venue can express; Normal below the lowest.
    BreakerLevel stepBelow(BreakerLevel level) const;
};

// Refuses a profile by which the engine could not decide; the message names the field.
Result<void> validate(const Profile& profile);
// A profile as JSON text (the form of resources/profiles/*.json). Every field must be present,
// none may be unknown; durations are seconds, figures are decimal strings or numbers.
Result<Profile> parseProfile(std::string_view json, std::string_view fileName);
Digest digestOf(const Profile& profile);

}  // namespace breakwater
