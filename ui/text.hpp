// The words and figures of the domain as the screens write them.
#pragma once

#include <cstdint>
#include <string_view>

#include <QString>

#include "core/base/time.hpp"
#include "core/model/kinds.hpp"
#include "core/num/units.hpp"
#include "core/view/alarms.hpp"
#include "widgets/badge.hpp"

namespace breakwater::ui {

QString text(std::string_view utf8);
std::string utf8(const QString& text);

qint64 millis(Instant instant);
qint64 millis(Duration duration);
QString clockText(Instant instant);    // 21:18:07Z
QString countdownText(Duration left);  // 08:51

QString bytesText(std::uint64_t bytes);  // 41.2 MB

QString levelCode(BreakerLevel level);   // L2
QString levelWord(BreakerLevel level);   // restrict
QString bandWord(HealthBand band);       // below maintenance
QString bandShortWord(HealthBand band);  // below MM
QString tagWord(AccountTag tag);
QString causeWord(BreakerCause cause);

widgets::Priority priorityOf(view::AlarmPriority priority);
// Only bands that some alarm speaks of carry a priority.
widgets::Priority priorityOf(HealthBand band);

QString priceText(Price price, Price tick);  // decimals of the tick
QString priceText(double price, Price tick);
int decimalsOf(Price tick);

}  // namespace breakwater::ui
