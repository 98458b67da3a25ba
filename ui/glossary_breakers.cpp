// Terms of the breaker console.
#include "ui/glossary.hpp"

namespace breakwater::ui {
namespace {

constexpr Term kTerms[] = {
    {"breaker", "Breaker", "Breakers;Breakers by market",
     "Each market's switch with levels 0 normal, 1 tighten, 2 restrict, 3 auction, 4 stop. What "
     "each level permits stands in the venue's permission table.",
     "", "", "", "Situation, Breakers"},
    {"level", "Level", "", "The commanded level of a breaker. Boxes are filled up to it.", "",
     "breaker", "0 to 4", "Situation, Breakers"},
    {"breakerState", "State of a breaker", "Breakers:State;State",
     "What the level means for new risk and for exits.", "", "level", "", "Situation, Breakers"},
    {"setBy", "Set by", "Set by, next rule;Since",
     "The officer or the automatic rule that set the level, how, and when.", "", "level", "",
     "Situation, Breakers"},
    {"ends", "Ends", "Left;Steps down at;Next level;Releases",
     "When the level steps down by one, never to 0 at once. Renewed by an officer, or by the venue "
     "itself (at most three times) while its exit condition is not met.",
     "", "level", "time", "Situation, Breakers"},
    {"effective", "Effective", "Effect seen",
     "What the venue's matching was seen to do, beside what was commanded.", "", "level", "",
     "Breakers"},
    {"rule", "Automatic rule", "Automatic rules;R-*;Automatic rules:*",
     "Trips by itself when the index has moved by so much against any instant of its window, that "
     "many steps in a row. The exit condition names the move below which it may be released.",
     "|index / index at the far end of the move − 1| ≥ trip", "index", "% move", "Breakers"},
    {"tighten", "Tighten factor", "IM ×*",
     "At level 1 new risk must carry this many times the initial margin; what is held does not.",
     "from the venue's profile", "initial", "×", "Breakers, drill-down"},
    {"arm", "Arm", "Scope;Duration;Reason;Markets of the scope;Market, group or venue",
     "Choosing scope, level, duration and reason. It does nothing yet.", "", "", "", "Breakers"},
    {"effect", "Effect", "What stays on at the chosen level;Effect:*",
     "What the armed act would allow and refuse, and how exits fare now in its scope.", "",
     "exitFill", "", "Breakers"},
    {"commit", "Commit", "Code of the scope;Hold F12",
     "Typing the scope's code and holding F12 for 1.5 s sends the act.", "", "arm", "", "Breakers"},
    {"track", "Track", "Progress of the last act",
     "From commanded to observed effective, with the limit of each step.", "", "effective", "",
     "Breakers"},
    {"history", "History of breakers", "History;History of breakers, newest first",
     "Trips, renewals, step downs and officers' acts from the record.", "", "", "", "Breakers"},
};

}  // namespace

std::span<const Term> breakerTerms() { return kTerms; }

}  // namespace breakwater::ui
