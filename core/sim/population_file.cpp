#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "core/sim/population.hpp"
#include "core/sim/text_table.hpp"

namespace breakwater::sim {
namespace {

enum Column : std::size_t {
    kAccount,
    kKind,
    kDeposit,
    kUnderlying,
    kQuantity,
    kEntry,
    kFreeBalance,
    kTopUpReserve,
    kTopUpDelay,
    kStopLoss,
    kDipBuy,
};
constexpr std::array<ColumnRule, 11> kColumns{{{"account"},
                                               {"kind"},
                                               {"deposit"},
                                               {"underlying"},
                                               {"quantity"},
                                               {"entry"},
                                               {"free_balance", false},
                                               {"top_up_reserve", false},
                                               {"top_up_delay_s", false},
                                               {"stop_loss", false},
                                               {"dip_buy", false}}};
constexpr std::array<ClientKind, 4> kKinds{ClientKind::Isolated, ClientKind::Cross,
                                           ClientKind::Hedged, ClientKind::Conservative};
constexpr std::int64_t kLongestDelay = 30 * 86'400;

bool isAccountName(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.';
    });
}

Result<ClientKind> readKind(const TextReader& reader, TextField field) {
    for (const ClientKind kind : kKinds) {
        if (nameOf(kind) == field.text) return kind;
    }
    return reader.refuse(field.column, "kind " + quoted(field.text) +
                                           " is not isolated, cross, hedged or conservative");
}

Result<Decimal> readOptional(const TextReader& reader, std::string_view what, TextField field) {
    if (field.text.empty()) return Decimal();
    return readNotNegative(reader, what, field);
}

class Reader {
public:
    Reader(std::string_view text, std::string_view fileName,
           std::span<const std::string> underlyings)
        : m_reader(text, fileName), m_underlyings(underlyings) {}

    Result<std::vector<SimAccount>> read();

private:
    using Row = std::vector<TextField>;

    Result<void> readRow(const Row& row);
    Result<SimAccount> readAccount(const Row& row) const;
    Result<void> readHabits(const Row& row, ClientBehaviour& habits) const;
    Result<void> checkRepeated(const Row& row, const SimAccount& account) const;
    bool hasLeg(const Row& row) const;
    Result<void> readLeg(const Row& row, SimAccount& account) const;

    TextReader m_reader;
    std::span<const std::string> m_underlyings;
    Columns m_columns;
    std::vector<SimAccount> m_accounts;
    std::unordered_map<std::string, std::size_t> m_places;  // looked up, never iterated
};

Result<void> Reader::readHabits(const Row& row, ClientBehaviour& habits) const {
    const TextField reserve = m_columns.of(kTopUpReserve, row);
    const TextField delay = m_columns.of(kTopUpDelay, row);
    const Result<Decimal> sent = readOptional(m_reader, "top_up_reserve", reserve);
    if (!sent) return Unexpected(sent.error());
    const TextField balance = m_columns.of(kFreeBalance, row);
    const Result<Decimal> free =
        balance.text.empty() ? sent : readOptional(m_reader, "free_balance", balance);
    if (!free) return Unexpected(free.error());
    if (*sent > *free) {
        return m_reader.refuse(reserve.column, "top_up_reserve " + sent->toString() +
                                                   " is above free_balance " + free->toString());
    }
    const Result<std::int64_t> seconds =
        delay.text.empty() ? Result<std::int64_t>(0)
                           : readCount(m_reader, "top_up_delay_s", delay, kLongestDelay);
    if (!seconds) return Unexpected(seconds.error());
    const Result<Decimal> stop = readOptional(m_reader, "stop_loss", m_columns.of(kStopLoss, row));
    if (!stop) return Unexpected(stop.error());
    const Result<Decimal> dip = readOptional(m_reader, "dip_buy", m_columns.of(kDipBuy, row));
    if (!dip) return Unexpected(dip.error());
    habits = {Money(*free), Money(*sent), Duration::seconds(*seconds), Ratio(*stop), Ratio(*dip)};
    return {};
}

Result<SimAccount> Reader::readAccount(const Row& row) const {
    SimAccount account;
    const TextField name = m_columns.of(kAccount, row);
    if (!isAccountName(name.text)) {
        return m_reader.refuse(name.column, "account " + quoted(name.text) +
                                                " is not 1 to 32 letters, digits, '_', '-', '.'");
    }
    account.name = std::string(name.text);
    const Result<ClientKind> kind = readKind(m_reader, m_columns.of(kKind, row));
    if (!kind) return Unexpected(kind.error());
    account.kind = *kind;
    const Result<Decimal> deposit = readPositive(m_reader, "deposit", m_columns.of(kDeposit, row));
    if (!deposit) return Unexpected(deposit.error());
    account.deposit = Money(*deposit);
    if (const auto ok = readHabits(row, account.behaviour); !ok) return Unexpected(ok.error());
    return account;
}

// A later row of an account: what it repeats must be what the first row said.
Result<void> Reader::checkRepeated(const Row& row, const SimAccount& account) const {
    const ClientBehaviour& habits = account.behaviour;
    const std::array<std::pair<Column, Decimal>, 6> figures{
        {{kDeposit, account.deposit.value()},
         {kFreeBalance, habits.freeBalance.value()},
         {kTopUpReserve, habits.topUpReserve.value()},
         {kTopUpDelay, Decimal::fromInteger(habits.topUpDelay.wholeSeconds())},
         {kStopLoss, habits.stopLoss.value()},
         {kDipBuy, habits.dipBuy.value()}}};
    const auto differs = [&](Column column, TextField field) {
        return m_reader.refuse(field.column,
                               std::string(kColumns[column].name) + " " + quoted(field.text) +
                                   " differs from the first row of account " + account.name);
    };
    const TextField kind = m_columns.of(kKind, row);
    if (!kind.text.empty() && kind.text != nameOf(account.kind)) return differs(kKind, kind);
    for (const auto& [column, value] : figures) {
        const TextField field = m_columns.of(column, row);
        if (field.text.empty()) continue;
        const Result<Decimal> again = readDecimal(m_reader, kColumns[column].name, field);
        if (!again) return Unexpected(again.error());
        if (*again != value) return differs(column, field);
    }
    return {};
}

bool Reader::hasLeg(const Row& row) const {
    return !m_columns.of(kUnderlying, row).text.empty() ||
           !m_columns.of(kQuantity, row).text.empty() || !m_columns.of(kEntry, row).text.empty();
}

Result<void> Reader::readLeg(const Row& row, SimAccount& account) const {
    const TextField name = m_columns.of(kUnderlying, row);
    const TextField amount = m_columns.of(kQuantity, row);
    const auto known = std::find(m_underlyings.begin(), m_underlyings.end(), name.text);
    if (known == m_underlyings.end()) {
        std::string names;
        for (const std::string& one : m_underlyings)
            names.append(names.empty() ? "" : ", ").append(one);
        return m_reader.refuse(name.column, "underlying " + quoted(name.text) +
                                                " is not in this play (" + names + ")");
    }
    SimLeg leg;
    leg.underlying = static_cast<std::uint16_t>(known - m_underlyings.begin());
    const bool held = std::any_of(account.legs.begin(), account.legs.end(), [&](const SimLeg& one) {
        return one.underlying == leg.underlying;
    });
    if (held) {
        return m_reader.refuse(name.column,
                               "account " + account.name + " has two positions in " + *known);
    }
    const Result<Decimal> quantity = readDecimal(m_reader, "quantity", amount);
    if (!quantity) return Unexpected(quantity.error());
    if (quantity->isZero()) return m_reader.refuse(amount.column, "quantity must not be 0");
    const Result<Decimal> entry = readPositive(m_reader, "entry", m_columns.of(kEntry, row));
    if (!entry) return Unexpected(entry.error());
    leg.quantity = Quantity(*quantity);
    leg.entry = Price(*entry);
    // Beyond this the exact product has no room.
    if (quantity->abs().toDouble() * entry->toDouble() > 1e15) {
        return m_reader.refuse(amount.column, "quantity x entry is out of range (at most 1e15)");
    }
    account.legs.push_back(leg);
    return {};
}

Result<void> Reader::readRow(const Row& row) {
    if (const auto ok = m_columns.checkRow(m_reader, row); !ok) return ok;
    const TextField name = m_columns.of(kAccount, row);
    const auto [place, isNew] = m_places.try_emplace(std::string(name.text), m_accounts.size());
    if (!isNew) {
        SimAccount& account = m_accounts[place->second];
        if (const auto ok = checkRepeated(row, account); !ok) return ok;
        return readLeg(row, account);
    }
    Result<SimAccount> account = readAccount(row);
    if (!account) return Unexpected(account.error());
    m_accounts.push_back(*std::move(account));
    return hasLeg(row) ? readLeg(row, m_accounts.back()) : Result<void>();
}

Result<std::vector<SimAccount>> Reader::read() {
    if (!m_reader.next()) {
        if (m_reader.error()) return Unexpected(*m_reader.error());
        return m_reader.refuse(1, "the file has no column line (account,kind,...)");
    }
    Result<Columns> columns = Columns::read(m_reader, kColumns);
    if (!columns) return Unexpected(columns.error());
    m_columns = *std::move(columns);
    Row row;
    while (m_reader.next()) {
        m_reader.fields(row);
        if (const auto ok = readRow(row); !ok) return Unexpected(ok.error());
    }
    if (m_reader.error()) return Unexpected(*m_reader.error());
    if (m_accounts.empty()) {
        return m_reader.refuse(m_reader.line().size() + 1, "there is no account in the file");
    }
    for (SimAccount& account : m_accounts) {
        std::sort(account.legs.begin(), account.legs.end(),
                  [](const SimLeg& a, const SimLeg& b) { return a.underlying < b.underlying; });
    }
    return std::move(m_accounts);
}

std::string zeroAsEmpty(Decimal value) { return value.isZero() ? std::string() : value.toString(); }

void writeHead(std::string& text, const SimAccount& account) {
    text.append(account.name).append(",").append(nameOf(account.kind));
    text.append(",").append(account.deposit.toString()).append(",");
}

void writeHabits(std::string& text, const ClientBehaviour& habits) {
    text.append(",").append(zeroAsEmpty(habits.freeBalance.value()));
    text.append(",").append(zeroAsEmpty(habits.topUpReserve.value()));
    text.append(",").append(zeroAsEmpty(Decimal::fromInteger(habits.topUpDelay.wholeSeconds())));
    text.append(",").append(zeroAsEmpty(habits.stopLoss.value()));
    text.append(",").append(zeroAsEmpty(habits.dipBuy.value())).append("\n");
}

}  // namespace

Result<std::vector<SimAccount>> parsePopulation(std::string_view text, std::string_view fileName,
                                                std::span<const std::string> underlyings) {
    return Reader(text, fileName, underlyings).read();
}

std::string formatPopulation(std::span<const SimAccount> accounts,
                             std::span<const std::string> underlyings) {
    std::string text =
        "account,kind,deposit,underlying,quantity,entry,free_balance,top_up_reserve,"
        "top_up_delay_s,stop_loss,dip_buy\n";
    for (const SimAccount& account : accounts) {
        writeHead(text, account);
        if (account.legs.empty()) text += ",,";
        bool first = true;
        for (const SimLeg& leg : account.legs) {
            if (!first) text.append(account.name).append(",,,");
            text.append(underlyings[leg.underlying]).append(",").append(leg.quantity.toString());
            text.append(",").append(leg.entry.toString());
            if (first) {
                writeHabits(text, account.behaviour);
            } else {
                text += ",,,,,\n";
            }
            first = false;
        }
        if (account.legs.empty()) writeHabits(text, account.behaviour);
    }
    return text;
}

}  // namespace breakwater::sim
