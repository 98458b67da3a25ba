// Palette, "go to" and glossary, by keys alone.
#include <QAction>
#include <QLineEdit>
#include <QSignalSpy>

#include "ui/actions.hpp"
#include "ui/fuzzy.hpp"
#include "ui/glossary_overlay.hpp"
#include "ui/go_to.hpp"
#include "ui/keys_overlay.hpp"
#include "ui/palette.hpp"
#include "ui/screens/account_page.hpp"
#include "ui/window_fixture.hpp"

namespace breakwater::ui::test {
namespace {

TEST(Fuzzy, LettersInOrderAndWordsFirst) {
    EXPECT_TRUE(fuzzyScore(QStringLiteral("xz"), QStringLiteral("Next zone")).has_value());
    EXPECT_TRUE(fuzzyScore(QStringLiteral("zn"), QStringLiteral("Next zone")).has_value());
    EXPECT_FALSE(fuzzyScore(QStringLiteral("zx"), QStringLiteral("Next zone")).has_value());
    EXPECT_FALSE(fuzzyScore(QStringLiteral("abcd"), QStringLiteral("abc")).has_value());
    EXPECT_EQ(fuzzyScore({}, QStringLiteral("anything")), 0);
    const auto better = [](const char* pattern, const char* a, const char* b) {
        const auto first = fuzzyScore(QString::fromUtf8(pattern), QString::fromUtf8(a));
        const auto second = fuzzyScore(QString::fromUtf8(pattern), QString::fromUtf8(b));
        EXPECT_TRUE(first && second) << pattern << " fits both";
        return first.value_or(0) > second.value_or(0);
    };
    EXPECT_TRUE(better("dt", "Dark theme", "Reduced motion, tested"));
    EXPECT_TRUE(better("acc", "Accounts", "Breakers at cold charge"));
    EXPECT_TRUE(better("zoom", "Zoom in", "Zulu or other mark"));
    EXPECT_TRUE(better("filter", "Filter", "Filter of accounts"));
    EXPECT_TRUE(fuzzyScore(QStringLiteral("DARK th"), QStringLiteral("dark Theme")).has_value());
}

class Finders : public WindowTest {
protected:
    template <class T>
    T& overlay() {
        return *window->findChild<T*>();
    }
    void openPalette() {
        press(Qt::Key_K, Qt::ControlModifier);
        ASSERT_TRUE(overlay<PaletteOverlay>().isVisible());
        ASSERT_EQ(target(), &overlay<PaletteOverlay>().edit());
    }
    QString firstCell(PickOverlay& list, int column = 0) {
        return list.model().index(0, column).data().toString();
    }
    std::string nameOf(std::uint32_t account) {
        return std::string(view::nameOf(*desk.board().snapshot, AccountId(account)));
    }
};

TEST_F(Finders, PaletteDoesWhatIsTyped) {
    openWindow();
    openPalette();
    type("light th");
    EXPECT_EQ(firstCell(overlay<PaletteOverlay>()), QStringLiteral("Light theme"));
    EXPECT_EQ(firstCell(overlay<PaletteOverlay>(), 2), QStringLiteral("Ctrl T, L"));
    press(Qt::Key_Return);
    EXPECT_FALSE(overlay<PaletteOverlay>().isVisible());
    EXPECT_EQ(widgets::Theme::current().name(), widgets::ThemeName::Light);
    openPalette();
    type("breakers");
    press(Qt::Key_Return);
    EXPECT_EQ(window->currentScreen(), QStringLiteral("breakers"));
}

TEST_F(Finders, PaletteHoldsEveryActionOfWindowAndScreen) {
    openWindow();
    press(Qt::Key_2, Qt::ControlModifier);
    openPalette();
    QStringList shown;
    for (const CellRow& row : overlay<PaletteOverlay>().model().rows())
        shown << row.cells[0].text;
    for (const QAction* action : window->actions())
        EXPECT_TRUE(shown.contains(action->text())) << action->text().toStdString();
    for (const QAction* action : accounts().actions())
        EXPECT_TRUE(shown.contains(action->text())) << action->text().toStdString();
}

TEST_F(Finders, PaletteSaysWhyNot) {
    openWindow();
    ASSERT_FALSE(desk.status().paused);
    openPalette();
    type("one venue second");
    const QModelIndex first = overlay<PaletteOverlay>().model().index(0, 0);
    EXPECT_EQ(first.data().toString(), QStringLiteral("One venue second"));
    EXPECT_TRUE(first.data(widgets::CellRangeRole).toString().contains(QStringLiteral("paused")));
    overlay<PaletteOverlay>().table().selectRow(0);
    press(Qt::Key_Return);
    EXPECT_TRUE(overlay<PaletteOverlay>().isVisible()) << "nothing was done";
    EXPECT_EQ(desk.steps, 0);
    press(Qt::Key_Escape);
    press(Qt::Key_P, Qt::ControlModifier);
    openPalette();
    type("one venue second");
    press(Qt::Key_Return);
    EXPECT_EQ(desk.steps, 1);
}

TEST_F(Finders, PaletteFindsAccountsMarketsAndTerms) {
    openWindow();
    openPalette();
    type(nameOf(17).c_str());
    ASSERT_TRUE(becomes([&] {
        return firstCell(overlay<PaletteOverlay>()) == QString::fromStdString(nameOf(17));
    }));
    press(Qt::Key_Return);
    EXPECT_EQ(window->currentScreen(), QStringLiteral("accounts"));
    EXPECT_EQ(accounts().opened(), AccountId(17));
    openPalette();
    type("SOL-PERP");
    EXPECT_EQ(firstCell(overlay<PaletteOverlay>()), QStringLiteral("SOL-PERP"));
    press(Qt::Key_Return);
    EXPECT_EQ(window->currentScreen(), QStringLiteral("situation"));
    EXPECT_EQ(situation().selectedMarket(), SmallVenue::kSol);
    openPalette();
    type("bankruptcy price");
    press(Qt::Key_Return);
    EXPECT_TRUE(overlay<GlossaryOverlay>().isVisible());
    EXPECT_STREQ(overlay<GlossaryOverlay>().chosen()->id, "limit");
}

TEST_F(Finders, TheSearchFieldOfTheModeBarOpensThePalette) {
    openWindow();
    auto* bar = window->findChild<widgets::ModeBar*>();
    emit bar->searchRequested();
    EXPECT_TRUE(overlay<PaletteOverlay>().isVisible());
    press(Qt::Key_K, Qt::ControlModifier);
    EXPECT_FALSE(overlay<PaletteOverlay>().isVisible());
}

TEST_F(Finders, GoToAnAccountEvenIfEnterIsFaster) {
    openWindow();
    press(Qt::Key_G, Qt::ControlModifier);
    ASSERT_EQ(target(), &overlay<GoToOverlay>().edit());
    type(nameOf(33).c_str());
    press(Qt::Key_Return);  // the search may still run
    ASSERT_TRUE(becomes([&] { return accounts().opened() == AccountId(33); }));
    EXPECT_EQ(window->currentScreen(), QStringLiteral("accounts"));
    EXPECT_FALSE(overlay<GoToOverlay>().isVisible());
}

TEST_F(Finders, GoToSaysThatThereIsNoSuchAccount) {
    openWindow();
    press(Qt::Key_G, Qt::ControlModifier);
    type("0xnobody");
    press(Qt::Key_Return);
    const auto words = [&] {
        return overlay<GoToOverlay>().table().findChild<widgets::EmptyState*>()->data().what;
    };
    ASSERT_TRUE(
        becomes([&] { return words() == QStringLiteral("No such account or market: 0xnobody"); }));
    EXPECT_TRUE(overlay<GoToOverlay>().isVisible());
    EXPECT_EQ(window->currentScreen(), QStringLiteral("situation"));
}

TEST_F(Finders, GoToAMarket) {
    openWindow();
    press(Qt::Key_2, Qt::ControlModifier);
    press(Qt::Key_G, Qt::ControlModifier);
    type("HYPE");
    press(Qt::Key_Return);
    ASSERT_TRUE(becomes([&] { return window->currentScreen() == QStringLiteral("situation"); }));
    EXPECT_EQ(situation().selectedMarket(), InstrumentId(3));
}

TEST_F(Finders, F1ExplainsTheFocusedPanelWithItsFigures) {
    openWindow();
    press(Qt::Key_2, Qt::ControlModifier);
    ASSERT_TRUE(becomes([&] { return accounts().isReady(); }));
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    press(Qt::Key_F1);
    auto& glossary = overlay<GlossaryOverlay>();
    ASSERT_TRUE(glossary.isVisible());
    ASSERT_NE(glossary.chosen(), nullptr);
    EXPECT_STREQ(glossary.chosen()->id, "account");
    type("health");
    ASSERT_NE(glossary.chosen(), nullptr);
    EXPECT_STREQ(glossary.chosen()->id, "health");
    const int row = accounts().table().currentRow();
    const QString value = accounts().model().index(row, AccountsModel::Health).data().toString();
    ASSERT_FALSE(value.isEmpty());
    EXPECT_TRUE(glossary.explanation().contains(value)) << glossary.explanation().toStdString();
    EXPECT_TRUE(glossary.explanation().contains(QStringLiteral("equity / maintenance")));
    // The inputs stand with what they are.
    const QString equity = accounts()
                               .model()
                               .index(row, AccountsModel::Equity)
                               .data(Qt::AccessibleTextRole)
                               .toString();
    EXPECT_TRUE(glossary.explanation().contains(equity)) << equity.toStdString();
    press(Qt::Key_Escape);
    EXPECT_FALSE(glossary.isVisible());
    EXPECT_EQ(target(), &accounts().table());
}

TEST_F(Finders, OneAtATime) {
    openWindow();
    press(Qt::Key_K, Qt::ControlModifier);
    press(Qt::Key_G, Qt::ControlModifier);
    EXPECT_FALSE(overlay<PaletteOverlay>().isVisible());
    EXPECT_TRUE(overlay<GoToOverlay>().isVisible());
    press(Qt::Key_F1);
    EXPECT_FALSE(overlay<GoToOverlay>().isVisible());
    EXPECT_TRUE(overlay<GlossaryOverlay>().isVisible());
    press(Qt::Key_Escape);
    EXPECT_EQ(target(), situation().firstFocus());
}

TEST_F(Finders, AMillionNamesDoNotStallTheWindow) {
    // A snapshot whose chunks name a million accounts; only the search reads it.
    auto big = std::make_shared<view::Snapshot>(*desk.board().snapshot);
    AccountChunks chunks = *big->accounts;
    while (chunks.size() * AccountChunk::kSize < 1'000'000) {
        auto chunk = std::make_shared<AccountChunk>();
        auto names = std::make_shared<std::vector<std::string>>(AccountChunk::kSize);
        chunk->accounts.resize(AccountChunk::kSize);
        for (std::size_t i = 0; i < names->size(); ++i)
            (*names)[i] = "0xffff" + std::to_string(chunks.size() * AccountChunk::kSize + i);
        chunk->names = names;
        chunks.push_back(chunk);
    }
    big->accountCount = chunks.size() * AccountChunk::kSize;
    big->accounts = std::make_shared<const AccountChunks>(std::move(chunks));
    openWindow();
    auto& goTo = overlay<GoToOverlay>();
    goTo.show(big);
    QElapsedTimer timer;
    timer.start();
    goTo.edit().setText(QStringLiteral("0xffff9"));
    EXPECT_LT(timer.elapsed(), 40) << "typing only asks";
    ASSERT_TRUE(becomes([&] { return goTo.model().rowCount() > 0; }));
    RecordProperty("million_names_ms", int(timer.elapsed()));
}

}  // namespace
}  // namespace breakwater::ui::test
