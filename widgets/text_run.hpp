#pragma once
// One line of mixed type: words, figures, shapes, key caps. The strips, headers and status
// line are made of such runs, so they all shorten by the same rule: captions go first, then
// names are elided, figures never.

#include <optional>
#include <vector>

#include <QAbstractButton>
#include <QKeySequence>
#include <QString>
#include <QWidget>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

enum class RunKeep : std::uint8_t { Caption, Name, Figure };

struct Run {
    enum class Kind : std::uint8_t { Text, Badge, Key, Gap, Rule, Stale };
    Kind kind = Kind::Text;
    QString text;
    FontRole font = FontRole::Body;
    Token tone = Token::Secondary;
    Priority priority = Priority::None;  // of a figure or a badge
    QKeySequence keys;
    double gap = 6;  // space before this run, logical px
    RunKeep keep = RunKeep::Name;
    bool filled = false;  // of a badge on a filled chip: its other phase

    static Run caption(const QString& text);
    static Run body(const QString& text, Token tone = Token::Secondary);
    static Run strong(const QString& text);
    static Run figure(const QString& text, Priority priority = Priority::None,
                      FontRole font = FontRole::MonoBody);
    static Run badge(Priority priority);
    static Run key(const QKeySequence& keys);
    static Run space(double width);
    static Run rule();                      // vertical hairline between groups
    static Run stale(const QString& text);  // italic on hatch
    [[nodiscard]] Run after(double gapBefore) const;
};
using Runs = std::vector<Run>;

int runsWidth(const Runs& runs);
QString runsText(const Runs& runs);  // for screen readers and copies
// Shortens to the box, then paints; answers the right edge of what was painted.
int paintRuns(QPainter& painter, const QRect& box, const Runs& runs,
              Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter);

class RunLabel : public QWidget {
    Q_OBJECT
public:
    explicit RunLabel(QWidget* parent = nullptr);
    void setRuns(Runs runs);
    void setAlignment(Qt::Alignment align);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Runs m_runs;
    Qt::Alignment m_align = Qt::AlignLeft | Qt::AlignVCenter;
};

// A flat button that shows runs; hover and focus are drawn, the target is at least 24 px.
class RunButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit RunButton(QWidget* parent = nullptr);
    void setRuns(Runs runs);
    void setFill(std::optional<Token> fill);  // a filled chip, text in ink
    void setOutlined(bool outlined);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int padding() const;

    Runs m_runs;
    std::optional<Token> m_fill;
    bool m_outlined = false;
};

}  // namespace breakwater::widgets
