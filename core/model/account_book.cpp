#include "core/model/account_book.hpp"

#include <algorithm>

#include "core/event/binary.hpp"

namespace breakwater {
namespace {

void encodeChunk(const AccountChunk& chunk, std::vector<std::uint8_t>& out) {
    binary::Writer w(out);
    w.write(static_cast<std::uint32_t>(chunk.accounts.size()));
    for (std::size_t i = 0; i < chunk.accounts.size(); ++i) {
        const Account& a = chunk.accounts[i];
        w.write((*chunk.names)[i]);
        w.write(a.cash);
        w.write(a.fundAdvanced);
        w.write(a.liquidation);
        w.write(a.tag);
        w.write(a.band);
        w.write(a.legCount);
        for (const Leg& leg : chunk.legsOf(i)) {
            w.write(leg.instrument);
            w.write(leg.quantity);
            w.write(leg.cost);
        }
    }
    w.write(static_cast<std::uint32_t>(chunk.sideBalances.size()));
    for (const SideBalance& b : chunk.sideBalances) {
        w.write(b.slot);
        w.write(b.asset);
        w.write(b.amount);
    }
}

bool decodeChunk(binary::Reader& r, AccountChunk& chunk) {
    std::uint32_t n = 0;
    r.read(n);
    if (!r.ok() || n > AccountChunk::kSize) return false;
    auto names = std::make_shared<std::vector<std::string>>(n);
    chunk.accounts.resize(n);
    for (std::uint32_t i = 0; i < n; ++i) {
        Account& a = chunk.accounts[i];
        r.read((*names)[i]);
        r.read(a.cash);
        r.read(a.fundAdvanced);
        r.read(a.liquidation);
        r.read(a.tag);
        r.read(a.band);
        r.read(a.legCount);
        a.legCapacity = a.legCount;
        a.legAt = static_cast<std::uint32_t>(chunk.legs.size());
        for (std::uint8_t k = 0; k < a.legCount && r.ok(); ++k) {
            Leg leg;
            r.read(leg.instrument);
            r.read(leg.quantity);
            r.read(leg.cost);
            chunk.legs.push_back(leg);
        }
        if (!r.ok()) return false;
    }
    std::uint32_t side = 0;
    r.read(side);
    for (std::uint32_t i = 0; i < side && r.ok(); ++i) {
        SideBalance b;
        r.read(b.slot);
        r.read(b.asset);
        r.read(b.amount);
        chunk.sideBalances.push_back(b);
    }
    chunk.names = std::move(names);
    return r.ok();
}

}  // namespace

AccountId AccountBook::open(std::string name, AccountTag tag) {
    const AccountId id(static_cast<std::uint32_t>(m_size));
    if (m_size % AccountChunk::kSize == 0) {
        Slot s;
        s.chunk = std::make_shared<AccountChunk>();
        s.chunk->names = std::make_shared<std::vector<std::string>>();
        s.chunk->accounts.reserve(AccountChunk::kSize);
        m_chunks.push_back(std::move(s));
    }
    ++m_size;
    Slot& s = m_chunks[id.value() / AccountChunk::kSize];
    AccountChunk& c = writable(id);
    // Copies of a chunk share their names; only opening an account writes them.
    auto names = std::const_pointer_cast<std::vector<std::string>>(c.names);
    if (s.namesShared) {
        names = std::make_shared<std::vector<std::string>>(*names);
        c.names = names;
        s.namesShared = false;
    }
    names->push_back(std::move(name));
    c.accounts.emplace_back().tag = tag;
    return id;
}

const Leg* AccountBook::leg(AccountId id, InstrumentId instrument) const {
    for (const Leg& l : legs(id)) {
        if (l.instrument == instrument) return &l;
    }
    return nullptr;
}

std::span<const SideBalance> AccountBook::sideBalances(AccountId id) const {
    const auto& all = chunk(id).sideBalances;
    const auto [first, last] = std::equal_range(
        all.begin(), all.end(), SideBalance{static_cast<std::uint16_t>(slot(id)), {}, {}},
        [](const SideBalance& a, const SideBalance& b) { return a.slot < b.slot; });
    return {first, last};
}

Money AccountBook::sideBalance(AccountId id, AssetId asset) const {
    for (const SideBalance& b : sideBalances(id)) {
        if (b.asset == asset) return b.amount;
    }
    return {};
}

void AccountBook::addSideBalance(AccountId id, AssetId asset, Money amount) {
    auto& all = writable(id).sideBalances;
    const auto s = static_cast<std::uint16_t>(slot(id));
    auto it = std::find_if(all.begin(), all.end(), [&](const SideBalance& b) {
        return b.slot > s || (b.slot == s && b.asset >= asset);
    });
    if (it == all.end() || it->slot != s || it->asset != asset) {
        it = all.insert(it, SideBalance{s, asset, {}});
    }
    it->amount += amount;
    if (it->amount.isZero()) all.erase(it);
}

void AccountBook::setLeg(AccountId id, InstrumentId instrument, Quantity quantity, Money cost) {
    AccountChunk& c = writable(id);
    Account& a = c.accounts[slot(id)];
    std::uint32_t i = 0;
    while (i < a.legCount && c.legs[a.legAt + i].instrument < instrument)
        ++i;
    const bool found = i < a.legCount && c.legs[a.legAt + i].instrument == instrument;
    if (quantity.isZero()) {
        BW_ASSERT(cost.isZero());
        if (!found) return;
        for (; i + 1 < a.legCount; ++i)
            c.legs[a.legAt + i] = c.legs[a.legAt + i + 1];
        --a.legCount;
        return;
    }
    if (found) {
        c.legs[a.legAt + i].quantity = quantity;
        c.legs[a.legAt + i].cost = cost;
        return;
    }
    if (a.legCount == a.legCapacity) {
        // A block that outgrew its place moves to the end; the hole goes when the chunk is copied.
        const auto capacity = static_cast<std::uint8_t>(
            std::min<std::size_t>(kMaxLegs, a.legCapacity == 0 ? 4 : a.legCapacity * 2u));
        BW_ASSERT(capacity > a.legCapacity);
        const auto at = static_cast<std::uint32_t>(c.legs.size());
        c.legs.resize(c.legs.size() + capacity);
        std::copy_n(c.legs.begin() + a.legAt, a.legCount, c.legs.begin() + at);
        a.legAt = at;
        a.legCapacity = capacity;
    }
    for (std::uint32_t k = a.legCount; k > i; --k)
        c.legs[a.legAt + k] = c.legs[a.legAt + k - 1];
    c.legs[a.legAt + i] = Leg{instrument, quantity, cost};
    ++a.legCount;
}

void AccountBook::unshare(Slot& s) {
    const AccountChunk& old = *s.chunk;
    auto copy = std::make_shared<AccountChunk>();
    copy->names = old.names;
    copy->sideBalances = old.sideBalances;
    copy->accounts.reserve(AccountChunk::kSize);
    copy->accounts = old.accounts;
    copy->legs.reserve(old.legs.size());
    for (Account& a : copy->accounts) {
        const auto first = old.legs.begin() + a.legAt;
        a.legAt = static_cast<std::uint32_t>(copy->legs.size());
        copy->legs.insert(copy->legs.end(), first, first + a.legCapacity);
    }
    s.chunk = std::move(copy);
    s.shared = false;
}

AccountChunks AccountBook::freeze() {
    AccountChunks all;
    all.reserve(m_chunks.size());
    for (Slot& s : m_chunks) {
        s.share();
        all.push_back(s.chunk);
    }
    return all;
}

Digest AccountBook::digest() const {
    DigestBuilder whole;
    std::vector<std::uint8_t> bytes;
    for (const Slot& s : m_chunks) {
        if (s.dirty) {
            bytes.clear();
            encodeChunk(*s.chunk, bytes);
            s.digest = digestOf(Bytes(bytes));
            s.dirty = false;
        }
        whole.add(s.digest);
    }
    return whole.finish();
}

void AccountBook::encode(std::vector<std::uint8_t>& out) const {
    binary::Writer(out).write(static_cast<std::uint32_t>(m_chunks.size()));
    for (const Slot& s : m_chunks)
        encodeChunk(*s.chunk, out);
}

Result<AccountBook> AccountBook::decode(Bytes bytes) {
    binary::Reader r(bytes);
    std::uint32_t n = 0;
    r.read(n);
    AccountBook book;
    for (std::uint32_t i = 0; i < n && r.ok(); ++i) {
        Slot s;
        s.chunk = std::make_shared<AccountChunk>();
        if (!decodeChunk(r, *s.chunk)) break;
        book.m_size += s.chunk->accounts.size();
        book.m_chunks.push_back(std::move(s));
    }
    if (!r.atEnd() || book.m_chunks.size() != n) {
        return fail(ErrorCode::Corrupt,
                    "the accounts of this checkpoint do not follow their format");
    }
    return book;
}

}  // namespace breakwater
