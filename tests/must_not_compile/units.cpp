// Mixing units, and turning a bare number into one, is refused by the compiler.
//
// case 1: no match for .*operator|invalid operands to binary expression
// case 2: conversion from .*Decimal|no viable conversion from .*Decimal
// case 3: no match for .*operator|invalid operands to binary expression
// case 4: no match for .*operator=|no viable overloaded '='
// case 5: no match for .*operator|invalid operands to binary expression
// case 6: no match for .*operator|invalid operands to binary expression
// case 7: could not convert|cannot convert|no known conversion
// case 8: no matching (function|constructor)
// case 9: too few arguments|no matching function
// case 10: private
#include "core/num/units.hpp"

using namespace breakwater;

void use() {
    const Decimal number = Decimal::fromInteger(5);
    Price price = Price::fromInteger(100);
    const Quantity quantity = Quantity::fromInteger(3);
    Money money(number);
    const Ratio ratio(number);
    const Rate rate(number);

    price = price + price;
    money = money + notional(quantity, price, Round::AwayFromZero);
    static_cast<void>(ratio == ratio);
    static_cast<void>(rate == rate);

#if BW_CASE == 1  // a price and a quantity have no sum
    static_cast<void>(price + quantity);
#endif
#if BW_CASE == 2  // a number without a unit is not money
    const Money wages = number;
#endif
#if BW_CASE == 3  // 5 % is not 5 % an hour
    static_cast<void>(ratio < rate);
#endif
#if BW_CASE == 4
    price = quantity;
#endif
#if BW_CASE == 5  // money squared is nothing
    static_cast<void>(money * money);
#endif
#if BW_CASE == 6  // no product without a named rounding
    static_cast<void>(quantity * price);
#endif
#if BW_CASE == 7  // arguments in the wrong order
    static_cast<void>(notional(price, quantity, Round::AwayFromZero));
#endif
#if BW_CASE == 8  // a double reaches money only through the gate
    const Money drifted(0.1);
#endif
#if BW_CASE == 9
    static_cast<void>(notional(quantity, price));
#endif
#if BW_CASE == 10  // is 5 five units or five counts of 1e-12? fromInteger or fromRaw says
    const Decimal unclear(5);
#endif
}
