#include "app/breakwater/start_error.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <unistd.h>

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/theme.hpp"

namespace breakwater {
namespace {

bool isSet(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

// A script that redirects everything still has a terminal, or no real display.
bool nobodyReadsStandardError() {
    return ::isatty(STDIN_FILENO) == 0 && ::isatty(STDERR_FILENO) == 0 &&
           !isSet("QT_QPA_PLATFORM") && (isSet("DISPLAY") || isSet("WAYLAND_DISPLAY"));
}

void showWindow(const QString& text) {
    int argc = 1;
    char name[] = "breakwater";
    char* argv[] = {name, nullptr};
    // Options are refused before there is an application.
    std::unique_ptr<QApplication> own;
    if (QCoreApplication::instance() == nullptr) {
        own = std::make_unique<QApplication>(argc, argv);
        widgets::Theme::apply(*own, {});
    }
    QDialog box;
    box.setWindowTitle(QStringLiteral("Breakwater did not start"));
    auto* column = new QVBoxLayout(&box);
    auto* title = new QLabel(QStringLiteral("<b>Breakwater did not start</b>"), &box);
    auto* reason = new QLabel(text, &box);
    reason->setTextFormat(Qt::PlainText);
    reason->setWordWrap(true);
    reason->setMinimumWidth(460);
    reason->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* row = new QHBoxLayout;
    auto* copy = new QPushButton(QStringLiteral("Copy text"), &box);
    auto* close = new QPushButton(QStringLiteral("Close"), &box);
    close->setDefault(true);
    row->addStretch(1);
    row->addWidget(copy);
    row->addWidget(close);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addWidget(title);
    column->addWidget(reason);
    column->addLayout(row);
    QObject::connect(copy, &QPushButton::clicked, &box,
                     [&] { QGuiApplication::clipboard()->setText(text); });
    QObject::connect(close, &QPushButton::clicked, &box, &QDialog::accept);
    close->setFocus();
    box.exec();
}

}  // namespace

bool hasDisplay() {
    return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM");
}

int complainAsIs(const std::string& text) {
    std::fprintf(stderr, "%s\n", text.c_str());
    if (nobodyReadsStandardError()) showWindow(QString::fromStdString(text));
    return 2;
}

int complain(const std::string& message) {
    std::fprintf(stderr, "breakwater: %s\n", message.c_str());
    if (nobodyReadsStandardError()) showWindow(QString::fromStdString(message));
    return 2;
}

}  // namespace breakwater
