#include "core/num/decimal.hpp"

#include <array>
#include <bit>
#include <cmath>

namespace breakwater {
namespace {

constexpr UInt128 kMax = (UInt128{1} << 127) - 1;

struct UInt256 {
    UInt128 high = 0;
    UInt128 low = 0;
};

UInt128 magnitude(Int128 x) { return x < 0 ? -static_cast<UInt128>(x) : static_cast<UInt128>(x); }

UInt256 wideProduct(UInt128 a, UInt128 b) {
    constexpr UInt128 kMask = ~std::uint64_t{0};
    const UInt128 a0 = a & kMask, a1 = a >> 64, b0 = b & kMask, b1 = b >> 64;
    const UInt128 p00 = a0 * b0, p01 = a0 * b1, p10 = a1 * b0, p11 = a1 * b1;
    const UInt128 middle = (p00 >> 64) + (p01 & kMask) + (p10 & kMask);
    return {p11 + (p01 >> 64) + (p10 >> 64) + (middle >> 64), (middle << 64) | (p00 & kMask)};
}

struct Quotient {
    UInt128 value;
    UInt128 remainder;
};

// One 64-bit digit of a long division: (high, low) / d, with high < d and the top bit of d set.
// Source: D. Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D.
Quotient divideDigit(UInt128 high, std::uint64_t low, UInt128 d) {
    constexpr UInt128 kDigit = UInt128{1} << 64;
    const auto d1 = static_cast<std::uint64_t>(d >> 64), d0 = static_cast<std::uint64_t>(d);
    BW_ASSERT((d1 >> 63) != 0);
    // Guessed from the upper halves: right, or one or two too large. It is at most 2^64 + 1, so
    // guess x d0 fits.
    UInt128 guess = high / d1;
    UInt128 rest = high - guess * d1;
    UInt128 lower = guess * d0;
    while (rest < kDigit && lower > ((rest << 64) | low)) {
        --guess;
        rest += d1;
        lower -= d0;
    }
    // Modulo 2^128: what was shifted out cancels, because the remainder is below d.
    return {guess, ((rest << 64) | low) - lower};
}

Quotient divideWide(UInt256 n, UInt128 d) {
    BW_ASSERT(n.high < d);  // otherwise the quotient does not fit
    const auto upper = static_cast<std::uint64_t>(d >> 64);
    const int shift =
        upper != 0 ? std::countl_zero(upper) : 64 + std::countl_zero(static_cast<std::uint64_t>(d));
    if (shift != 0) {
        n.high = (n.high << shift) | (n.low >> (128 - shift));
        n.low <<= shift;
        d <<= shift;
    }
    const Quotient first = divideDigit(n.high, static_cast<std::uint64_t>(n.low >> 64), d);
    const Quotient second = divideDigit(first.remainder, static_cast<std::uint64_t>(n.low), d);
    return {(first.value << 64) | second.value, second.remainder >> shift};
}

Int128 finish(Quotient q, UInt128 divisor, bool negative, Round round) {
    bool up = false;
    if (q.remainder != 0) {
        switch (round) {
            case Round::TowardZero: break;
            case Round::AwayFromZero: up = true; break;
            case Round::Floor: up = negative; break;
            case Round::Ceiling: up = !negative; break;
            case Round::HalfEven: {
                const UInt128 other = divisor - q.remainder;
                up = q.remainder > other || (q.remainder == other && (q.value & 1) != 0);
                break;
            }
        }
    }
    BW_ASSERT(q.value <= kMax - (up ? 1 : 0));  // asked first: 2^128 - 1 would round up to 0
    const UInt128 value = q.value + (up ? 1 : 0);
    return negative ? -static_cast<Int128>(value) : static_cast<Int128>(value);
}

// By a divisor of one word, whose quotient's upper word is nearly always zero.
Quotient divideByWord(UInt128 n, std::uint64_t d) {
    const auto low = static_cast<std::uint64_t>(n);
    auto high = static_cast<std::uint64_t>(n >> 64);
    if (high == 0) return {low / d, low % d};
    std::uint64_t upper = 0;
    if (high >= d) {
        upper = high / d;
        high %= d;
    }
#if defined(__x86_64__)
    // high < d, so the quotient fits; the library's 128-bit division asks that again and again.
    std::uint64_t quotient = 0, remainder = 0;
    __asm__("divq %4" : "=a"(quotient), "=d"(remainder) : "0"(low), "1"(high), "r"(d) : "cc");
    return {(static_cast<UInt128>(upper) << 64) | quotient, remainder};
#else
    const UInt128 rest = (static_cast<UInt128>(high) << 64) | low;
    return {(static_cast<UInt128>(upper) << 64) | (rest / d), rest % d};
#endif
}

Int128 mulDivRaw(Int128 a, Int128 b, Int128 c, Round round) {
    BW_ASSERT(c != 0);
    const bool negative = (a < 0) != (b < 0) ? c > 0 : c < 0;
    const UInt128 ua = magnitude(a), ub = magnitude(b), uc = magnitude(c);
    // A price times a quantity over the scale: three words, one multiplication, one division.
    if (((ua | ub | uc) >> 64) == 0) {
        const UInt128 wide =
            static_cast<UInt128>(static_cast<std::uint64_t>(ua)) * static_cast<std::uint64_t>(ub);
        return finish(divideByWord(wide, static_cast<std::uint64_t>(uc)), uc, negative, round);
    }
    // Most products of a price and a quantity stay within 128 bits.
    UInt128 product = 0;
    if (!__builtin_mul_overflow(ua, ub, &product)) {
        if ((uc >> 64) == 0)
            return finish(divideByWord(product, static_cast<std::uint64_t>(uc)), uc, negative,
                          round);
        const UInt128 value = product / uc;
        return finish({value, product - value * uc}, uc, negative, round);
    }
    return finish(divideWide(wideProduct(ua, ub), uc), uc, negative, round);
}

}  // namespace

Decimal Decimal::multiply(Decimal a, Decimal b, Round round) {
    return Decimal(mulDivRaw(a.m_raw, b.m_raw, kScale, round));
}

Decimal Decimal::divide(Decimal a, Decimal b, Round round) {
    return Decimal(mulDivRaw(a.m_raw, kScale, b.m_raw, round));
}

Decimal Decimal::mulDiv(Decimal a, Decimal b, Decimal c, Round round) {
    return Decimal(mulDivRaw(a.m_raw, b.m_raw, c.m_raw, round));
}

Decimal Decimal::toMultiple(Decimal value, Decimal step, Round round) {
    BW_ASSERT(step.m_raw > 0);
    const UInt128 size = magnitude(value.m_raw);
    const auto unit = static_cast<UInt128>(step.m_raw);
    const Int128 steps = finish({size / unit, size % unit}, unit, value.m_raw < 0, round);
    Int128 result = 0;
    BW_ASSERT(!__builtin_mul_overflow(steps, step.m_raw, &result));
    return Decimal(result);
}

Result<Decimal> Decimal::parse(std::string_view text) {
    const auto refuse = [&](const char* why, ErrorCode code = ErrorCode::Malformed) {
        return fail(code, "'" + std::string(text) + "' " + why);
    };
    constexpr const char* kTooLarge = "is out of range (at most 1e15)";
    std::size_t at = 0;
    const bool negative = !text.empty() && text[0] == '-';
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) ++at;
    Int128 raw = 0;
    std::size_t digits = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
        raw = raw * 10 + (text[at] - '0');
        if (raw > kBorderLimit) return refuse(kTooLarge, ErrorCode::OutOfRange);
    }
    raw *= kScale;
    if (at < text.size() && text[at] == '.') {
        std::int64_t unit = kScale / 10;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
            if (unit == 0 && text[at] != '0') return refuse("has more than 12 decimals");
            raw += static_cast<Int128>(text[at] - '0') * unit;
            unit /= 10;
        }
    }
    if (digits == 0 || at != text.size()) return refuse("is not a decimal number");
    if (raw > static_cast<Int128>(kBorderLimit) * kScale) {
        return refuse(kTooLarge, ErrorCode::OutOfRange);  // 1e15 and a fraction
    }
    return Decimal(negative ? -raw : raw);
}

Result<Decimal> Decimal::fromDouble(double value) {
    if (!std::isfinite(value)) return fail(ErrorCode::OutOfRange, "the number is not finite");
    if (std::fabs(value) > static_cast<double>(kBorderLimit)) {
        return fail(ErrorCode::OutOfRange, "the number is out of range (at most 1e15)");
    }
    // A double is m / 2^shift with m < 2^53, so m x 1e12 is exact in 93 bits and rounds once.
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const int exponent = static_cast<int>((bits >> 52) & 0x7ff);
    const int shift = 1075 - exponent;
    BW_ASSERT(shift > 0);              // the border limit is below 2^52
    if (shift > 93) return Decimal();  // less than half a unit; zero and subnormals are here
    constexpr std::uint64_t kLeading = std::uint64_t{1} << 52;
    const UInt128 m = (bits & (kLeading - 1)) | kLeading;
    const UInt128 product = m * static_cast<UInt128>(kScale);
    const UInt128 unit = UInt128{1} << shift;
    return Decimal(
        finish({product >> shift, product & (unit - 1)}, unit, value < 0.0, Round::HalfEven));
}

std::string Decimal::toString() const {
    // From the last digit to the first; sign, 27 digits, point and 12 decimals are the most.
    std::array<char, 48> buffer;
    char* const end = buffer.data() + buffer.size();
    char* at = end;
    const auto push = [&at](std::uint64_t digit) { *--at = static_cast<char>('0' + digit); };
    const UInt128 size = magnitude(m_raw);
    UInt128 whole = size / static_cast<UInt128>(kScale);
    auto fraction = static_cast<std::uint64_t>(size - whole * static_cast<UInt128>(kScale));
    if (fraction != 0) {
        int width = kDigits;
        for (; fraction % 10 == 0; fraction /= 10)
            --width;
        for (; width > 0; --width, fraction /= 10)
            push(fraction % 10);
        *--at = '.';
    }
    for (; (whole >> 64) != 0; whole /= 10)
        push(static_cast<std::uint64_t>(whole % 10));
    auto rest = static_cast<std::uint64_t>(whole);
    do {
        push(rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (m_raw < 0) *--at = '-';
    return std::string(at, end);
}

double Decimal::toDouble() const {
    // Two conversions and one multiplication would round three times; a quotient of the
    // correctly rounded count by an exact power of ten rounds twice.
    return static_cast<double>(m_raw) / static_cast<double>(kScale);
}

}  // namespace breakwater
