// One QApplication for all tests; any Qt warning fails the run, except those the offscreen
// plugin prints about itself.

#include <QApplication>
#include <QMutex>
#include <QStringList>
#include <gtest/gtest.h>

#include "widgets/theme.hpp"

namespace {

QStringList warnings;
QMutex warningsMutex;

void collect(QtMsgType type, const QMessageLogContext&, const QString& text) {
    if (type == QtDebugMsg || type == QtInfoMsg) return;
    // Popups are raised and take the keyboard, which the offscreen plugin cannot.
    if (text.contains(QStringLiteral("propagateSizeHints")) ||
        text.startsWith(QStringLiteral("This plugin does not support")) ||
        text.contains(QStringLiteral("XDG_RUNTIME_DIR")))
        return;
    const QMutexLocker lock(&warningsMutex);
    warnings << text;
}

class NoWarnings : public testing::EmptyTestEventListener {
    void OnTestEnd(const testing::TestInfo& info) override {
        const QMutexLocker lock(&warningsMutex);
        for (const QString& text : warnings) {
            ADD_FAILURE() << "Qt warning in " << info.name() << ": " << text.toStdString();
        }
        warnings.clear();
    }
};

}  // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler(collect);
    QApplication app(argc, argv);
    breakwater::widgets::Theme::apply(app, {});
    testing::InitGoogleTest(&argc, argv);
    testing::UnitTest::GetInstance()->listeners().Append(new NoWarnings);
    return RUN_ALL_TESTS();
}
