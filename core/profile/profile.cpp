#include "core/profile/profile.hpp"

#include "core/event/binary.hpp"
#include "core/event/json.hpp"

namespace breakwater {
namespace {

bool isShare(Ratio r) { return r.isPositive() && r <= Ratio::fromInteger(1); }

Result<void> validateBreakers(const Profile& profile) {
    const auto refuse = [](const std::string& why) {
        return fail(ErrorCode::InvalidArgument, "profile: " + why);
    };
    BreakerLevel last = BreakerLevel::Normal;
    for (const LevelTerms& terms : profile.levels) {
        if (terms.level <= last) return refuse("levels must ascend and not name level normal");
        last = terms.level;
        if (terms.level == BreakerLevel::Auction)
            return refuse("level auction is not supported yet");
        if (terms.longest > Duration::hours(24 * 366))
            return refuse("levels: longest is more than a year");
        if (terms.longest <= Duration() || terms.stepDown <= Duration() ||
            terms.stepDown > terms.longest) {
            return refuse("levels need 0 < step_down <= longest");
        }
    }
    for (const MoveRule& rule : profile.moveRules) {
        if (rule.id.empty()) return refuse("move_rules need an id");
        const LevelTerms* terms = profile.termsOf(rule.level);
        if (terms == nullptr)
            return refuse("rule " + rule.id + " names a level the venue does not have");
        if (rule.window < profile.step || rule.window > Duration::hours(1)) {
            return refuse("rule " + rule.id + " window must be between one step and an hour");
        }
        if (!isShare(rule.tripAt) || !isShare(rule.releaseBelow) ||
            rule.releaseBelow >= rule.tripAt) {
            return refuse("rule " + rule.id + " needs 0 < release_below < trip_at <= 1");
        }
        // Smaller trips would make move / trip_at leave the range of a figure.
        if (rule.tripAt.value() < *Decimal::parse("0.0001")) {
            return refuse("rule " + rule.id + " trip_at must be at least 0.0001");
        }
        if (rule.duration <= Duration() || rule.duration > terms->longest) {
            return refuse("rule " + rule.id + " duration is longer than its level allows");
        }
        if (rule.confirmations == 0) return refuse("rule " + rule.id + " needs a confirmation");
    }
    return {};
}

}  // namespace

const LevelTerms* Profile::termsOf(BreakerLevel level) const {
    for (const LevelTerms& terms : levels) {
        if (terms.level == level) return &terms;
    }
    return nullptr;
}

BreakerLevel Profile::stepBelow(BreakerLevel level) const {
    BreakerLevel below = BreakerLevel::Normal;
    for (const LevelTerms& terms : levels) {
        if (terms.level < level) below = terms.level;
    }
    return below;
}

Result<void> validate(const Profile& profile) {
    const auto refuse = [](const std::string& why) {
        return fail(ErrorCode::InvalidArgument, "profile: " + why);
    };
    const Ratio one = Ratio::fromInteger(1);
    if (profile.name.empty()) return refuse("name is empty");
    if (profile.step <= Duration()) return refuse("step must be above zero");
    if (profile.step > Duration::hours(1)) return refuse("step must be at most an hour");
    if (profile.sources.empty() || profile.sources.size() > 32)
        return refuse("needs 1 to 32 sources");
    if (profile.quorum == 0 || profile.quorum > profile.sources.size()) {
        return refuse("quorum must be between 1 and the number of sources");
    }
    if (profile.sourceStaleAfter <= Duration())
        return refuse("source_stale_after must be above zero");
    if (profile.assets.empty()) return refuse("assets must name the settlement asset first");
    for (const CollateralAsset& asset : profile.assets) {
        if (asset.symbol.empty() || asset.haircut.isNegative() || asset.haircut >= one) {
            return refuse("assets need a symbol and a haircut in [0, 1)");
        }
    }
    if (!profile.assets[0].haircut.isZero()) return refuse("the settlement asset has no haircut");
    if (profile.warningFactor < one || profile.warningFactor.value() > *Decimal::parse("1.2")) {
        return refuse("warning_factor must be in [1, 1.2]");
    }
    const Rate wholeNotional = Rate::fromInteger(1);
    if (profile.fundingCap.isNegative() || profile.fundingCap > wholeNotional) {
        return refuse("funding_cap must be in [0, 1]");
    }
    if (profile.fundingInterval < profile.step ||
        profile.fundingInterval > Duration::hours(24 * 366)) {
        return refuse("funding_interval must be between one step and a year");
    }
    if (profile.targetHealth < profile.warningFactor ||
        profile.targetHealth > Ratio::fromInteger(10)) {
        return refuse("target_health must be at least warning_factor and at most 10");
    }
    if (!isShare(profile.stepFraction)) return refuse("step_fraction must be in (0, 1]");
    if (profile.smallLeg.isNegative()) return refuse("small_leg must not be negative");
    if (profile.liquidationFee.isNegative() || profile.liquidationFee >= one) {
        return refuse("liquidation_fee must be in [0, 1)");
    }
    if (profile.tightenFactor < one || profile.tightenFactor > Ratio::fromInteger(10)) {
        return refuse("tighten_factor must be in [1, 10]");
    }
    if (!isShare(profile.makerBand)) return refuse("maker_band must be in (0, 1]");
    if (profile.fundingCapRestricted.isNegative() || profile.fundingCapRestricted > wholeNotional) {
        return refuse("funding_cap_restricted must be in [0, 1]");
    }
    return validateBreakers(profile);
}

Result<Profile> parseProfile(std::string_view text, std::string_view fileName) {
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    const simdjson::padded_string padded(text);
    const auto refuse = [&](const std::string& why) {
        return fail(ErrorCode::Malformed, std::string(fileName) + ": " + why);
    };
    if (parser.parse(padded).get(object) != simdjson::SUCCESS)
        return refuse("is not a JSON object");
    Profile profile;
    json::Reader reader(object, json::Missing::IsRefused);
    Profile::fields(profile, reader);
    reader.refuseUnknown();
    if (!reader.ok()) return refuse(reader.error());
    const Result<void> valid = validate(profile);
    if (!valid) return refuse(valid.error().message);
    return profile;
}

Digest digestOf(const Profile& profile) {
    std::vector<std::uint8_t> bytes;
    binary::Writer(bytes).write(profile);
    return digestOf(Bytes(bytes));
}

}  // namespace breakwater
