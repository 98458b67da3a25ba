// Random numbers for the embedded venue: the same on every compiler, processor and thread.
//
// Philox4x32-10, a counter-based generator (J. Salmon et al., "Parallel random numbers: as easy
// as 1, 2, 3", SC11; Random123): the k-th number of (seed, stream, index) is a pure function of
// these four. Nothing is shared and nothing has to be warmed up, so a Random is made on the spot
// for the account, bar or agent that needs one and thrown away; drawing one more number there
// changes nothing anywhere else.
//
// Promised: equal (seed, stream, index) give equal sequences; construction costs one block;
// 2^34 words per (stream, index) before it repeats. The normal and what is made of it run on
// core/num/math, so they are bit-equal too.
#pragma once

#include <array>
#include <cstdint>

namespace breakwater::sim {

// Who draws. A stream belongs to one use for ever: giving its number to another use would
// correlate the two. Numbers below 100 belong to the venue's inputs; the venue takes 100 and up.
namespace streams {
inline constexpr std::uint32_t kAccountName = 1;
inline constexpr std::uint32_t kAccount = 2;       // index: the account's number
inline constexpr std::uint32_t kBarShape = 3;      // index: the bar's start, shared by underlyings
inline constexpr std::uint32_t kBarCommon = 4;     // index: the bar's start, shared by underlyings
inline constexpr std::uint32_t kAccountMoney = 5;  // index: the account's number
inline constexpr std::uint32_t kBarOwn = 1'000'000;  // + underlying; index: the bar's start
inline constexpr std::uint32_t kVenueFirst = 100;    // to 999'999: for the venue and its agents
}  // namespace streams

class Random {
public:
    Random(std::uint64_t seed, std::uint32_t stream, std::uint64_t index = 0) noexcept;

    std::uint32_t bits32() noexcept {
        if (m_used == 4) refill();
        return m_block[m_used++];
    }
    std::uint64_t bits64() noexcept {
        const std::uint64_t low = bits32();
        return low | (static_cast<std::uint64_t>(bits32()) << 32);
    }
    // 52 bits, in (0, 1): the half keeps 0 out, and both together are still exact, which keeps 1
    // out.
    double uniform01() noexcept { return (static_cast<double>(bits64() >> 12) + 0.5) * 0x1p-52; }
    bool chance(double probability) noexcept { return uniform01() < probability; }
    std::uint64_t uniformInt(std::uint64_t n) noexcept;  // 0 .. n-1, unbiased; n > 0
    double normal() noexcept;                            // by inversion: one uniform, one normal
    double exponential(double mean) noexcept;
    double lognormal(double mu, double sigma) noexcept;  // exp(mu + sigma Z)
    double pareto(double least, double alpha) noexcept;  // P(X > x) = (least / x)^alpha, x >= least

private:
    void refill() noexcept;

    std::array<std::uint32_t, 2> m_key;
    std::array<std::uint32_t, 4> m_counter;
    std::array<std::uint32_t, 4> m_block{};
    std::uint32_t m_used = 4;
};

}  // namespace breakwater::sim
