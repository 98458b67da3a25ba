#pragma once
// Press and hold to commit. Mouse, Space or F12 on the button; the console may route F12 from
// elsewhere through keyDown() and keyUp().
//
// X11 repeats a held key as a release and a press of the same instant. Qt marks the pair as
// repeated only when both are already there to be read, so a release is not believed before the
// press that would belie it could have come.

#include <QAbstractButton>
#include <QElapsedTimer>
#include <QKeySequence>
#include <QTimer>

namespace breakwater::widgets {

class HoldButton : public QAbstractButton {
    Q_OBJECT
public:
    static constexpr int defaultHoldMs = 1500;
    // A stalled event loop is not a finger on the key: one tick never counts for more than this.
    static constexpr int longestTickMs = 100;
    // How long a release waits for the press of a repeat, and how far apart the server stamps them.
    static constexpr int repeatWaitMs = 40;
    static constexpr quint64 repeatStampMs = 1;

    explicit HoldButton(const QString& text, QWidget* parent = nullptr);

    void setHoldMs(int ms);
    [[nodiscard]] int holdMs() const { return m_holdMs; }
    // Not empty: nothing can be held, and the label says why.
    void setDisabledReason(const QString& reason);
    [[nodiscard]] QString disabledReason() const { return m_reason; }
    [[nodiscard]] bool isHolding() const { return m_holding; }
    [[nodiscard]] qint64 heldMs() const { return m_heldMs; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

public slots:
    void beginHold();
    void endHold();

public:
    // A key that holds went down or up. While a release waits, nothing is counted.
    void keyDown(const QKeyEvent& event);
    void keyUp(const QKeyEvent& event);

signals:
    void holdStarted();
    void holdReleasedEarly(qint64 heldMs);
    void committed();  // once per hold; a new one needs a release first

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void tick();
    void count();
    void reset();
    [[nodiscard]] QRect buttonRect() const;

    QTimer m_timer;
    QTimer m_lettingGo;  // runs while a release waits
    quint64 m_letGoAt = 0;
    QElapsedTimer m_sinceTick;
    QString m_reason;
    qint64 m_heldMs = 0;
    int m_holdMs = defaultHoldMs;
    int m_heldKey = 0;  // the key that began this hold; 0 for the mouse or the console
    bool m_holding = false;
    bool m_committed = false;  // until release
};

}  // namespace breakwater::widgets
