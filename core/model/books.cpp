#include "core/model/books.hpp"

#include "core/event/binary.hpp"

namespace breakwater {

void Books::setAssets(std::size_t assets) {
    BW_ASSERT(assets >= m_totals.size());
    m_totals.resize(assets);
    m_cells.resize(assets);
}

void Books::creditCell(AssetId asset, BookClass c, Money amount) {
    cell(asset, c) += amount;
    total(asset, c) += amount;
}

void Books::creditAccount(AccountId account, Money amount) {
    m_accounts.edit(account).cash += amount;
    total(kSettlement, BookClass::Accounts) += amount;
}

void Books::move(AccountId from, BookClass to, Money amount) {
    creditAccount(from, -amount);
    creditCell(kSettlement, to, amount);
}

void Books::deposit(AccountId account, AssetId asset, Money amount) {
    if (asset == kSettlement) {
        creditAccount(account, amount);
    } else {
        m_accounts.addSideBalance(account, asset, amount);
        total(asset, BookClass::Accounts) += amount;
    }
    creditCell(asset, BookClass::External, -amount);
}

void Books::capitaliseFund(AssetId asset, Money amount) {
    creditCell(asset, BookClass::Fund, amount);
    creditCell(asset, BookClass::External, -amount);
}

void Books::socialisedToFund(Money amount) {
    creditCell(kSettlement, BookClass::Socialised, -amount);
    creditCell(kSettlement, BookClass::Fund, amount);
}

Money Books::trade(InstrumentId instrument, AccountId taker, AccountId maker, Quantity quantity,
                   Price price) {
    const Money value = notional(quantity, price, Round::TowardZero);
    applySide(taker, instrument, quantity, value);
    applySide(maker, instrument, -quantity, -value);
    return value;
}

// Adds `quantity` bought for `value`. The part that closes releases its share of the leg's cost
// and settles the difference; the part that opens adds to the cost. A flip does both.
void Books::applySide(AccountId account, InstrumentId instrument, Quantity quantity, Money value) {
    const Leg* leg = m_accounts.leg(account, instrument);
    const Quantity held = leg ? leg->quantity : Quantity();
    const Money cost = leg ? leg->cost : Money();
    const bool opposite = held.isNegative() != quantity.isNegative() && !held.isZero();
    if (!opposite) {
        m_accounts.setLeg(account, instrument, held + quantity, cost + value);
        total(kSettlement, BookClass::Open) -= value;
        return;
    }
    const bool flips = quantity.abs() > held.abs();
    const Quantity closing = flips ? -held : quantity;
    const Money closingValue = flips ? share(value, closing, quantity, Round::TowardZero) : value;
    const Money released = flips ? cost : share(cost, closing.abs(), held.abs(), Round::TowardZero);
    const Money opened = value - closingValue;
    m_accounts.setLeg(account, instrument, held + quantity, cost - released + opened);
    total(kSettlement, BookClass::Open) += released - opened;
    creditAccount(account, -closingValue - released);
}

bool Books::balanced() const {
    for (const ClassTotals& totals : m_totals) {
        Money sum;
        for (const Money& m : totals)
            sum += m;
        if (!sum.isZero()) return false;
    }
    return true;
}

bool Books::cellsMatchTotals() const {
    std::vector<ClassTotals> sums = m_cells;
    const auto at = [&](AssetId asset, BookClass c) -> Money& {
        return sums[asset.value()][static_cast<std::size_t>(c)];
    };
    for (std::uint32_t i = 0; i < m_accounts.size(); ++i) {
        const AccountId id(i);
        at(kSettlement, BookClass::Accounts) += m_accounts.at(id).cash;
        for (const Leg& leg : m_accounts.legs(id))
            at(kSettlement, BookClass::Open) -= leg.cost;
        for (const SideBalance& b : m_accounts.sideBalances(id))
            at(b.asset, BookClass::Accounts) += b.amount;
    }
    return sums == m_totals;
}

void Books::encodeTotals(std::vector<std::uint8_t>& out) const {
    binary::Writer w(out);
    w.write(static_cast<std::uint32_t>(m_totals.size()));
    for (std::size_t a = 0; a < m_totals.size(); ++a) {
        for (const Money& m : m_totals[a])
            w.write(m);
        for (const Money& m : m_cells[a])
            w.write(m);
    }
}

Digest Books::digest() const {
    std::vector<std::uint8_t> bytes;
    encodeTotals(bytes);
    return DigestBuilder().add(Bytes(bytes)).add(m_accounts.digest()).finish();
}

void Books::encode(std::vector<std::uint8_t>& out) const {
    encodeTotals(out);
    m_accounts.encode(out);
}

Result<Books> Books::decode(Bytes bytes) {
    binary::Reader r(bytes);
    std::uint32_t n = 0;
    r.read(n);
    Books books;
    if (!r.ok() || n == 0 || n > 4096)
        return fail(ErrorCode::Corrupt, "the books of this checkpoint do not follow their format");
    books.setAssets(n);
    for (std::size_t a = 0; a < n; ++a) {
        for (Money& m : books.m_totals[a])
            r.read(m);
        for (Money& m : books.m_cells[a])
            r.read(m);
    }
    if (!r.ok())
        return fail(ErrorCode::Corrupt, "the books of this checkpoint do not follow their format");
    Result<AccountBook> accounts = AccountBook::decode(bytes.subspan(r.position()));
    if (!accounts) return Unexpected(accounts.error());
    books.m_accounts = std::move(*accounts);
    return books;
}

}  // namespace breakwater
