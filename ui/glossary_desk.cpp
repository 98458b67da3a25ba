// Terms of alarms, the record and the strips around the screen.
#include "ui/glossary.hpp"

namespace breakwater::ui {
namespace {

constexpr Term kTerms[] = {
    {"alarm", "Alarm", "Act first;Open alarms;Alarms;Alarm list",
     "A condition that is abnormal and needs an answer: P1 within a minute, P2 within ten, P3 this "
     "shift. One cause is one alarm; what follows from it is counted in it.",
     "", "", "", "Situation, alarm strip"},
    {"alarmEffect", "Effect of an alarm", "Open alarms:Effect;Alarms:Effect",
     "How the condition stands now, in figures.", "", "alarm", "", "Situation, alarm list"},
    {"alarmState", "State of an alarm", "Open alarms:State;Alarms:State;unacked;acknowledged",
     "Not acknowledged, acknowledged, or returned to normal and waiting to be acknowledged.", "",
     "alarm", "", "Alarm list"},
    {"raised", "Raised", "", "Venue time the alarm was raised.", "", "alarm", "time", "Alarm list"},
    {"actIn", "Act in", "act within;time is up",
     "What is left of the time its record allows for an answer.", "time to act − time since raised",
     "raised", "time", "Situation, alarm list"},
    {"alarmLoad", "Alarm load",
     "Events and alarm load;Alarms in 10 min;mix;Alarms per 10 min;Alarm flood, in 10 min",
     "P1 and P2 alarms raised in the last ten venue minutes, against what one officer can handle "
     "(10), and the open ones by priority.",
     "count over 10 min", "alarm", "alarms", "Alarm strip, Situation"},
    {"shelved", "Shelved", "", "Alarms put aside for a while. This version shelves none.", "", "",
     "", "Alarm strip"},
    {"timeline", "Events",
     "Events, newest first;Timeline;Event log;Event log:Time;Causal chain:Time;What happened",
     "What happened and needs no answer, newest first.", "", "", "", "Situation, Forensics"},
    {"inputs", "Inputs", "inputs;Input",
     "Facts and commands the engine takes per second of wall time; each has a number, and the "
     "inputs alone determine the state.",
     "", "", "per second", "Data strip, Forensics"},
    {"snapshot", "Snapshot", "snapshot;board",
     "The immutable photograph of the venue that every screen reads, and how long taking it took. "
     "All figures of a board belong to one input.",
     "", "inputs", "ms", "Data strip"},
    {"age", "Age", "age",
     "How long the shown figures are known. Past three seconds, halted or frozen they are drawn "
     "stale.",
     "", "snapshot", "s", "Every panel"},
    {"record", "Record", "record;recording;Record file;State of the record",
     "The file that keeps every input and event under a chained digest. Off: nothing of this "
     "session can be proved or replayed.",
     "", "inputs", "MB", "Data strip, status line, Forensics"},
    {"durable", "Durable", "durable to;Durable up to;on disk up to input;inputs on the way",
     "The last input that is safely on disk. A crash loses nothing at or below it.", "", "record",
     "input", "Status line"},
    {"digest", "Digest", "digest;Computed digest;Recorded digest;State digest",
     "A hash over the whole state after an input. Two computers with the same inputs have the same "
     "digest; recorded and computed beside each other show that nothing was changed.",
     "BLAKE2b over books, markets, breakers, liquidations", "record", "", "Status line, Forensics"},
    {"verify", "Verified", "Verify;verified;Verdict",
     "Live: the digest was made and is on disk. Of a record: every row agrees with the chain, and "
     "the events computed again equal the recorded ones.",
     "", "digest;durable", "", "Status line, Forensics"},
    {"engine", "Engine", "engine",
     "Halted: the engine stopped on a fault. Reading works, every figure is stale, no act reaches "
     "the venue.",
     "", "", "", "Data strip"},
    {"speed", "Speed", "speed", "Venue seconds per second of the embedded venue.", "", "", "×",
     "Mode bar"},
    {"sequence", "Sequence", "Input number;Event",
     "The number of an input in the record; events carry the number of the input that caused "
     "them.",
     "", "inputs", "", "Forensics, data strip"},
    {"causeChain", "Cause chain", "Causes;Why this event;Causal chain",
     "The inputs and events that led to an event, the first cause first.", "", "sequence", "",
     "Forensics"},
};

}  // namespace

std::span<const Term> deskTerms() { return kTerms; }

}  // namespace breakwater::ui
