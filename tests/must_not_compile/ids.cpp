// One kind of id never stands for another, and a number becomes an id by name only.
//
// case 1: no match for .*operator|invalid operands to binary expression
// case 2: conversion from|no viable conversion
// case 3: conversion from|no viable conversion
#include "core/base/ids.hpp"

using namespace breakwater;

void use() {
    const AccountId account(7);
    const InstrumentId instrument(7);
    static_cast<void>(account == AccountId(7));
    static_cast<void>(instrument < InstrumentId(8));

#if BW_CASE == 1
    static_cast<void>(account == instrument);
#endif
#if BW_CASE == 2
    const AccountId other = instrument;
#endif
#if BW_CASE == 3
    const AccountId fromNumber = 7U;
#endif
}
