#include "core/engine/state.hpp"

#include "core/event/binary.hpp"

namespace breakwater {
namespace {

// One list of fields for the digest, the checkpoint and its reader. The books come apart
// because their digest is cached by chunk.
template <class State, class Archive>
void visitState(State& s, Archive& a) {
    a("sequence", s.sequence);
    a("time", s.time);
    a("role", s.role);
    a("venue", s.venue);
    a("scenario", s.scenario);
    a("has_profile", s.hasProfile);
    a("profile", s.profile);
    a("underlyings", s.underlyings);
    a("markets", s.markets);
    a("breakers", s.breakers);
    a("next_liquidation", s.nextLiquidation);
    a("withdrawals", s.withdrawals);
    a("funding_scheduled", s.fundingScheduled);
    a("next_funding", s.nextFunding);
    a("last_command", s.lastCommand);
    a("tally", s.tally);
}

void encodeWithoutBooks(const EngineState& s, std::vector<std::uint8_t>& out) {
    binary::Writer w(out);
    visitState(s, w);
    w.write(static_cast<std::uint32_t>(s.liquidations.size()));
    for (const auto& [id, liquidation] : s.liquidations)
        w.write(liquidation);
}

}  // namespace

Digest EngineState::digest() const {
    std::vector<std::uint8_t> bytes;
    encodeWithoutBooks(*this, bytes);
    return DigestBuilder().add(Bytes(bytes)).add(books.digest()).finish();
}

void EngineState::encode(std::vector<std::uint8_t>& out) const {
    encodeWithoutBooks(*this, out);
    books.encode(out);
}

Result<EngineState> EngineState::decode(Bytes bytes) {
    binary::Reader r(bytes);
    EngineState s;
    visitState(s, r);
    std::uint32_t n = 0;
    r.read(n);
    for (std::uint32_t i = 0; i < n && r.ok(); ++i) {
        Liquidation liquidation;
        r.read(liquidation);
        s.liquidations.emplace(liquidation.id, liquidation);
    }
    if (!r.ok() || s.breakers.size() != s.markets.size()) {
        return fail(ErrorCode::Corrupt, "the checkpoint does not follow its format");
    }
    Result<Books> books = Books::decode(bytes.subspan(r.position()));
    if (!books) return Unexpected(books.error());
    s.books = std::move(*books);
    return s;
}

}  // namespace breakwater
