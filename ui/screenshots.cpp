#include "ui/screenshots.hpp"

#include <algorithm>

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QPixmap>
#include <QTimer>

#include "ui/main_window.hpp"
#include "ui/screen_catalogue.hpp"
#include "ui/screens/accounts.hpp"
#include "ui/text.hpp"

namespace breakwater::ui {
namespace {

// Turns the event loop until the screen says it is ready.
bool waitFor(MainWindow& window, const Screen& screen, int patienceMs) {
    QEventLoop loop;
    QTimer patience;
    patience.setSingleShot(true);
    const auto check = [&] {
        if (screen.isReady()) loop.quit();
    };
    QObject::connect(&screen, &Screen::readyChanged, &loop, check);
    QObject::connect(&window, &MainWindow::refreshed, &loop, check);
    QObject::connect(&patience, &QTimer::timeout, &loop, &QEventLoop::quit);
    patience.start(patienceMs);
    // A screen may ask for more as soon as it has shown the first of it.
    while (!screen.isReady() && patience.isActive())
        loop.exec();
    if (!screen.isReady()) return false;
    // One more refresh with everything there, and the paint events it asked for.
    window.refreshNow();
    QApplication::sendPostedEvents();
    QApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
    return true;
}

// Most of those nearest to liquidation hold a few dollars.
std::optional<AccountId> largestOfFirst(AccountsScreen& accounts) {
    constexpr int kFirst = 2'000;
    const auto& snapshot = accounts.model().snapshot();
    std::optional<AccountId> largest;
    double most = -1;
    for (int row = 0; row < std::min(kFirst, accounts.model().rowCount()); ++row) {
        const std::optional<AccountId> account = accounts.model().accountAt(row);
        if (!account || !snapshot) break;
        const double gross = view::figuresOf(*snapshot, *account).gross;
        if (gross > most) {
            most = gross;
            largest = account;
        }
    }
    return largest;
}

}  // namespace

Result<QStringList> takeScreenshots(MainWindow& window, const ScreenshotOptions& options) {
    if (!QDir().mkpath(options.folder)) {
        return fail(ErrorCode::Io, "cannot make the folder " + utf8(options.folder));
    }
    window.resize(options.size);
    window.show();
    QStringList written;
    const auto keep = [&](const QString& name) -> Result<void> {
        const QString path = QDir(options.folder).filePath(name + QStringLiteral(".png"));
        if (!window.grab().save(path, "PNG"))
            return fail(ErrorCode::Io, "cannot write " + utf8(path));
        written.append(path);
        return {};
    };
    for (const ScreenEntry& entry : screenCatalogue()) {
        const QString id = QString::fromUtf8(entry.id);
        window.openScreen(id);
        if (!waitFor(window, *window.screenOf(id), options.patienceMs)) {
            return fail(ErrorCode::NotFound,
                        std::string(entry.id) + ": its data did not come in time");
        }
        const Result<void> kept = keep(id);
        if (!kept) return Unexpected(kept.error());
        auto* accounts = dynamic_cast<AccountsScreen*>(window.screenOf(id));
        if (accounts == nullptr) continue;
        // The drill-down is a place of its own: of those that stand first, the largest.
        const std::optional<AccountId> largest = largestOfFirst(*accounts);
        if (!largest) continue;
        window.openTarget({id, {}, std::nullopt, *largest});
        waitFor(window, *accounts, options.patienceMs);
        const Result<void> drilled = keep(QStringLiteral("account"));
        window.openTarget({id, QStringLiteral(""), std::nullopt});
        if (!drilled) return Unexpected(drilled.error());
    }
    return written;
}

}  // namespace breakwater::ui
