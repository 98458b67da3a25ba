// The double-entry books: every movement of money names the two cells it moves between.
//
// Cells are grouped in classes per asset. Each side of a posting changes its cell and its
// class total on its own, so a forgotten side leaves the totals out of balance; the engine
// asserts after every input that they are not (O(1)) and re-adds every cell at each digest.
//
// Conservation, per asset:  accounts + open + fund + fees + adl + socialised + external = 0
// where open = -sum(cost of open legs) and external = -(deposited - withdrawn).
#pragma once

#include <array>
#include <vector>

#include "core/model/account_book.hpp"

namespace breakwater {

enum class BookClass : std::uint8_t { Accounts, Open, Fund, Fees, Adl, Socialised, External };
inline constexpr std::size_t kBookClasses = 7;

using ClassTotals = std::array<Money, kBookClasses>;

class Books {
public:
    static constexpr AssetId kSettlement{0};

    explicit Books(std::size_t assets = 1) : m_totals(assets), m_cells(assets) {}
    void setAssets(std::size_t assets);
    std::size_t assets() const { return m_totals.size(); }

    const AccountBook& accounts() const { return m_accounts; }
    AccountBook& accounts() { return m_accounts; }
    Money fund(AssetId asset = kSettlement) const { return cell(asset, BookClass::Fund); }
    Money fees(AssetId asset = kSettlement) const { return cell(asset, BookClass::Fees); }
    const ClassTotals& totals(AssetId asset) const { return m_totals[asset.value()]; }

    // Outside world <-> account or fund.
    void deposit(AccountId account, AssetId asset, Money amount);  // amount < 0 withdraws
    void capitaliseFund(AssetId asset, Money amount);

    // Settlement asset between cells; amounts >= 0 move in the named direction.
    void accountToFees(AccountId account, Money amount) { move(account, BookClass::Fees, amount); }
    void accountToFund(AccountId account, Money amount) { move(account, BookClass::Fund, amount); }
    void fundToAccount(AccountId account, Money amount) { move(account, BookClass::Fund, -amount); }
    void accountToAdl(AccountId account, Money amount) { move(account, BookClass::Adl, amount); }
    void adlToAccount(AccountId account, Money amount) { move(account, BookClass::Adl, -amount); }
    void accountToSocialised(AccountId account, Money amount) {
        move(account, BookClass::Socialised, amount);
    }
    void socialisedToAccount(AccountId account, Money amount) {
        move(account, BookClass::Socialised, -amount);
    }
    void socialisedToFund(Money amount);

    // One trade: `taker` adds `quantity` (signed) at `price`, `maker` the opposite. The notional
    // is rounded once, toward zero, and used for both sides. Returns the notional (signed).
    Money trade(InstrumentId instrument, AccountId taker, AccountId maker, Quantity quantity,
                Price price);

    // True when every asset's class totals add up to zero.
    bool balanced() const;
    // True when every class total equals the sum of its cells (visits every account).
    bool cellsMatchTotals() const;

    Digest digest() const;
    void encode(std::vector<std::uint8_t>& out) const;
    static Result<Books> decode(Bytes bytes);

private:
    Money& total(AssetId asset, BookClass c) {
        return m_totals[asset.value()][static_cast<std::size_t>(c)];
    }
    Money& cell(AssetId asset, BookClass c) {
        return m_cells[asset.value()][static_cast<std::size_t>(c)];
    }
    const Money& cell(AssetId asset, BookClass c) const {
        return m_cells[asset.value()][static_cast<std::size_t>(c)];
    }
    void creditCell(AssetId asset, BookClass c, Money amount);
    void creditAccount(AccountId account, Money amount);
    void move(AccountId from, BookClass to, Money amount);
    void applySide(AccountId account, InstrumentId instrument, Quantity quantity, Money cost);
    void encodeTotals(std::vector<std::uint8_t>& out) const;

    AccountBook m_accounts;
    std::vector<ClassTotals> m_totals;
    std::vector<ClassTotals>
        m_cells;  // the single-cell classes; Accounts and Open live in the legs
};

}  // namespace breakwater
