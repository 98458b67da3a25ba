#pragma once
// The only two number formats of the screen (12,345.67 and 12.3k) and its times.
// Not a number, or infinite: an empty string; the caller shows a reason instead.
// The minus is U+2212. A value that rounds to zero carries no sign.

#include <cstdint>

#include <QString>

namespace breakwater::widgets {

enum class Sign : std::uint8_t { MinusOnly, Always };

QString formatExact(double value, int decimals = 2, Sign sign = Sign::MinusOnly);  // 12,345.67
QString formatCount(std::int64_t value, Sign sign = Sign::MinusOnly);              // 20,000
// 12.3k, 4.10M, 1.25B; below 1000 three significant digits. `decimals` >= 0 fixes the precision of
// a column.
QString formatShort(double value, int decimals = -1, Sign sign = Sign::MinusOnly);
// Contracts: as formatShort, but what is small keeps two digits that say something, 0.0013.
QString formatQuantity(double value, Sign sign = Sign::MinusOnly);
QString formatPercent(double fraction, int decimals = 0,
                      Sign sign = Sign::MinusOnly);              // 0.84 -> 84%
QString formatRange(double low, double high, int decimals = 1);  // (1.1–3.0)
QString formatRange(const QString& low, const QString& high);

QString formatInstant(std::int64_t utcMs);        // 21:18:07Z
QString formatInstantTenths(std::int64_t utcMs);  // 21:18:07.4Z
QString formatDate(std::int64_t utcMs);           // 2025-10-10
QString formatClockMinutes(std::int64_t utcMs);   // 21:18, axis labels
QString formatCountdown(std::int64_t ms);         // mm:ss, h:mm:ss from one hour; never negative
QString formatAge(std::int64_t ms);               // 0.3 s, 12 s, 4 min, 3 h, 2 d
QString formatStaleAge(std::int64_t ms);          // 2.1s old
QString formatSpeed(double factor);               // ×1, ×0.5, ×20
QString shortDigest(const QString& hex);          // 9f3a..c1

// The copy of a cell: a leading = + - @ would run as a formula in a spreadsheet.
QString guardFormula(const QString& text);

}  // namespace breakwater::widgets
