#include "core/engine/engine.hpp"

#include "core/event/codec.hpp"

namespace breakwater {
namespace {

constexpr Instant kYear10000 = Instant::fromMicroseconds(253'402'300'800'000'000);

}  // namespace

Engine::Engine(EngineOptions options) : m_options(options) {}

Engine::Engine(EngineState state, EngineOptions options)
    : m_options(options), m_state(std::move(state)) {
    for (const Market& market : m_state.markets)
        m_screen.push_back(screenMarket(market));
    m_certificates.resize(m_state.books.accounts().size());
}

void Engine::apply(const Input& input, std::vector<Event>& out) noexcept {
    BW_ASSERT(input.sequence == m_state.sequence + 1);
    const std::size_t before = out.size();
    bool ended = false;
    m_state.sequence = input.sequence;
    if (input.time < m_state.time) {
        refuse(nameOf(input.body).data(), Refusal::BackwardTime, 0,
               input.time.toString() + " is before " + m_state.time.toString(), out);
    } else if (input.time >= kYear10000) {
        // It would be believed, and every later input refused as backward.
        refuse(nameOf(input.body).data(), Refusal::BadFigure, 0,
               input.time.toString() + " is no venue time", out);
    } else {
        m_state.time = input.time;
        std::visit([&](const auto& body) { on(body, out); }, input.body);
        ended = std::holds_alternative<SessionEnded>(input.body);
    }
    BW_ASSERT(m_state.books.balanced());
    if (m_options.checkEveryInput) BW_ASSERT(m_state.books.cellsMatchTotals());
    ++m_state.tally.inputs;
    m_state.tally.events += out.size() - before;
    // Last of all, so that the digest told is the digest of the state that stays.
    const bool regular = m_options.digestEvery != 0 && input.sequence % m_options.digestEvery == 0;
    if (ended || regular) digestState(out);
}

void Engine::digestState(Events& out) {
    BW_ASSERT(m_state.books.cellsMatchTotals());
    ++m_state.tally.events;
    out.emplace_back(StateDigested{m_state.digest()});
}

Margin Engine::marginOf(AccountId account) const {
    const AccountBook& accounts = m_state.books.accounts();
    return evaluateMargin(collateralValue(accounts, account, m_state.profile.assets),
                          accounts.legs(account), m_state.markets);
}

void Engine::refuse(const char* what, Refusal reason, std::uint64_t subject, std::string detail,
                    Events& out) {
    ++m_state.tally.refused;
    out.emplace_back(Refused{what, reason, subject, std::move(detail)});
}

void Engine::moveFund(Money amount, const char* cause, const AccountId* account, Events& out) {
    Tally& tally = m_state.tally;
    const Money balance = m_state.books.fund();
    if (amount.isNegative()) {
        tally.fundPaid -= amount;
    } else {
        tally.fundReceived += amount;
    }
    if (!tally.fundSeen || balance < tally.fundLow) tally.fundLow = balance;
    tally.fundSeen = true;
    out.emplace_back(FundMoved{Books::kSettlement, account != nullptr,
                               account ? *account : AccountId(), amount, balance, cause});
}

void Engine::on(const SessionStarted& in, Events&) {
    m_state.role = in.role;
    m_state.venue = in.venue;
    m_state.scenario = in.scenario;
}

void Engine::on(const ProfileLoaded& in, Events& out) {
    const Result<void> valid = validate(in.profile);
    if (!valid) {
        refuse(in.kName.data(), Refusal::BadFigure, 0, valid.error().message, out);
        return;
    }
    if (digestOf(in.profile) != in.digest) {
        refuse(in.kName.data(), Refusal::BadFigure, 0, "the profile does not match its digest",
               out);
        return;
    }
    if (m_state.hasProfile && (in.profile.sources.size() != m_state.profile.sources.size() ||
                               in.profile.assets.size() < m_state.profile.assets.size())) {
        refuse(in.kName.data(), Refusal::BadFigure, 0,
               "a running venue keeps its sources and assets", out);
        return;
    }
    if (!m_state.underlyings.empty() && in.profile.step != m_state.profile.step) {
        refuse(in.kName.data(), Refusal::BadFigure, 0,
               "the index history is kept by the running venue's step", out);
        return;
    }
    for (const BreakerState& breaker : m_state.breakers) {
        if (breaker.level != BreakerLevel::Normal && in.profile.termsOf(breaker.level) == nullptr) {
            refuse(in.kName.data(), Refusal::UnsupportedLevel, 0,
                   "a market stands at level " + std::string(word(breaker.level)), out);
            return;
        }
    }
    m_state.profile = in.profile;
    m_state.hasProfile = true;
    m_state.books.setAssets(in.profile.assets.size());
    // Another warning factor may move bands; the figures are decided afresh.
    reassessAll(out);
}

void Engine::on(const InstrumentListed& in, Events& out) {
    const Instrument& instrument = in.instrument;
    const Result<void> valid = validate(instrument);
    if (!m_state.hasProfile) {
        refuse(in.kName.data(), Refusal::NoProfile, instrument.id.value(), "no profile is loaded",
               out);
    } else if (!valid) {
        refuse(in.kName.data(), Refusal::BadFigure, instrument.id.value(), valid.error().message,
               out);
    } else if (instrument.id.value() != m_state.markets.size()) {
        refuse(in.kName.data(), Refusal::UnknownInstrument, instrument.id.value(),
               "ids must follow one another", out);
    } else if (instrument.underlying.value() > m_state.underlyings.size() ||
               m_state.markets.size() >= 4096) {
        refuse(in.kName.data(), Refusal::UnknownUnderlying, instrument.underlying.value(),
               "underlyings must follow one another", out);
    } else {
        if (instrument.underlying.value() == m_state.underlyings.size()) {
            Underlying underlying;
            underlying.symbol = in.underlying;
            underlying.sources.resize(m_state.profile.sources.size());
            // An hour and one step: the longest window a move rule may ask for.
            underlying.window = PriceWindow(static_cast<std::size_t>(Duration::hours(1).count() /
                                                                     m_state.profile.step.count()) +
                                            1);
            m_state.underlyings.push_back(std::move(underlying));
        }
        Market market;
        market.instrument = instrument;
        m_screen.push_back(screenMarket(market));
        m_state.markets.push_back(std::move(market));
        m_state.breakers.emplace_back();
    }
}

void Engine::on(const FundTransfer& in, Events& out) {
    if (in.asset.value() >= m_state.books.assets()) {
        refuse(in.kName.data(), Refusal::UnknownAsset, in.asset.value(), "no such asset", out);
        return;
    }
    const Decimal limit = Decimal::fromInteger(Decimal::kBorderLimit);
    const bool inRange =
        !in.amount.isZero() && in.amount.value() <= limit && in.amount.value() >= -limit;
    const Money after = inRange ? m_state.books.fund(in.asset) + in.amount : Money();
    if (!inRange || after.isNegative() || after.value() > limit) {
        refuse(in.kName.data(), Refusal::BadFigure, in.asset.value(),
               "amount " + in.amount.toString(), out);
        return;
    }
    m_state.books.capitaliseFund(in.asset, in.amount);
    if (in.asset == Books::kSettlement) moveFund(in.amount, "capital", nullptr, out);
}

void Engine::on(const SessionEnded&, Events&) {}

}  // namespace breakwater
