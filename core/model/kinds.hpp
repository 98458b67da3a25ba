// The small closed lists of the domain, with their words.
//
// Words are part of the record's text form (stories, CSV, JSON) and of the screens; order is
// part of the binary form and only ever grows at the end.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace breakwater {

enum class AccountTag : std::uint8_t { Client, Maker, Liquidator };

// Ordered from well to worst. Thresholds: equity >= initial; < initial; < 1.1 x maintenance;
// < maintenance; < 0. An account without legs and without debt is healthy.
enum class HealthBand : std::uint8_t {
    Healthy,
    BelowInitial,
    Warning,
    BelowMaintenance,
    BelowZero
};

enum class Role : std::uint8_t { Authority, Mirror };

enum class BreakerLevel : std::uint8_t { Normal, Tighten, Restrict, Auction, Stop };

enum class ScopeKind : std::uint8_t { Market, List, Venue };

enum class CommandKind : std::uint8_t { SetLevel, Renew, Acknowledge };

enum class BreakerCause : std::uint8_t { Officer, Rule, Expiry, Renewal };

enum class SourceState : std::uint8_t { Fresh, Stale, Gapped };

enum class LiquidationEnd : std::uint8_t {
    Restored,
    Flat,
    CoveredByFund,
    AutoDeleveraged,
    Socialised
};

// Every refusal names one of these; the text says the figures.
enum class Refusal : std::uint8_t {
    UnknownAccount,
    UnknownInstrument,
    UnknownUnderlying,
    UnknownSource,
    UnknownAsset,
    DuplicateAccount,
    BadFigure,
    BreakerLevel,
    InitialMargin,
    Blind,
    UnsupportedLevel,
    BadDuration,
    NoReason,
    EmptyScope,
    NothingToRenew,
    NotLiquidating,
    WorseThanBankruptcy,
    Overdrawn,
    LooseningLocked,
    BackwardTime,
    NoProfile,
    DuplicateCommand,
};

template <class Enum>
struct EnumWords;  // static constexpr std::array<std::string_view, N> words

#define BW_ENUM_WORDS(Type, count, ...)                                          \
    template <>                                                                  \
    struct EnumWords<Type> {                                                     \
        static constexpr std::array<std::string_view, count> words{__VA_ARGS__}; \
    };

BW_ENUM_WORDS(AccountTag, 3, "client", "maker", "liquidator")
BW_ENUM_WORDS(HealthBand, 5, "healthy", "below_initial", "warning", "below_maintenance",
              "below_zero")
BW_ENUM_WORDS(Role, 2, "authority", "mirror")
BW_ENUM_WORDS(BreakerLevel, 5, "normal", "tighten", "restrict", "auction", "stop")
BW_ENUM_WORDS(ScopeKind, 3, "market", "list", "venue")
BW_ENUM_WORDS(CommandKind, 3, "set_level", "renew", "acknowledge")
BW_ENUM_WORDS(BreakerCause, 4, "officer", "rule", "expiry", "renewal")
BW_ENUM_WORDS(SourceState, 3, "fresh", "stale", "gapped")
BW_ENUM_WORDS(LiquidationEnd, 5, "restored", "flat", "covered_by_fund", "auto_deleveraged",
              "socialised")
BW_ENUM_WORDS(Refusal, 22, "unknown_account", "unknown_instrument", "unknown_underlying",
              "unknown_source", "unknown_asset", "duplicate_account", "bad_figure", "breaker_level",
              "initial_margin", "blind", "unsupported_level", "bad_duration", "no_reason",
              "empty_scope", "nothing_to_renew", "not_liquidating", "worse_than_bankruptcy",
              "overdrawn", "loosening_locked", "backward_time", "no_profile", "duplicate_command")
#undef BW_ENUM_WORDS

template <class Enum>
constexpr std::string_view word(Enum value) {
    return EnumWords<Enum>::words[static_cast<std::size_t>(value)];
}

template <class Enum>
constexpr std::optional<Enum> fromWord(std::string_view text) {
    for (std::size_t i = 0; i < EnumWords<Enum>::words.size(); ++i) {
        if (EnumWords<Enum>::words[i] == text) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

}  // namespace breakwater
