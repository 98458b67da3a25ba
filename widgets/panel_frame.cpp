#include "widgets/panel_frame.hpp"

#include <algorithm>

#include <QApplication>
#include <QBoxLayout>
#include <QGridLayout>
#include <QKeyEvent>
#include <QMouseEvent>

#include "widgets/key_cap.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {
constexpr double ringWidth = 2;
constexpr double headerHeight = 28;
constexpr double footHeight = 30;
}  // namespace

PanelFrame::PanelFrame(const QString& title, QWidget* parent) : QFrame(parent), m_title(title) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(title);
    connect(qApp, &QApplication::focusChanged, this, &PanelFrame::onFocusChanged);
}

// ~QWidget gives up the focus and says so; by then this part of the object is gone.
PanelFrame::~PanelFrame() { disconnect(qApp, nullptr, this, nullptr); }

void PanelFrame::setTitle(const QString& title) {
    m_title = title;
    setAccessibleName(title);
    update();
}

void PanelFrame::setCaption(const QString& caption) {
    if (caption == m_caption) return;
    m_caption = caption;
    setAccessibleDescription(caption);
    update();
}

void PanelFrame::setNumber(int number) {
    m_number = number;
    update();
}

void PanelFrame::setAge(const QString& age, Freshness freshness) {
    if (age == m_age && freshness == m_freshness) return;
    m_age = age;
    m_freshness = freshness;
    update(headerRect());
}

void PanelFrame::setAside(const Runs& runs) {
    m_aside = runs;
    update(headerRect());
}

void PanelFrame::setAsideWidget(QWidget* widget) {
    if (m_asideWidget && m_asideWidget != widget) m_asideWidget->deleteLater();
    m_asideWidget = widget;
    if (widget) widget->setParent(this);
    if (widget) widget->show();
    relayout();
}

void PanelFrame::setKey(const QKeySequence& key) {
    m_key = key;
    update();
}

void PanelFrame::setFoot(const Runs& runs) {
    const bool moved = runs.empty() != m_foot.empty();
    m_foot = runs;
    if (moved) relayout();
    update();
}

void PanelFrame::setContent(QWidget* content, PanelPadding padding) {
    if (m_content && m_content != content) m_content->deleteLater();
    m_content = content;
    m_padding = padding;
    if (!content) return;
    content->setParent(this);
    content->show();
    relayout();
}

QRect PanelFrame::frameRectInside() const {
    const int ring = Theme::current().px(ringWidth);
    return rect().adjusted(ring, ring, -ring, -ring);
}

QRect PanelFrame::headerRect() const {
    const QRect frame = frameRectInside();
    return {frame.left(), frame.top(), frame.width(), Theme::current().px(headerHeight)};
}

QRect PanelFrame::footRect() const {
    const QRect frame = frameRectInside();
    if (m_foot.empty()) return {};
    const int height = Theme::current().px(footHeight);
    return {frame.left(), frame.bottom() + 1 - height, frame.width(), height};
}

QSize PanelFrame::minimumSizeHint() const {
    const Theme& theme = Theme::current();
    const int ring = theme.px(ringWidth);
    const int pad = m_padding == PanelPadding::Normal ? theme.px(12) : 1;
    QSize inner =
        m_content ? m_content->minimumSizeHint().expandedTo(m_content->minimumSize()) : QSize(0, 0);
    inner = inner.expandedTo({0, 0});
    const int foot = m_foot.empty() ? 0 : theme.px(footHeight);
    return {std::max(inner.width() + 2 * pad, theme.px(120)) + 2 * ring,
            inner.height() + (m_padding == PanelPadding::Normal ? 2 * theme.px(10) : 1) +
                theme.px(headerHeight) + foot + 2 * ring};
}

void PanelFrame::relayout() {
    const Theme& theme = Theme::current();
    const QRect frame = frameRectInside();
    if (m_content) {
        const int top = headerRect().bottom() + 1;
        const int bottom = m_foot.empty() ? frame.bottom() : footRect().top() - 1;
        QRect box(QPoint(frame.left() + 1, top),
                  QPoint(frame.right() - 1, bottom - (m_foot.empty() ? 1 : 0)));
        if (m_padding == PanelPadding::Normal)
            box.adjust(theme.px(11), theme.px(10), -theme.px(11), -theme.px(9));
        m_content->setGeometry(box);
    }
    if (m_asideWidget) {
        const QSize size = m_asideWidget->sizeHint();
        const int keyRoom = m_key.isEmpty() ? 0 : keyCapSize(m_key).width() + theme.px(8);
        m_asideWidget->setGeometry(frame.right() - theme.px(12) - keyRoom - size.width(),
                                   frame.top() + (theme.px(headerHeight) - size.height()) / 2,
                                   size.width(), size.height());
    }
    updateGeometry();
    update();
}

void PanelFrame::onFocusChanged(QWidget*, QWidget* now) {
    const bool within = now && (now == this || isAncestorOf(now));
    if (within == m_focusWithin) return;
    m_focusWithin = within;
    update();
}

void PanelFrame::paintHeader(QPainter& painter, const QRect& header) {
    const Theme& theme = Theme::current();
    if (isStale()) paintHatch(painter, header.adjusted(1, 1, -1, -1));
    const int pad = theme.px(12);
    int right = header.right() - pad;
    if (!m_key.isEmpty()) {
        const int width = keyCapSize(m_key).width();
        paintKeyCap(painter, QRect(right - width + 1, header.top(), width, header.height()), m_key);
        right -= width + theme.px(8);
    }
    if (m_asideWidget) right = m_asideWidget->geometry().left() - theme.px(8);
    Runs aside = m_aside;
    if (!m_age.isEmpty()) {
        Run age =
            isStale() ? Run::stale(m_age) : Run::figure(m_age, Priority::None, FontRole::Tick);
        if (!isStale()) age.tone = Token::Muted;
        aside.push_back(age.after(12));
    }
    Runs title;
    if (m_number > 0) title.push_back(Run::strong(QString::number(m_number)).after(0));
    Run name = Run::strong(m_title);
    name.font = FontRole::PanelTitle;
    title.push_back(name);
    title.push_back(Run::caption(m_caption).after(10));
    // The title keeps at least 40 % of the header; the aside shortens first.
    const int left = header.left() + pad;
    const int asideWidth = std::min(runsWidth(aside), (right - left) * 6 / 10);
    paintRuns(painter, QRect(right - asideWidth + 1, header.top(), asideWidth, header.height()),
              aside, Qt::AlignRight | Qt::AlignVCenter);
    if (asideWidth > 0) right -= asideWidth + theme.px(12);
    paintRuns(painter, QRect(left, header.top(), right - left, header.height()), title);
}

void PanelFrame::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRect frame = frameRectInside();
    roundedBox(painter, frame, Token::Panel, Token::Line, 4);
    const QRect header = headerRect();
    paintHeader(painter, header);
    hline(painter, frame.left() + 1, frame.right() - 1, header.bottom(), Token::Line);
    if (!m_foot.empty()) {
        const int pad = Theme::current().px(12);
        hline(painter, frame.left() + 1, frame.right() - 1, footRect().top(), Token::Line);
        paintRuns(painter, footRect().adjusted(pad, 0, -pad, 0), m_foot);
    }
    if (m_focusWithin) focusRing(painter, rect(), 5);
}

void PanelFrame::resizeEvent(QResizeEvent*) { relayout(); }

void PanelFrame::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::StyleChange) relayout();
}

void PanelFrame::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    QFrame::mousePressEvent(event);
}

void PanelFrame::mouseDoubleClickEvent(QMouseEvent* event) {
    if (headerRect().contains(event->position().toPoint())) emit headerActivated();
}

void PanelFrame::keyPressEvent(QKeyEvent* event) {
    if (hasFocus() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        emit headerActivated();
        return;
    }
    QFrame::keyPressEvent(event);
}

void arrangePanels(QBoxLayout& layout, double screenMargin) {
    const Theme& theme = Theme::current();
    const int ring = theme.px(ringWidth);
    const int margin = std::max(0, theme.px(screenMargin) - ring);
    layout.setContentsMargins(margin, margin, margin, margin);
    layout.setSpacing(std::max(0, theme.px(8) - 2 * ring));
}

void arrangePanels(QGridLayout& layout, double screenMargin) {
    const Theme& theme = Theme::current();
    const int ring = theme.px(ringWidth);
    const int margin = std::max(0, theme.px(screenMargin) - ring);
    layout.setContentsMargins(margin, margin, margin, margin);
    layout.setSpacing(std::max(0, theme.px(8) - 2 * ring));
}

PanelFrame* focusNextPanel(QWidget& root, bool forward) {
    QList<PanelFrame*> panels = root.findChildren<PanelFrame*>();
    panels.removeIf([](PanelFrame* panel) { return !panel->isVisible(); });
    if (panels.isEmpty()) return nullptr;
    std::sort(panels.begin(), panels.end(), [&root](PanelFrame* a, PanelFrame* b) {
        const QPoint pa = a->mapTo(&root, QPoint(0, 0));
        const QPoint pb = b->mapTo(&root, QPoint(0, 0));
        return pa.y() != pb.y() ? pa.y() < pb.y() : pa.x() < pb.x();
    });
    const auto current = std::find_if(panels.begin(), panels.end(),
                                      [](PanelFrame* panel) { return panel->hasFocusWithin(); });
    const auto count = panels.size();
    auto index = current == panels.end() ? (forward ? count - 1 : 0) : current - panels.begin();
    index = (index + (forward ? 1 : count - 1)) % count;
    PanelFrame* next = panels[index];
    // Into the content when it can take the focus, so that the arrows work at once.
    QWidget* target = next->content() && next->content()->focusPolicy() != Qt::NoFocus &&
                              next->content()->isEnabled()
                          ? next->content()
                          : next;
    target->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return next;
}

}  // namespace breakwater::widgets
