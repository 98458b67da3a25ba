#pragma once
// A relative move by slider and by typed value, in hundredths of a percent. The track is wider
// where falls lie: half of it for what can be lost, half for the rest.

#include <optional>

#include <QAbstractSlider>
#include <QString>
#include <QWidget>

class QLineEdit;

namespace breakwater::widgets {

// "−20", "-20%", "+5.5 %": at most two decimals, within the limits. The error is one sentence.
struct TypedMove {
    std::optional<int> move;
    QString error;
};
TypedMove parseMove(const QString& text, int least, int most);
QString moveText(int move);  // +12.50%, 0%, −20%

// The bare track. Arrows move by 1 %, with Shift by 5 %, PageUp and PageDown by 10 %.
class MoveTrack : public QAbstractSlider {
    Q_OBJECT
public:
    explicit MoveTrack(QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] double xOf(int move) const;
    [[nodiscard]] int moveAt(double x) const;

signals:
    void moved(int move);                    // by the officer; setValue() tells nobody of it
    void neighbourRequested(int direction);  // up or down: from row to row, as in a table

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] QRectF trackRect() const;
    void nudge(int by);
};

class ShockSlider : public QWidget {
    Q_OBJECT
public:
    ShockSlider(const QString& name, int least, int most, QWidget* parent = nullptr);
    void setMove(int move);  // emits nothing
    [[nodiscard]] int move() const;
    [[nodiscard]] QString error() const { return m_error; }
    MoveTrack& track() { return *m_track; }
    QLineEdit& edit() { return *m_edit; }
    void editValue();  // focus to the typed value, all of it chosen

signals:
    void moved(int move);
    void errorChanged(const QString& error);  // empty: it is good again
    void entered();                           // Enter in the typed value

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void onTyped(const QString& text, bool final);
    void setError(const QString& error);
    void restoreText();
    void applyMetrics();
    void nudge(int by);

    MoveTrack* m_track;
    QLineEdit* m_edit;
    QString m_error;
};

}  // namespace breakwater::widgets
