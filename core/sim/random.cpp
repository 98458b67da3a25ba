#include "core/sim/random.hpp"

#include <Random123/philox.h>

#include "core/base/assert.hpp"
#include "core/num/decimal.hpp"
#include "core/num/math.hpp"

namespace breakwater::sim {
namespace {

std::uint32_t lowHalf(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
std::uint32_t highHalf(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

}  // namespace

Random::Random(std::uint64_t seed, std::uint32_t stream, std::uint64_t index) noexcept
    : m_key{lowHalf(seed), highHalf(seed)}, m_counter{0, stream, lowHalf(index), highHalf(index)} {}

void Random::refill() noexcept {
    r123::Philox4x32::ctr_type counter;
    for (std::size_t i = 0; i < 4; ++i)
        counter[i] = m_counter[i];
    r123::Philox4x32::key_type key;
    key[0] = m_key[0];
    key[1] = m_key[1];
    const r123::Philox4x32::ctr_type block = r123::Philox4x32()(counter, key);
    for (std::size_t i = 0; i < 4; ++i)
        m_block[i] = block[i];
    // The stream lies in the next word: running over would be another stream's numbers.
    BW_ASSERT(m_counter[0] != ~std::uint32_t{0});
    ++m_counter[0];
    m_used = 0;
}

std::uint64_t Random::uniformInt(std::uint64_t n) noexcept {
    BW_ASSERT(n > 0);
    // Source: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019).
    UInt128 product = static_cast<UInt128>(bits64()) * n;
    if (static_cast<std::uint64_t>(product) < n) {
        const std::uint64_t least = (0 - n) % n;
        while (static_cast<std::uint64_t>(product) < least) {
            product = static_cast<UInt128>(bits64()) * n;
        }
    }
    return static_cast<std::uint64_t>(product >> 64);
}

double Random::normal() noexcept { return math::normalQuantile(uniform01()); }

double Random::exponential(double mean) noexcept { return -mean * math::log(uniform01()); }

double Random::lognormal(double mu, double sigma) noexcept {
    return math::exp(mu + sigma * normal());
}

double Random::pareto(double least, double alpha) noexcept {
    return least * math::exp(-math::log(uniform01()) / alpha);
}

}  // namespace breakwater::sim
