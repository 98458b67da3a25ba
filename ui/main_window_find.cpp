// The window: keys, glossary, palette and "go to".
#include <QAction>
#include <QApplication>

#include "ui/actions.hpp"
#include "ui/glossary_overlay.hpp"
#include "ui/go_to.hpp"
#include "ui/keys_overlay.hpp"
#include "ui/main_window.hpp"
#include "ui/palette.hpp"
#include "ui/screen_catalogue.hpp"

namespace breakwater::ui {
namespace {

QString titleOf(const QString& id) {
    for (const ScreenEntry& entry : screenCatalogue()) {
        if (id == QLatin1String(entry.id)) return QString::fromUtf8(entry.title);
    }
    return {};
}

}  // namespace

void MainWindow::buildFinders() {
    m_keys = new KeysOverlay(*m_area);
    m_glossary = new GlossaryOverlay(*m_area);
    m_palette = new PaletteOverlay(*m_area);
    m_goTo = new GoToOverlay(*m_area);
    connect(m_goTo, &GoToOverlay::accountChosen, this, &MainWindow::goToAccount);
    connect(m_goTo, &GoToOverlay::marketChosen, this, &MainWindow::goToMarket);
    connect(m_palette, &PaletteOverlay::accountChosen, this, &MainWindow::goToAccount);
    connect(m_palette, &PaletteOverlay::marketChosen, this, &MainWindow::goToMarket);
    connect(m_palette, &PaletteOverlay::termChosen, this, &MainWindow::showTerm);
}

void MainWindow::addFindActions() {
    const auto add = [this](const ActionSpec& spec, auto call) {
        connect(makeAction(*this, spec), &QAction::triggered, this, call);
    };
    add({"Search or command", "Ctrl+K", "Every command, account, market and term by name"},
        [this] { showPalette(); });
    add({"Go to account or market", "Ctrl+G", "Open an account or a market by its name"},
        [this] { showGoTo(); });
    add({"Glossary", "F1", "What the figures of the focused panel mean"},
        [this] { showGlossary(); });
    add({"Keys", "?", "The keys that work here"}, [this] { showKeys(); });
}

// One at a time: what is opened next takes the place of what is open.
void MainWindow::closeFinders(const Overlay* except) {
    for (Overlay* overlay : {static_cast<Overlay*>(m_keys), static_cast<Overlay*>(m_glossary),
                             static_cast<Overlay*>(m_palette), static_cast<Overlay*>(m_goTo)}) {
        if (overlay != except) overlay->close();
    }
}

void MainWindow::showPalette() {
    if (m_palette->isVisible()) return m_palette->close();
    closeFinders();
    PaletteOffer offer;
    offer.window = actions();
    offer.screenTitle = titleOf(m_current);
    if (const Screen* screen = screenOf(m_current)) offer.screen = screen->actions();
    offer.snapshot = shownBoard().snapshot;
    m_palette->show(offer);
}

void MainWindow::showGoTo() {
    if (m_goTo->isVisible()) return m_goTo->close();
    closeFinders();
    m_goTo->show(shownBoard().snapshot);
}

void MainWindow::showGlossary() {
    if (m_glossary->isVisible()) return m_glossary->close();
    QWidget* focus = QApplication::focusWidget();
    // Of an overlay too: the alarm list has figures of its own.
    closeFinders();
    if (Screen* screen = screenOf(m_current)) m_glossary->showFor(*screen, focus, m_age.text());
}

void MainWindow::showTerm(const QString& id) {
    closeFinders();
    if (Screen* screen = screenOf(m_current)) m_glossary->showTerm(*screen, id, m_age.text());
}

void MainWindow::showKeys() {
    if (m_keys->isVisible()) return m_keys->close();
    closeFinders();
    const Screen* screen = screenOf(m_current);
    m_keys->show(actions(), titleOf(m_current),
                 screen != nullptr ? screen->actions() : QList<QAction*>());
}

void MainWindow::goToAccount(AccountId account) {
    openTarget({QStringLiteral("accounts"), {}, std::nullopt, account});
}

void MainWindow::goToMarket(InstrumentId market) {
    openTarget({QStringLiteral("situation"), {}, market});
}

void MainWindow::openByKey(const QString& id) {
    const Screen* from = screenOf(m_current);
    const std::optional<ScreenTarget> target =
        from != nullptr && m_current != id ? from->targetFor(id) : std::nullopt;
    target ? openTarget(*target) : openScreen(id);
}

}  // namespace breakwater::ui
