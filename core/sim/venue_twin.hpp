// The venue as it would have gone on without the officer.
#pragma once

#include "core/sim/venue.hpp"

namespace breakwater::sim {

struct Venue::Twin {
    Engine engine;
    Venue venue;
};

}  // namespace breakwater::sim
