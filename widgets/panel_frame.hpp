#pragma once
// A panel: 28 px header, content, focus ring while the focus is inside.
//
// The ring lies outside the border, so a frame keeps a margin of its own; screens lay panels
// out with arrangePanels(), which makes the visible gap the 8 px of the design.

#include <vector>

#include <QFrame>
#include <QKeySequence>

#include "widgets/text_run.hpp"

class QBoxLayout;
class QGridLayout;
class QLayout;

namespace breakwater::widgets {

enum class Freshness : std::uint8_t { Fresh, Stale };
enum class PanelPadding : std::uint8_t { Normal, None };  // None: tables reach the border

class PanelFrame : public QFrame {
    Q_OBJECT
public:
    explicit PanelFrame(const QString& title, QWidget* parent = nullptr);
    ~PanelFrame() override;

    void setTitle(const QString& title);
    void setCaption(const QString& caption);
    void setNumber(int number);  // the 1, 2, 3 of arm, rehearse, commit; 0 hides
    void setAge(const QString& age, Freshness freshness = Freshness::Fresh);
    void setAside(const Runs& runs);       // right-hand text, before the age
    void setAsideWidget(QWidget* widget);  // right-hand control instead of text
    void setKey(const QKeySequence& key);  // cap in the corner; the screen owns the action
    void setFoot(const Runs& runs);        // one line under the content; empty hides
    void setContent(QWidget* content, PanelPadding padding = PanelPadding::Normal);
    [[nodiscard]] QWidget* content() const { return m_content; }
    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] bool isStale() const { return m_freshness == Freshness::Stale; }
    [[nodiscard]] bool hasFocusWithin() const { return m_focusWithin; }

    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void headerActivated();  // Enter or double click on the header: open the panel's screen

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void relayout();
    void onFocusChanged(QWidget* old, QWidget* now);
    void paintHeader(QPainter& painter, const QRect& header);
    [[nodiscard]] QRect headerRect() const;
    [[nodiscard]] QRect frameRectInside() const;
    [[nodiscard]] QRect footRect() const;

    QString m_title;
    QString m_caption;
    QString m_age;
    Runs m_aside;
    Runs m_foot;
    QKeySequence m_key;
    QWidget* m_asideWidget = nullptr;
    QWidget* m_content = nullptr;
    int m_number = 0;
    Freshness m_freshness = Freshness::Fresh;
    PanelPadding m_padding = PanelPadding::Normal;
    bool m_focusWithin = false;
};

// Spacing and margins of a layout of panels: 8 px gaps, 8 px screen margin (13 in a mode frame).
void arrangePanels(QBoxLayout& layout, double screenMargin = 8);
void arrangePanels(QGridLayout& layout, double screenMargin = 8);

// F6 / Shift+F6: gives the focus to the next panel under `root` in reading order.
PanelFrame* focusNextPanel(QWidget& root, bool forward);

}  // namespace breakwater::widgets
