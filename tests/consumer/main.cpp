// Somebody else's program: runs the installed core with an installed venue profile.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <variant>
#include <vector>

#include "core/engine/engine.hpp"
#include "core/profile/profile.hpp"

using namespace breakwater;

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: consumer PROFILE\n");
        return 2;
    }
    std::ifstream file(argv[1], std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const Result<Profile> profile = parseProfile(text, argv[1]);
    if (!profile) {
        std::fprintf(stderr, "%s\n", profile.error().message.c_str());
        return 1;
    }

    SessionStarted start;
    start.venue = profile->name;
    start.program = "consumer";
    start.seed = 7;

    Engine engine;
    const Digest before = engine.state().digest();
    std::vector<Event> events;
    const Instant time;
    engine.apply({1, time, start}, events);
    engine.apply({2, time, ProfileLoaded{*profile, digestOf(*profile)}}, events);
    for (const Event& event : events) {
        if (const auto* refused = std::get_if<Refused>(&event)) {
            std::fprintf(stderr, "refused: %s\n", refused->detail.c_str());
            return 1;
        }
    }
    return engine.state().digest() == before ? 1 : 0;
}
