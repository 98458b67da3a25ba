// How the stories' inputs were written. They are told on a desk once, when a story has no
// inputs.jsonl yet; from then on the file is the story and may be edited by hand.
#pragma once

#include "tests/core/engine/desk.hpp"

namespace breakwater::test {

void writeCalmDay(Desk& desk);
void writeLiquidatedInSteps(Desk& desk);
void writeCascadeToTheLastLayer(Desk& desk);
void writeBreakerDuringACascade(Desk& desk);
void writeStaleOracle(Desk& desk);
void writeExpiryStepsDown(Desk& desk);

}  // namespace breakwater::test
