// Inside core/view: what a row of the queue says, and what can be done about it.
#pragma once

#include "core/view/queue_view.hpp"

namespace breakwater::view {

// Fills in why and advice from the row's figures.
void describe(const Snapshot& snapshot, QueueRow& row);

}  // namespace breakwater::view
