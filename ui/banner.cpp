#include "ui/banner.hpp"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPainter>

#include "ui/theme_follow.hpp"

namespace breakwater::ui {

using widgets::Run;

Banner::Banner(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    m_label = new widgets::RunLabel(this);
    m_copy = new widgets::ActionButton(QStringLiteral("Copy"), this);
    m_copy->setToolTip(QStringLiteral("Copy the words and figures of this line"));
    connect(m_copy, &QAbstractButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_copyText); });
    row->addWidget(m_label, 1);
    row->addWidget(m_copy);
    followTheme(*this, [this, row] {
        const widgets::Theme& theme = widgets::Theme::current();
        row->setContentsMargins(theme.px(12), 0, theme.px(12), 0);
        setFixedHeight(theme.px(32));
    });
    hide();
}

void Banner::setData(const BannerData& next) {
    m_what = next.what;
    setVisible(!next.what.isEmpty());
    if (next.what.isEmpty()) return;
    widgets::Runs runs;
    if (next.priority != widgets::Priority::None) runs.push_back(Run::badge(next.priority));
    runs.push_back(Run::strong(next.what));
    runs.push_back(Run::body(next.why).after(12));
    if (!next.keys.isEmpty()) {
        runs.push_back(Run::key(next.keys).after(16));
        runs.push_back(Run::body(next.keysText));
    }
    m_label->setRuns(std::move(runs));
    m_copyText = next.copyText;
    m_copy->setVisible(!m_copyText.isEmpty());
    setAccessibleName(next.what + QStringLiteral(". ") + next.why);
}

void Banner::paintEvent(QPaintEvent*) {
    const widgets::Theme& theme = widgets::Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(widgets::Token::Raised));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(widgets::Token::Line2));
}

}  // namespace breakwater::ui
