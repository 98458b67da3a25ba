#include "widgets/format.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <QDateTime>
#include <QTimeZone>

namespace breakwater::widgets {
namespace {

constexpr QChar minusSign(0x2212);
constexpr QChar enDash(0x2013);
constexpr QChar timesSign(0x00D7);

bool allZero(const QString& digits) {
    return std::all_of(digits.begin(), digits.end(),
                       [](QChar c) { return !c.isDigit() || c == u'0'; });
}

QString grouped(QString digits) {
    const auto point = digits.indexOf(u'.');
    for (auto at = (point < 0 ? digits.size() : point) - 3; at > 0; at -= 3)
        digits.insert(at, u',');
    return digits;
}

QString withSign(const QString& digits, bool negative, Sign sign) {
    if (allZero(digits)) return digits;
    if (negative) return minusSign + digits;
    return sign == Sign::Always ? u'+' + digits : digits;
}

// Three significant digits below a thousand; whole numbers stay whole.
int plainDecimals(double magnitude) {
    if (magnitude == std::floor(magnitude)) return 0;
    if (magnitude < 10) return 2;
    return magnitude < 100 ? 1 : 0;
}

QDateTime utc(std::int64_t ms) { return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC); }

}  // namespace

QString formatExact(double value, int decimals, Sign sign) {
    if (!std::isfinite(value)) return {};
    return withSign(grouped(QString::number(std::fabs(value), 'f', decimals)), value < 0, sign);
}

QString formatCount(std::int64_t value, Sign sign) {
    const auto magnitude = value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                                     : static_cast<std::uint64_t>(value);
    return withSign(grouped(QString::number(magnitude)), value < 0, sign);
}

QString formatShort(double value, int decimals, Sign sign) {
    struct Scale {
        double unit;
        const char* suffix;
        int decimals;
    };
    static constexpr std::array<Scale, 4> scales{
        {{1, "", 0}, {1e3, "k", 1}, {1e6, "M", 2}, {1e9, "B", 2}}};
    if (!std::isfinite(value)) return {};
    const double magnitude = std::fabs(value);
    std::size_t scale = 0;
    while (scale + 1 < scales.size() && magnitude >= scales[scale + 1].unit)
        ++scale;
    const auto digitsAt = [&](std::size_t i) {
        const double scaled = magnitude / scales[i].unit;
        const int places =
            decimals >= 0 ? decimals : (i == 0 ? plainDecimals(scaled) : scales[i].decimals);
        return QString::number(scaled, 'f', places);
    };
    QString digits = digitsAt(scale);
    // 999,960 rounds up to 1000.0k: take the next unit instead.
    if (digits.toDouble() >= 1000 && scale + 1 < scales.size()) digits = digitsAt(++scale);
    return withSign(grouped(digits) + QLatin1String(scales[scale].suffix), value < 0, sign);
}

QString formatQuantity(double value, Sign sign) {
    const double magnitude = std::fabs(value);
    if (!(magnitude > 0) || magnitude >= 0.1) return formatShort(value, -1, sign);
    int decimals = 3;
    for (double scaled = magnitude * 100; scaled < 1 && decimals < 12; scaled *= 10)
        ++decimals;
    return formatExact(value, decimals, sign);
}

QString formatPercent(double fraction, int decimals, Sign sign) {
    const QString digits = formatExact(fraction * 100, decimals, sign);
    return digits.isEmpty() ? digits : digits + u'%';
}

QString formatRange(double low, double high, int decimals) {
    return formatRange(formatExact(low, decimals), formatExact(high, decimals));
}

QString formatRange(const QString& low, const QString& high) {
    if (low.isEmpty() || high.isEmpty()) return {};
    return u'(' + low + enDash + high + u')';
}

QString formatInstant(std::int64_t utcMs) {
    return utc(utcMs).toString(QStringLiteral("HH:mm:ss")) + u'Z';
}

QString formatInstantTenths(std::int64_t utcMs) {
    const QDateTime instant = utc(utcMs);
    return instant.toString(QStringLiteral("HH:mm:ss.")) +
           QString::number(instant.time().msec() / 100) + u'Z';
}

QString formatDate(std::int64_t utcMs) { return utc(utcMs).toString(QStringLiteral("yyyy-MM-dd")); }

QString formatClockMinutes(std::int64_t utcMs) {
    return utc(utcMs).toString(QStringLiteral("HH:mm"));
}

QString formatCountdown(std::int64_t ms) {
    const std::int64_t seconds = std::max<std::int64_t>(0, ms) / 1000;
    const auto two = [](std::int64_t n) { return QString::number(n).rightJustified(2, u'0'); };
    const QString tail = two(seconds / 60 % 60) + u':' + two(seconds % 60);
    return seconds >= 3600 ? QString::number(seconds / 3600) + u':' + tail : tail;
}

QString formatAge(std::int64_t ms) {
    const std::int64_t age = std::max<std::int64_t>(0, ms);
    if (age < 10'000)
        return QString::number(static_cast<double>(age / 100) / 10.0, 'f', 1) +
               QStringLiteral(" s");
    if (age < 120'000) return QString::number(age / 1000) + QStringLiteral(" s");
    if (age < 7'200'000) return QString::number(age / 60'000) + QStringLiteral(" min");
    if (age < 172'800'000) return QString::number(age / 3'600'000) + QStringLiteral(" h");
    return QString::number(age / 86'400'000) + QStringLiteral(" d");
}

QString formatStaleAge(std::int64_t ms) {
    return formatAge(ms).remove(u' ') + QStringLiteral(" old");
}

QString formatSpeed(double factor) { return timesSign + QString::number(factor, 'g', 4); }

QString shortDigest(const QString& hex) {
    return hex.size() <= 8 ? hex : hex.left(4) + QStringLiteral("..") + hex.right(2);
}

QString guardFormula(const QString& text) {
    static const QString risky = QStringLiteral("=+-@\t\r");
    if (text.isEmpty() || !risky.contains(text.front())) return text;
    // A plain signed number is data, not a formula.
    bool number = false;
    QString digits = text;
    digits.remove(u',').remove(u'%').toDouble(&number);
    return number ? text : u'\'' + text;
}

}  // namespace breakwater::widgets
