#include "ui/text.hpp"

#include "widgets/format.hpp"

namespace breakwater::ui {

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string utf8(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    return std::string(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

qint64 millis(Instant instant) { return instant.microseconds() / 1'000; }
qint64 millis(Duration duration) { return duration.count() / 1'000; }

QString clockText(Instant instant) { return widgets::formatInstant(millis(instant)); }
QString countdownText(Duration left) { return widgets::formatCountdown(millis(left)); }

QString bytesText(std::uint64_t bytes) {
    const auto count = static_cast<double>(bytes);
    if (count >= 1e9) return QStringLiteral("%1 GB").arg(widgets::formatExact(count / 1e9, 1));
    return QStringLiteral("%1 MB").arg(widgets::formatExact(count / 1e6, 1));
}

QString levelCode(BreakerLevel level) { return QStringLiteral("L%1").arg(static_cast<int>(level)); }

QString levelWord(BreakerLevel level) { return text(word(level)); }

QString bandWord(HealthBand band) {
    switch (band) {
        case HealthBand::Healthy: return QStringLiteral("healthy");
        case HealthBand::BelowInitial: return QStringLiteral("below initial margin");
        case HealthBand::Warning: return QStringLiteral("near maintenance");
        case HealthBand::BelowMaintenance: return QStringLiteral("below maintenance");
        case HealthBand::BelowZero: return QStringLiteral("below zero");
    }
    return {};
}

QString bandShortWord(HealthBand band) {
    switch (band) {
        case HealthBand::Healthy: return {};
        case HealthBand::BelowInitial: return QStringLiteral("below IM");
        case HealthBand::Warning: return QStringLiteral("near MM");
        case HealthBand::BelowMaintenance: return QStringLiteral("below MM");
        case HealthBand::BelowZero: return QStringLiteral("below zero");
    }
    return {};
}

QString tagWord(AccountTag tag) { return text(word(tag)); }

QString causeWord(BreakerCause cause) {
    switch (cause) {
        case BreakerCause::Officer: return QStringLiteral("officer");
        case BreakerCause::Rule: return QStringLiteral("auto");
        case BreakerCause::Expiry: return QStringLiteral("step down");
        case BreakerCause::Renewal: return QStringLiteral("renewed by venue");
    }
    return {};
}

widgets::Priority priorityOf(view::AlarmPriority priority) {
    switch (priority) {
        case view::AlarmPriority::P1: return widgets::Priority::P1;
        case view::AlarmPriority::P2: return widgets::Priority::P2;
        case view::AlarmPriority::P3: return widgets::Priority::P3;
    }
    return widgets::Priority::None;
}

widgets::Priority priorityOf(HealthBand band) {
    switch (band) {
        case HealthBand::Healthy:
        case HealthBand::BelowInitial: return widgets::Priority::None;
        case HealthBand::Warning: return widgets::Priority::P2;
        case HealthBand::BelowMaintenance:
        case HealthBand::BelowZero: return widgets::Priority::P1;
    }
    return widgets::Priority::None;
}

int decimalsOf(Price tick) {
    // A tick is a plain decimal such as 0.05; its text ends at the last digit that counts.
    const std::string plain = tick.toString();
    const std::size_t point = plain.find('.');
    return point == std::string::npos ? 0 : static_cast<int>(plain.size() - point - 1);
}

QString priceText(double price, Price tick) {
    return widgets::formatExact(price, decimalsOf(tick));
}

QString priceText(Price price, Price tick) { return priceText(price.toDouble(), tick); }

}  // namespace breakwater::ui
