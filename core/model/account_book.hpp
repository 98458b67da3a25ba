// All accounts and their legs, in chunks of 1,024 that are shared with snapshots.
//
// A chunk that a snapshot holds is never written: the first edit after freeze() copies it. The
// book is state, so its digest covers what is in it and not how it came to lie in memory.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/digest.hpp"
#include "core/base/ids.hpp"
#include "core/model/kinds.hpp"
#include "core/num/units.hpp"

namespace breakwater {

// A position. Its unrealised profit at price p is quantity x p - cost.
struct Leg {
    InstrumentId instrument;
    Quantity quantity;  // never zero
    Money cost;         // what the open contracts were bought for, signed as the quantity

    friend bool operator==(const Leg&, const Leg&) = default;
};

struct Account {
    Money cash;                 // settled balance in the settlement asset; may be negative
    Money fundAdvanced;         // paid in by the fund during the running liquidation
    LiquidationId liquidation;  // 0: none
    AccountTag tag = AccountTag::Client;
    HealthBand band = HealthBand::Healthy;
    std::uint8_t legCount = 0;
    std::uint8_t legCapacity = 0;
    std::uint32_t legAt = 0;  // into the chunk's legs
};

// A balance in an asset other than the settlement asset.
struct SideBalance {
    std::uint16_t slot = 0;  // account within the chunk
    AssetId asset;
    Money amount;
};

struct AccountChunk {
    static constexpr std::size_t kSize = 1024;
    std::vector<Account> accounts;
    std::vector<Leg> legs;
    std::vector<SideBalance> sideBalances;  // ordered by slot, asset
    std::shared_ptr<const std::vector<std::string>> names;

    std::span<const Leg> legsOf(std::size_t slot) const {
        const Account& account = accounts[slot];
        return {legs.data() + account.legAt, account.legCount};
    }
};

using AccountChunks = std::vector<std::shared_ptr<const AccountChunk>>;

class AccountBook {
public:
    static constexpr std::size_t kMaxLegs = 255;

    AccountBook() = default;
    // Cheap: the copy shares every chunk until one of the two writes it. Both must belong to the
    // thread that copies.
    AccountBook(const AccountBook& other) : m_chunks(other.m_chunks), m_size(other.m_size) {
        shareAll(other);
    }
    AccountBook& operator=(const AccountBook& other) {
        m_chunks = other.m_chunks;
        m_size = other.m_size;
        shareAll(other);
        return *this;
    }
    AccountBook(AccountBook&&) = default;
    AccountBook& operator=(AccountBook&&) = default;

    std::size_t size() const { return m_size; }
    bool has(AccountId id) const { return id.value() < m_size; }
    AccountId open(std::string name, AccountTag tag);

    const Account& at(AccountId id) const { return chunk(id).accounts[slot(id)]; }
    const std::string& nameOf(AccountId id) const { return (*chunk(id).names)[slot(id)]; }
    std::span<const Leg> legs(AccountId id) const { return chunk(id).legsOf(slot(id)); }
    const Leg* leg(AccountId id, InstrumentId instrument) const;
    Money sideBalance(AccountId id, AssetId asset) const;
    std::span<const SideBalance> sideBalances(AccountId id) const;

    Account& edit(AccountId id) { return writable(id).accounts[slot(id)]; }
    // Sets, adds or (quantity zero) removes a leg. Legs stay ordered by instrument.
    void setLeg(AccountId id, InstrumentId instrument, Quantity quantity, Money cost);
    void addSideBalance(AccountId id, AssetId asset, Money amount);

    // Every chunk as it is now, to be kept as long as the caller likes.
    AccountChunks freeze();

    // Digest over the chunks' contents; only chunks touched since the last call are hashed.
    Digest digest() const;
    void encode(std::vector<std::uint8_t>& out) const;
    static Result<AccountBook> decode(Bytes bytes);

private:
    struct Slot {
        std::shared_ptr<AccountChunk> chunk;
        mutable bool shared = false;       // a snapshot or another book may hold the chunk
        mutable bool namesShared = false;  // the same of its names
        mutable bool dirty = true;
        mutable Digest digest;

        // Two books that hold a chunk are like a book and a snapshot: whoever writes copies.
        void share() const { shared = namesShared = true; }
    };

    static std::size_t slot(AccountId id) { return id.value() % AccountChunk::kSize; }
    const AccountChunk& chunk(AccountId id) const {
        return *m_chunks[id.value() / AccountChunk::kSize].chunk;
    }
    AccountChunk& writable(AccountId id) {
        Slot& s = m_chunks[id.value() / AccountChunk::kSize];
        if (s.shared) unshare(s);
        s.dirty = true;
        return *s.chunk;
    }
    static void unshare(Slot& s);
    void shareAll(const AccountBook& other) const {
        for (const Slot& s : m_chunks)
            s.share();
        for (const Slot& s : other.m_chunks)
            s.share();
    }

    std::vector<Slot> m_chunks;
    std::size_t m_size = 0;
};

}  // namespace breakwater
