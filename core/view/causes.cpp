#include "core/view/causes.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include "core/view/event_subject.hpp"
#include "core/view/words.hpp"

namespace breakwater::view {
namespace {

constexpr std::size_t kLinks = 12;          // of a chain, at most
constexpr std::size_t kInputsBack = 4'000;  // a quote older than this is no longer looked for

template <class E>
std::size_t kindOf() {
    static const std::size_t kind = Event(E()).index();
    return kind;
}

template <class... E>
std::vector<std::size_t> kindsOf() {
    return {kindOf<E>()...};
}

// What came before, and how it led to the event.
struct Before {
    std::optional<RecordedEvent> event;
    std::optional<Input> input;
    std::string why;
};

using Answer = Result<std::optional<Before>>;

class Chain {
public:
    Chain(CauseSource& source, const Snapshot& names) : m_source(source), m_names(names) {}

    Result<std::vector<CauseLink>> run(Sequence sequence, std::uint32_t index) {
        const Result<RecordedStep> step = m_source.stepAt(sequence);
        if (!step) return Unexpected(step.error());
        if (index >= step->events.size()) {
            return fail(ErrorCode::NotFound, "input " + std::to_string(sequence) +
                                                 " has no event " + std::to_string(index));
        }
        m_here = {sequence, index, step->input.time, step->events[index]};
        m_step = *step;
        std::vector<CauseLink> links{linkOf(m_here, "")};
        while (links.size() < kLinks) {
            Answer before = std::visit([this](const auto& e) { return of(e); }, m_here.event);
            if (!before) return Unexpected(before.error());
            if (!*before) before = byInput();
            if (!before) return Unexpected(before.error());
            if ((*before)->input) {
                links.push_back(linkOf(*(*before)->input, std::move((*before)->why)));
                break;
            }
            links.push_back(linkOf(*(*before)->event, std::move((*before)->why)));
            const Result<void> moved = moveTo(std::move(*(*before)->event));
            if (!moved) return Unexpected(moved.error());
        }
        std::reverse(links.begin(), links.end());
        return links;
    }

private:
    CauseLink linkOf(const RecordedEvent& e, std::string why) const {
        return {e.sequence, e.index, e.time, sentenceOf(e.event, m_names), std::move(why)};
    }
    CauseLink linkOf(const Input& input, std::string why) const {
        return {input.sequence, {}, input.time, sentenceOf(input.body, m_names), std::move(why)};
    }

    Result<void> moveTo(RecordedEvent event) {
        if (event.sequence != m_step.input.sequence) {
            Result<RecordedStep> step = m_source.stepAt(event.sequence);
            if (!step) return Unexpected(step.error());
            m_step = std::move(*step);
        }
        m_here = std::move(event);
        return {};
    }

    Answer byInput(std::string why = {}) const {
        if (why.empty()) {
            why = std::holds_alternative<ClockTick>(m_step.input.body)
                      ? "the venue's step decided it"
                      : "the venue judged it as it came in";
        }
        return std::optional(Before{{}, m_step.input, std::move(why)});
    }

    template <class... E>
    Answer last(const std::function<bool(const Event&)>& wanted, std::string why) {
        const std::vector<std::size_t> kinds = kindsOf<E...>();
        Result<std::optional<RecordedEvent>> found =
            m_source.lastBefore(m_here.sequence, m_here.index, kinds, wanted);
        if (!found) return Unexpected(found.error());
        if (!*found) return std::optional<Before>();
        return std::optional(Before{std::move(**found), {}, std::move(why)});
    }
    // An event of the same input before this one.
    template <class E>
    std::optional<RecordedEvent> sibling(const std::function<bool(const E&)>& wanted) const {
        for (std::uint32_t i = m_here.index; i-- > 0;) {
            const auto* e = std::get_if<E>(&m_step.events[i]);
            if (e != nullptr && wanted(*e))
                return RecordedEvent{m_here.sequence, i, m_here.time, m_step.events[i]};
        }
        return std::nullopt;
    }
    static std::function<bool(const Event&)> about(AccountId account) {
        return [account](const Event& event) {
            return std::visit(
                [&](const auto& e) {
                    const auto accounts = accountsOf(e);
                    return std::find(accounts.begin(), accounts.end(), account) != accounts.end();
                },
                event);
        };
    }
    template <class E>
    static std::function<bool(const Event&)> ofLiquidation(LiquidationId id) {
        return [id](const Event& event) {
            const auto* e = std::get_if<E>(&event);
            return e != nullptr && e->liquidation == id;
        };
    }

    // An input that decides by itself needs no more.
    template <class E>
    Answer of(const E&) {
        return std::optional<Before>();
    }

    Answer of(const LiquidationFilled& e) {
        return last<LiquidationOrdered>(ofLiquidation<LiquidationOrdered>(e.liquidation),
                                        "the order was met in the book");
    }
    Answer of(const LiquidationOrdered& e) {
        return last<LiquidationStarted>(
            ofLiquidation<LiquidationStarted>(e.liquidation),
            "the venue closes the account step by step until it is above maintenance");
    }
    Answer of(const LiquidationEnded& e) {
        const AccountId account = e.account;
        return last<LiquidationFilled, FundMoved, AdlExecuted, LossSocialised, LiquidationStarted>(
            [account](const Event& event) {
                const auto* fund = std::get_if<FundMoved>(&event);
                if (fund != nullptr && !fund->amount.isNegative()) return false;  // a fee
                return about(account)(event);
            },
            "nothing was left to close");
    }
    Answer of(const LiquidationStarted& e) {
        const AccountId account = e.account;
        return last<HealthBandChanged>(
            [account](const Event& event) {
                const auto* band = std::get_if<HealthBandChanged>(&event);
                return band != nullptr && band->account == account &&
                       band->to >= HealthBand::BelowMaintenance;
            },
            "equity below maintenance starts a liquidation");
    }
    Answer of(const HealthBandChanged& e) {
        const AccountId account = e.account;
        if (auto adl = sibling<AdlExecuted>([&](const AdlExecuted& a) {
                return a.winner == account || a.bankrupt == account;
            })) {
            return std::optional(Before{std::move(*adl), {}, "ADL took part of its position"});
        }
        if (auto fill = sibling<LiquidationFilled>([&](const LiquidationFilled& f) {
                return f.account == account || f.counterparty == account;
            })) {
            return std::optional(Before{std::move(*fill), {}, "the fill changed its position"});
        }
        Result<std::optional<RecordedEvent>> mark = largestMove();
        if (!mark) return Unexpected(mark.error());
        if (*mark) {
            return std::optional(Before{std::move(**mark),
                                        {},
                                        e.to > e.from
                                            ? "the move cost the account more than its buffer"
                                            : "the move gave the account its buffer back"});
        }
        if (auto funding = sibling<FundingSettled>([](const FundingSettled&) { return true; }))
            return std::optional(Before{std::move(*funding), {}, "funding was charged"});
        return byInput("it changed the account's equity or its requirement");
    }
    Answer of(const MarkChanged& e) {
        const InstrumentId instrument = e.instrument;
        const Result<std::optional<RecordedEvent>> former = formerMark(m_here.sequence, instrument);
        if (!former) return Unexpected(former.error());
        const bool byIndex = !*former || std::get<MarkChanged>((*former)->event).index != e.index;
        const std::optional<UnderlyingId> underlying = underlyingOfMarket(instrument);
        Result<std::optional<Input>> input =
            m_source.lastInputBefore(m_here.sequence, kInputsBack, [&](const InputBody& body) {
                if (!byIndex) {
                    const auto* book = std::get_if<BookObserved>(&body);
                    return book != nullptr && book->instrument == instrument;
                }
                const auto* price = std::get_if<PriceObserved>(&body);
                return price != nullptr && underlying && price->underlying == *underlying;
            });
        if (!input) return Unexpected(input.error());
        if (!*input) return std::optional<Before>();
        return std::optional(
            Before{{},
                   std::move(**input),
                   byIndex ? "the last quote before the step; the index is the median of the "
                             "fresh sources"
                           : "the venue's book moved its basis; the index stood still"});
    }
    Answer of(const FundMoved& e) {
        if (!e.hasAccount) return std::optional<Before>();
        return last<LiquidationFilled, LiquidationStarted>(
            about(e.account), e.amount.isNegative()
                                  ? "the account was closed below zero and the fund pays"
                                  : "the fund receives what the liquidation brought");
    }
    Answer of(const AdlExecuted& e) {
        const AccountId bankrupt = e.bankrupt;
        return last<FundMoved, LiquidationFilled, LiquidationStarted>(
            about(bankrupt), "what it left uncovered went on to ADL: " + e.openedBy);
    }
    Answer of(const LossSocialised& e) {
        return last<AdlExecuted, FundMoved, LiquidationFilled, LiquidationStarted>(
            about(e.bankrupt), "what it left uncovered was shared: " + e.openedBy);
    }
    Answer of(const LossUncovered& e) {
        return last<LossSocialised, AdlExecuted, FundMoved, LiquidationFilled, LiquidationStarted>(
            about(e.bankrupt), "nobody was left to pay the rest");
    }
    Answer of(const BreakerChanged& e) {
        const InstrumentId market = e.instrument;
        switch (e.cause) {
            case BreakerCause::Officer: return byInput("the venue obeyed the command");
            case BreakerCause::Rule:
                return last<MarkChanged>(
                    [market](const Event& event) {
                        const auto* mark = std::get_if<MarkChanged>(&event);
                        return mark != nullptr && mark->instrument == market;
                    },
                    "rule " + e.by + " read the move: " + e.reason);
            case BreakerCause::Expiry:
            case BreakerCause::Renewal: break;
        }
        return last<BreakerChanged>(ofMarket<BreakerChanged>(market),
                                    e.cause == BreakerCause::Expiry
                                        ? "its time ran out and the level steps down"
                                        : "its time ran out and the exit condition did not hold");
    }
    Answer of(const BreakerEffective& e) {
        return last<BreakerChanged>(ofMarket<BreakerChanged>(e.instrument),
                                    "the venue's matching was seen to follow");
    }
    Answer of(const SourceChanged& e) {
        if (!std::holds_alternative<ClockTick>(m_step.input.body)) return std::optional<Before>();
        Result<std::optional<Input>> quote =
            m_source.lastInputBefore(m_here.sequence, kInputsBack, [&](const InputBody& body) {
                const auto* price = std::get_if<PriceObserved>(&body);
                return price != nullptr && price->underlying == e.underlying &&
                       price->source == e.source;
            });
        if (!quote) return Unexpected(quote.error());
        if (!*quote) return std::optional<Before>();
        return std::optional(Before{{},
                                    std::move(**quote),
                                    e.state == SourceState::Fresh
                                        ? "the source was heard of again"
                                        : "nothing was heard of the source since"});
    }
    Answer of(const IndexSight& e) {
        const UnderlyingId underlying = e.underlying;
        return last<SourceChanged>(
            [underlying](const Event& event) {
                const auto* source = std::get_if<SourceChanged>(&event);
                return source != nullptr && source->underlying == underlying;
            },
            e.blind ? "fewer sources than the quorum were fresh" : "the quorum was there again");
    }
    Answer of(const WithdrawalReleased& e) {
        const AccountId account = e.account;
        return last<WithdrawalQueued>(about(account), "it waited until the breaker fell");
    }

    template <class E>
    static std::function<bool(const Event&)> ofMarket(InstrumentId market) {
        return [market](const Event& event) {
            const auto* e = std::get_if<E>(&event);
            return e != nullptr && e->instrument == market;
        };
    }
    std::optional<UnderlyingId> underlyingOfMarket(InstrumentId market) const {
        if (!m_names.markets || market.value() >= m_names.markets->size()) return std::nullopt;
        return (*m_names.markets)[market.value()].instrument.underlying;
    }
    Result<std::optional<RecordedEvent>> formerMark(Sequence before, InstrumentId market) {
        return m_source.lastBefore(before, 0, kindsOf<MarkChanged>(),
                                   ofMarket<MarkChanged>(market));
    }
    // Of the marks that moved in this step, the one that moved furthest.
    Result<std::optional<RecordedEvent>> largestMove() {
        std::optional<RecordedEvent> largest;
        double furthest = -1;
        for (std::uint32_t i = 0; i < m_here.index; ++i) {
            const auto* mark = std::get_if<MarkChanged>(&m_step.events[i]);
            if (mark == nullptr) continue;
            const Result<std::optional<RecordedEvent>> former =
                formerMark(m_here.sequence, mark->instrument);
            if (!former) return Unexpected(former.error());
            double move = 0;
            if (*former) {
                const double was = std::get<MarkChanged>((*former)->event).mark.toDouble();
                move = was > 0 ? std::fabs(mark->mark.toDouble() / was - 1) : 0;
            }
            if (move <= furthest) continue;
            furthest = move;
            largest = RecordedEvent{m_here.sequence, i, m_here.time, m_step.events[i]};
        }
        return largest;
    }

    CauseSource& m_source;
    const Snapshot& m_names;
    RecordedEvent m_here;
    RecordedStep m_step;
};

}  // namespace

Result<std::vector<CauseLink>> causesOf(Sequence sequence, std::uint32_t index, CauseSource& source,
                                        const Snapshot& names) {
    return Chain(source, names).run(sequence, index);
}

}  // namespace breakwater::view
