#include "ui/screens/filter_bar.hpp"

#include <array>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>

#include "ui/theme_follow.hpp"
#include "widgets/chip.hpp"
#include "widgets/format.hpp"
#include "widgets/text_run.hpp"

namespace breakwater::ui {
namespace {

struct Preset {
    const char* word;
    const char* filter;
};
constexpr std::array<Preset, 5> kPresets{{
    {"All", ""},
    {"In danger", "health<1.1"},
    {"Below maintenance", "health<1"},
    {"In liquidation", "liq"},
    {"Makers", "tag:maker"},
}};
constexpr int kSettleMs = 120;  // a filter is read when the typing pauses

}  // namespace

FilterBar::FilterBar(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    m_edit = new QLineEdit(this);
    followTheme(*this, [this, row] {
        const widgets::Theme& theme = widgets::Theme::current();
        row->setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10));
        row->setSpacing(theme.px(8));
        m_edit->setFont(theme.font(widgets::FontRole::MonoBody));
        m_edit->setMinimumWidth(theme.px(220));
        m_edit->setMaximumWidth(theme.px(560));
        m_edit->setFixedHeight(theme.px(26));
    });
    m_edit->setPlaceholderText(
        QStringLiteral("filter: health<1.1 & equity>10k & market:ETH & tag:client & liq"));
    m_edit->setAccessibleName(QStringLiteral("Filter of accounts"));
    m_edit->installEventFilter(this);
    m_count = new widgets::RunLabel(this);
    row->addWidget(m_edit, 3);
    row->addWidget(m_count, 1);
    for (const Preset& preset : kPresets) {
        auto* chip = new widgets::Chip(QString::fromUtf8(preset.word), this);
        const QString filter = QString::fromUtf8(preset.filter);
        connect(chip, &QAbstractButton::clicked, this, [this, filter] {
            setFilterText(filter);
            emit filterChanged(filter);
        });
        row->addWidget(chip);
        m_chips.push_back(chip);
    }
    m_sort = new widgets::ActionButton(QStringLiteral("Re-sort"), QKeySequence(Qt::Key_F5), this);
    m_preview = new widgets::ActionButton(QStringLiteral("Preview"),
                                          QKeySequence(QStringLiteral("Ctrl+I")), this);
    row->addWidget(m_sort);
    row->addWidget(m_preview);
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, [this] { emit filterChanged(filterText()); });
    connect(m_edit, &QLineEdit::textChanged, this, [this] { markChips(); });
    connect(m_edit, &QLineEdit::textEdited, this, [this] { m_settle.start(); });
    connect(m_edit, &QLineEdit::returnPressed, this, [this] {
        m_settle.stop();
        emit filterChanged(filterText());
        emit left();
    });
    markChips();
}

QString FilterBar::filterText() const { return m_edit->text().trimmed(); }

void FilterBar::setFilterText(const QString& text) {
    m_settle.stop();
    m_edit->setText(text);
}

void FilterBar::focusEdit() {
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void FilterBar::markChips() {
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        m_chips[i]->setChecked(filterText() == QString::fromUtf8(kPresets[i].filter));
    }
}

void FilterBar::showCount(std::size_t matching, std::size_t total) {
    m_count->setRuns(
        {widgets::Run::figure(widgets::formatCount(static_cast<std::int64_t>(matching)),
                              widgets::Priority::None, widgets::FontRole::MonoBodyStrong),
         widgets::Run::caption(
             QStringLiteral("of %1").arg(widgets::formatCount(static_cast<std::int64_t>(total))))});
    m_count->setToolTip({});
}

void FilterBar::showError(const QString& sentence) {
    m_count->setRuns({widgets::Run::badge(widgets::Priority::P3),
                      widgets::Run::body(sentence, widgets::Token::Text)});
    m_count->setToolTip(sentence);
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event) {
    // Esc leaves the filter; the screen's own Esc is for its table.
    if (watched == m_edit && event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Down) {
            emit left();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FilterBar::paintEvent(QPaintEvent*) {
    const widgets::Theme& theme = widgets::Theme::current();
    QPainter painter(this);
    painter.setPen(theme.hairline(widgets::Token::Line));
    painter.setBrush(theme.color(widgets::Token::Panel));
    painter.setRenderHint(QPainter::Antialiasing);
    const double ring = theme.pxF(2);
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(ring + 0.5, ring + 0.5, -ring - 0.5, -ring - 0.5), theme.pxF(4),
        theme.pxF(4));
}

}  // namespace breakwater::ui
