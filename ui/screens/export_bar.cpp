#include "ui/screens/export_bar.hpp"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>

#include "ui/labels.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/chip.hpp"
#include "widgets/text_run.hpp"

namespace breakwater::ui {

ExportBar::ExportBar(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    m_path = new QLineEdit(this);
    m_path->setAccessibleName(QStringLiteral("Export to"));
    m_path->installEventFilter(this);
    followTheme(*this, [this, row] {
        const widgets::Theme& theme = widgets::Theme::current();
        row->setContentsMargins(theme.px(10), theme.px(5), theme.px(10), theme.px(5));
        row->setSpacing(theme.px(8));
        m_path->setFont(theme.font(widgets::FontRole::MonoBody));
        m_path->setFixedHeight(theme.px(26));
        m_path->setMinimumWidth(theme.px(160));
    });
    m_export = new widgets::ActionButton(QStringLiteral("Export events"),
                                         QKeySequence(Qt::Key_Return), this);
    auto* browse = new widgets::ActionButton(QStringLiteral("Browse…"), this);
    m_words = new widgets::RunLabel(this);
    row->addWidget(captionLabel(QStringLiteral("CSV to"), this, m_path));
    row->addWidget(m_path, 3);
    row->addWidget(m_export);
    row->addWidget(browse);
    row->addWidget(m_words, 2);
    connect(m_path, &QLineEdit::returnPressed, this, &ExportBar::start);
    connect(m_path, &QLineEdit::textEdited, this, [this] {
        m_confirmed.clear();
        say(QStringLiteral("Enter exports, Esc leaves"), false);
    });
    connect(m_export, &QAbstractButton::clicked, this, &ExportBar::start);
    connect(browse, &QAbstractButton::clicked, this, &ExportBar::browse);
    hide();
}

void ExportBar::ask(const QString& suggestedPath) {
    if (!isVisible()) m_path->setText(suggestedPath);
    m_confirmed.clear();
    say(QStringLiteral("Enter exports, Esc leaves"), false);
    show();
    m_path->setFocus(Qt::ShortcutFocusReason);
    m_path->selectAll();
}

// Beside the window and not before it: alarms come in while a folder is looked for.
void ExportBar::browse() {
    if (m_dialog.isNull()) {
        m_dialog = new QFileDialog(this, QStringLiteral("Export events"));
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        m_dialog->setAcceptMode(QFileDialog::AcceptSave);
        m_dialog->setNameFilter(QStringLiteral("CSV (*.csv)"));
        m_dialog->setDefaultSuffix(QStringLiteral("csv"));
        connect(m_dialog, &QFileDialog::fileSelected, this, [this](const QString& chosen) {
            m_path->setText(chosen);
            m_confirmed = chosen;  // the dialog has asked already whether it may be replaced
            start();
        });
    }
    m_dialog->selectFile(m_path->text());
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

void ExportBar::start() {
    const QString path = m_path->text().trimmed();
    if (m_busy || path.isEmpty()) return;
    if (QFileInfo::exists(path) && m_confirmed != path) {
        m_confirmed = path;
        return say(QStringLiteral("this file exists; Enter once more replaces it"), true);
    }
    m_busy = true;
    m_export->setDisabledReason(QStringLiteral("an export is under way"));
    say(QStringLiteral("exporting…"), false);
    emit exportRequested(path);
}

void ExportBar::showOutcome(bool ok, const QString& sentence) {
    m_busy = false;
    m_confirmed.clear();
    m_export->setDisabledReason({});
    say(sentence, !ok);
    if (!ok || !isVisible()) return;
    hide();
    emit closed();
}

void ExportBar::say(const QString& sentence, bool wrong) {
    using widgets::Run;
    m_words->setRuns(wrong ? widgets::Runs{Run::badge(widgets::Priority::P3),
                                           Run::body(sentence, widgets::Token::Text)}
                           : widgets::Runs{Run::caption(sentence)});
    m_words->setToolTip(sentence);
    m_words->setAccessibleName(sentence);
}

bool ExportBar::eventFilter(QObject* watched, QEvent* event) {
    const bool isKey =
        event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (watched == m_path && isKey && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        if (event->type() == QEvent::ShortcutOverride) {
            event->accept();
        } else {
            hide();
            emit closed();
        }
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ExportBar::paintEvent(QPaintEvent*) {
    const widgets::Theme& theme = widgets::Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(widgets::Token::Raised));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(widgets::Token::Line));
}

}  // namespace breakwater::ui
