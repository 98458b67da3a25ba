#include "tests/core/engine/story.hpp"

#include "core/event/codec.hpp"

namespace breakwater::test {
namespace {

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size() + 1), ' ');
    return text;
}

std::string legsText(const EngineState& state, AccountId account) {
    std::string text;
    for (const Leg& leg : state.books.accounts().legs(account)) {
        if (!text.empty()) text += ", ";
        text +=
            leg.quantity.toString() + " " + state.markets[leg.instrument.value()].instrument.code;
    }
    return text.empty() ? "flat" : text;
}

std::string stateText(const Engine& engine) {
    const EngineState& s = engine.state();
    const AccountBook& accounts = s.books.accounts();
    std::string text =
        "after input " + std::to_string(s.sequence) + " at " + s.time.toString() + "\n";
    text += "state digest " + s.digest().toHex() + "\n\nmarkets\n";
    for (std::size_t m = 0; m < s.markets.size(); ++m) {
        const Market& market = s.markets[m];
        const Underlying& underlying = s.underlyings[market.instrument.underlying.value()];
        text += "  " + padded(market.instrument.symbol, 10) + "index " +
                underlying.index.toString() + (underlying.blind ? " (blind)" : "") + ", mark " +
                market.mark.toString() + ", level " + std::string(word(s.breakers[m].level)) + "\n";
    }
    text += "\naccounts\n  " + padded("id", 4) + padded("name", 20) + padded("band", 19) +
            padded("cash", 22) + padded("equity", 24) + padded("maintenance", 18) + "legs\n";
    for (std::uint32_t i = 0; i < accounts.size(); ++i) {
        const AccountId id(i);
        const Margin margin = engine.marginOf(id);
        text += "  " + padded(std::to_string(i), 4) + padded(accounts.nameOf(id), 20) +
                padded(std::string(word(accounts.at(id).band)), 19) +
                padded(accounts.at(id).cash.toString(), 22) + padded(margin.equity.toString(), 24) +
                padded(margin.maintenance.toString(), 18) + legsText(s, id) + "\n";
    }
    static constexpr std::array<const char*, kBookClasses> kClasses{
        "accounts", "open", "fund", "fees", "adl", "socialised", "external"};
    text += "\nbooks, by class; every asset adds up to nothing\n";
    for (std::size_t a = 0; a < s.books.assets(); ++a) {
        text += "  " + padded(s.profile.assets[a].symbol, 6);
        for (std::size_t c = 0; c < kBookClasses; ++c) {
            text += std::string(c > 0 ? ", " : "") + kClasses[c] + " " +
                    s.books.totals(AssetId(static_cast<std::uint16_t>(a)))[c].toString();
        }
        text += "\n";
    }
    text += "\nsession\n  " + std::to_string(s.tally.liquidations) + " liquidations, " +
            std::to_string(s.tally.refused) + " refusals, fund lowest " +
            s.tally.fundLow.toString() + ", fund paid " + s.tally.fundPaid.toString() +
            ", closed by ADL " + s.tally.adlNotional.toString() + ", socialised " +
            s.tally.socialised.toString() + ", uncovered " + s.tally.uncovered.toString() + "\n";
    return text;
}

std::string written(void (*write)(Desk&)) {
    Desk desk;
    write(desk);
    std::string text;
    for (const Input& input : desk.inputs())
        text += storyLine(input) + "\n";
    return text;
}

}  // namespace

AccountId Story::account(std::string_view name) const {
    const AccountBook& accounts = engine.state().books.accounts();
    for (std::uint32_t i = 0; i < accounts.size(); ++i) {
        if (accounts.nameOf(AccountId(i)) == name) return AccountId(i);
    }
    BW_ASSERT(false && "nobody is called so");
    return {};
}

std::string storyLine(const Input& input) {
    return "{\"time\":\"" + input.time.toString() + "\",\"input\":" + toJson(input.body) + "}";
}

Result<Input> readStoryLine(std::string_view line, Sequence sequence) {
    constexpr std::string_view kTime = "{\"time\":\"", kInput = "\",\"input\":";
    const std::size_t at = line.find(kInput);
    if (!line.starts_with(kTime) || at == std::string_view::npos || !line.ends_with('}')) {
        return fail(ErrorCode::Malformed, "the line is not {\"time\":\"...\",\"input\":{...}}");
    }
    const Result<Instant> time = Instant::parse(line.substr(kTime.size(), at - kTime.size()));
    if (!time) return Unexpected(time.error());
    line.remove_prefix(at + kInput.size());
    line.remove_suffix(1);
    Result<InputBody> body = inputFromJson(line);
    if (!body) return Unexpected(body.error());
    return Input{sequence, *time, std::move(*body)};
}

Result<Story> tellStory(const std::string& name, void (*write)(Desk&)) {
    const std::string folder = sourcePath("tests/stories/" + name);
    const std::string path = folder + "/inputs.jsonl";
    if (rewriteGolden() && readFile(path).empty()) writeFile(path, written(write));
    Story story{folder, {}, {}, Engine({.digestEvery = 0, .checkEveryInput = true}), {}, {}};
    std::vector<Event> events;
    for (const std::string& line : linesOf(readFile(path))) {
        Result<Input> input = readStoryLine(line, story.engine.state().sequence + 1);
        if (!input) {
            return fail(input.error().code, path + " line " +
                                                std::to_string(story.inputs.size() + 1) + ": " +
                                                input.error().message);
        }
        events.clear();
        story.engine.apply(*input, events);
        if (!events.empty()) {
            story.events += input->time.toString() + "  #" + std::to_string(input->sequence) + " " +
                            std::string(nameOf(input->body)) + "\n";
        }
        for (const Event& event : events) {
            story.events += "    " + toText(event) + "\n";
            story.told.push_back({input->time, event});
        }
        story.inputs.push_back(std::move(*input));
    }
    if (story.inputs.empty()) return fail(ErrorCode::NotFound, path + " holds no input");
    story.finalState = stateText(story.engine);
    if (rewriteGolden()) {
        writeFile(folder + "/events.txt", story.events);
        writeFile(folder + "/final_state.txt", story.finalState);
    }
    return story;
}

}  // namespace breakwater::test
