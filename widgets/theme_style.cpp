#include "widgets/theme_style.hpp"

#include <QRegularExpression>

#include "widgets/theme.hpp"

namespace breakwater::widgets {
namespace {

// @name is a colour token, {n} a size in logical pixels.
constexpr const char* sheet = R"(
QPushButton, QToolButton { background: @btn; color: @text; border: 1px solid @line2; border-radius: {4}px; padding: 0 {10}px; min-height: {24}px; }
QToolButton { padding: 0 {6}px; }
QPushButton:hover, QToolButton:hover { border-color: @ctl; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: @sel; }
QPushButton:focus, QToolButton:focus { border: {2}px solid @text; }
QPushButton:disabled, QToolButton:disabled { color: @muted; border-color: @line; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox { background: @sunken; color: @text; border: 1px solid @ctl; border-radius: {4}px; padding: 0 {8}px; selection-background-color: @ser; selection-color: @win; }
QLineEdit, QSpinBox, QDoubleSpinBox { min-height: {24}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus { border: {2}px solid @text; }
QComboBox { background: @sunken; color: @text; border: 1px solid @ctl; border-radius: {4}px; padding: 0 {8}px; min-height: {24}px; }
QComboBox::drop-down { border: none; background: transparent; width: {22}px; }
QComboBox:focus { border: {2}px solid @text; }
QComboBox:disabled, QLineEdit:disabled { color: @muted; border-color: @line2; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @line2; selection-background-color: @sel; selection-color: @text; outline: none; }
QAbstractItemView { outline: none; }
QTableView { background: @panel; color: @text; border: none; gridline-color: @line; selection-background-color: @sel; selection-color: @text; }
QHeaderView { background: @raised; border: none; }
QHeaderView::section { background: @raised; color: @secondary; border: none; padding: 0 {8}px; }
QTableCornerButton::section { background: @raised; border: none; }
QScrollBar:vertical { background: transparent; width: {10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: {10}px; margin: 0; }
QScrollBar::handle { background: @ctl; border-radius: {3}px; margin: {2}px; }
QScrollBar::handle:vertical { min-height: {24}px; }
QScrollBar::handle:horizontal { min-width: {24}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QAbstractScrollArea::corner { background: transparent; }
QToolTip { background: @raised; color: @text; border: 1px solid @line2; padding: {4}px {6}px; }
QDockWidget::title { background: @panel; border-bottom: 1px solid @line; padding: {6}px {12}px; }
QMenu { background: @raised; color: @text; border: 1px solid @line2; }
QMenu::item { padding: {5}px {20}px; }
QMenu::item:selected { background: @sel; }
QCheckBox, QRadioButton { color: @text; spacing: {6}px; min-height: {24}px; }
QSplitter::handle { background: @win; }
)";

}  // namespace

QString styleSheetOf(const Theme& theme) {
    QString text = QString::fromLatin1(sheet);
    static const QRegularExpression size(QStringLiteral("\\{(\\d+)\\}"));
    static const QRegularExpression colour(QStringLiteral("@([a-zA-Z0-9]+)"));
    for (auto match = size.match(text); match.hasMatch(); match = size.match(text)) {
        text.replace(match.capturedStart(), match.capturedLength(),
                     QString::number(theme.px(match.captured(1).toDouble())));
    }
    for (auto match = colour.match(text); match.hasMatch(); match = colour.match(text)) {
        QString value;
        for (std::size_t i = 0; i < tokenCount; ++i) {
            const auto token = static_cast<Token>(i);
            if (Theme::tokenName(token) == match.captured(1)) value = theme.color(token).name();
        }
        Q_ASSERT(!value.isEmpty());
        text.replace(match.capturedStart(), match.capturedLength(), value);
    }
    return text;
}

}  // namespace breakwater::widgets
