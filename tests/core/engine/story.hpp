// A story: a folder of tests/stories with what happened (inputs.jsonl), what the engine made of
// it (events.txt) and where it left everybody (final_state.txt). story.md says why.
#pragma once

#include <string>
#include <vector>

#include "tests/core/engine/desk.hpp"

namespace breakwater::test {

struct Told {
    Instant time;
    Event event;
};

struct Story {
    std::string folder;         // tests/stories/<name>
    std::vector<Input> inputs;  // as read from inputs.jsonl
    std::vector<Told> told;
    Engine engine;
    std::string events;      // text of events.txt as it is now
    std::string finalState;  // text of final_state.txt as it is now

    template <class T>
    std::vector<T> all() const {
        std::vector<T> found;
        for (const Told& t : told) {
            if (const T* one = std::get_if<T>(&t.event)) found.push_back(*one);
        }
        return found;
    }
    AccountId account(std::string_view name) const;  // aborts when nobody is called so
};

// One line a story's input: {"time":"2025-10-10T21:18:07Z","input":{"kind":...}}
std::string storyLine(const Input& input);
Result<Input> readStoryLine(std::string_view line, Sequence sequence);

// Runs tests/stories/<name>. When its inputs.jsonl is missing, `write` tells it on a desk first.
Result<Story> tellStory(const std::string& name, void (*write)(Desk&));

}  // namespace breakwater::test
