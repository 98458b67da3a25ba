#include "widgets/text_run.hpp"

#include <algorithm>

#include <QFontMetrics>

#include "widgets/key_cap.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {

constexpr double badgeSide = 13;

int gapOf(const Run& run) { return Theme::current().px(run.gap); }

int widthOf(const Run& run) {
    const Theme& theme = Theme::current();
    const auto text = [&] {
        return QFontMetrics(theme.font(run.font)).horizontalAdvance(run.text);
    };
    switch (run.kind) {
        case Run::Kind::Text:
            return text() +
                   (run.priority != Priority::None && theme.figuresAreChips() ? theme.px(6) : 0);
        case Run::Kind::Stale: return text() + theme.px(6);
        case Run::Kind::Badge: return theme.px(badgeSide);
        case Run::Kind::Key: return keyCapSize(run.keys).width();
        case Run::Kind::Gap: return 0;
        case Run::Kind::Rule: return 1;
    }
    return 0;
}

// Captions vanish first, then the longest names are elided, figures are left alone.
Runs fitted(Runs runs, int room) {
    for (auto it = runs.end(); runsWidth(runs) > room && it != runs.begin();) {
        --it;
        if (it->keep == RunKeep::Caption) it = runs.erase(it);
    }
    while (!runs.empty() && runsWidth(runs) > room) {
        const auto longest =
            std::max_element(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
                const auto weight = [](const Run& r) {
                    return r.kind == Run::Kind::Text && r.keep == RunKeep::Name ? widthOf(r) : 0;
                };
                return weight(a) < weight(b);
            });
        const QFontMetrics metrics(Theme::current().font(longest->font));
        const int over = runsWidth(runs) - room;
        const QString shorter = metrics.elidedText(longest->text, Qt::ElideRight,
                                                   std::max(0, widthOf(*longest) - over));
        if (longest->keep != RunKeep::Name || longest->kind != Run::Kind::Text ||
            shorter.size() >= longest->text.size()) {
            break;
        }
        longest->text = shorter.size() <= 1 ? QString() : shorter;
    }
    return runs;
}

// What is left when every caption is gone and every name cut.
int neededWidth(const Runs& runs) {
    Runs needed;
    for (const Run& run : runs) {
        if (run.keep == RunKeep::Figure) needed.push_back(run);
    }
    return std::min(runsWidth(needed), runsWidth(runs));
}

void paintRun(QPainter& painter, const QRect& box, const Run& run) {
    const Theme& theme = Theme::current();
    const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
    switch (run.kind) {
        case Run::Kind::Text:
            paintFigure(painter, box, run.text,
                        {run.font, run.tone, run.priority, RowState::Plain, left});
            break;
        case Run::Kind::Stale:
            paintStale(painter,
                       QRect(box.left(), box.center().y() - theme.px(8), box.width(), theme.px(17)),
                       run.text, {}, {run.font, run.tone, Priority::None, RowState::Plain, left});
            break;
        case Run::Kind::Badge: {
            const double side = theme.pxF(badgeSide);
            paintBadge(painter,
                       QRectF(box.left(), box.top() + (box.height() - side) / 2, side, side),
                       run.priority);
            break;
        }
        case Run::Kind::Key: paintKeyCap(painter, box, run.keys); break;
        case Run::Kind::Rule: {
            const int height = theme.px(14);
            painter.fillRect(QRect(box.left(), box.top() + (box.height() - height) / 2, 1, height),
                             theme.color(Token::Line2));
            break;
        }
        case Run::Kind::Gap: break;
    }
}

}  // namespace

Run Run::caption(const QString& text) {
    Run run;
    run.text = text;
    run.font = FontRole::Caption;
    run.tone = Token::Muted;
    run.keep = RunKeep::Caption;
    return run;
}

Run Run::body(const QString& text, Token tone) {
    Run run;
    run.text = text;
    run.tone = tone;
    return run;
}

Run Run::strong(const QString& text) {
    Run run;
    run.text = text;
    run.font = FontRole::BodyStrong;
    run.tone = Token::Text;
    return run;
}

Run Run::figure(const QString& text, Priority priority, FontRole font) {
    Run run;
    run.text = text;
    run.font = font;
    run.tone = Token::Text;
    run.priority = priority;
    run.keep = RunKeep::Figure;
    return run;
}

Run Run::badge(Priority priority) {
    Run run;
    run.kind = Kind::Badge;
    run.priority = priority;
    run.keep = RunKeep::Figure;
    return run;
}

Run Run::key(const QKeySequence& keys) {
    Run run;
    run.kind = Kind::Key;
    run.keys = keys;
    run.gap = 8;
    run.keep = RunKeep::Figure;
    return run;
}

Run Run::space(double width) {
    Run run;
    run.kind = Kind::Gap;
    run.gap = width;
    run.keep = RunKeep::Figure;
    return run;
}

Run Run::rule() {
    Run run;
    run.kind = Kind::Rule;
    run.gap = 12;
    run.keep = RunKeep::Figure;
    return run;
}

Run Run::stale(const QString& text) {
    Run run;
    run.kind = Kind::Stale;
    run.text = text;
    run.font = FontRole::Tick;
    run.tone = Token::Muted;
    run.keep = RunKeep::Figure;
    return run;
}

Run Run::after(double gapBefore) const {
    Run run = *this;
    run.gap = gapBefore;
    return run;
}

int runsWidth(const Runs& runs) {
    int width = 0;
    bool first = true;
    for (const Run& run : runs) {
        if (run.kind == Run::Kind::Text && run.text.isEmpty()) continue;
        width += (first && run.kind != Run::Kind::Gap ? 0 : gapOf(run)) + widthOf(run);
        first = false;
    }
    return width;
}

QString runsText(const Runs& runs) {
    QStringList words;
    for (const Run& run : runs) {
        if (run.kind == Run::Kind::Badge && run.priority != Priority::None)
            words << priorityWord(run.priority);
        if (!run.text.isEmpty()) words << run.text;
        if (run.kind == Run::Kind::Key) words << u'(' + keyCapText(run.keys) + u')';
    }
    return words.join(u' ');
}

int paintRuns(QPainter& painter, const QRect& box, const Runs& all, Qt::Alignment align) {
    const Runs runs = fitted(all, box.width());
    int x = box.left();
    const int spare = box.width() - runsWidth(runs);
    if (spare > 0 && align & Qt::AlignRight) x += spare;
    if (spare > 0 && align & Qt::AlignHCenter) x += spare / 2;
    bool first = true;
    for (const Run& run : runs) {
        if (run.kind == Run::Kind::Text && run.text.isEmpty()) continue;
        x += first && run.kind != Run::Kind::Gap ? 0 : gapOf(run);
        first = false;
        const int width = widthOf(run);
        paintRun(painter, QRect(x, box.top(), width + 1, box.height()), run);
        x += width;
    }
    return x;
}

RunLabel::RunLabel(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    setAccessibleName(QStringLiteral("text"));
}

void RunLabel::setRuns(Runs runs) {
    const int before = runsWidth(m_runs);
    m_runs = std::move(runs);
    setAccessibleName(runsText(m_runs));
    if (runsWidth(m_runs) != before) updateGeometry();
    update();
}

void RunLabel::setAlignment(Qt::Alignment align) {
    m_align = align;
    update();
}

QSize RunLabel::sizeHint() const { return {runsWidth(m_runs) + 1, Theme::current().px(20)}; }

QSize RunLabel::minimumSizeHint() const { return {neededWidth(m_runs), Theme::current().px(16)}; }

void RunLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintRuns(painter, rect(), m_runs, m_align);
}

RunButton::RunButton(QWidget* parent) : QAbstractButton(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("button"));
}

void RunButton::setRuns(Runs runs) {
    const int before = runsWidth(m_runs);
    m_runs = std::move(runs);
    setAccessibleName(runsText(m_runs));
    if (runsWidth(m_runs) != before) updateGeometry();
    update();
}

void RunButton::setFill(std::optional<Token> fill) {
    m_fill = fill;
    update();
}

void RunButton::setOutlined(bool outlined) {
    m_outlined = outlined;
    update();
}

QSize RunButton::sizeHint() const {
    const Theme& theme = Theme::current();
    const int pad = padding();
    return {std::max(theme.px(24), runsWidth(m_runs) + 2 * pad + 1), theme.px(24)};
}

QSize RunButton::minimumSizeHint() const {
    const Theme& theme = Theme::current();
    return {std::max(theme.px(24), neededWidth(m_runs) + 2 * padding() + 1), theme.px(24)};
}

int RunButton::padding() const { return Theme::current().px(m_fill ? 9 : m_outlined ? 10 : 4); }

void RunButton::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const int pad = padding();
    if (m_fill) {
        roundedBox(painter, rect(), *m_fill, *m_fill, 4);
    } else if (isDown() || underMouse()) {
        roundedBox(painter, rect(), Token::Sel, m_outlined ? Token::Ctl : Token::Sel, 4);
    } else if (m_outlined) {
        roundedBox(painter, rect(), Token::Sunken, Token::Ctl, 4);
    }
    Runs runs = m_runs;
    if (m_fill) {
        for (Run& run : runs)
            run.tone = Token::Ink;
        // On the chip the shape is an ink outline: a filled shape would melt into the fill.
        if (!runs.empty() && runs.front().kind == Run::Kind::Badge) {
            const double side = theme.pxF(badgeSide + 2);
            const QRectF box(pad, (height() - side) / 2, side, side);
            const QColor edge = theme.color(theme.isHighContrast() ? Token::Ink : Token::White);
            paintBadgeOutline(painter, box, runs.front().priority, edge);
            if (runs.front().filled) {
                painter.save();
                painter.setRenderHint(QPainter::Antialiasing);
                painter.fillPath(badgePath(box.adjusted(1, 1, -1, -1), runs.front().priority),
                                 edge);
                painter.restore();
            }
            runs.front() = Run::space(badgeSide + 2);
        }
    }
    paintRuns(painter, rect().adjusted(pad, 0, -pad + 1, 0), runs);
    if (hasFocus()) focusRing(painter, rect());
}

}  // namespace breakwater::widgets
