#pragma once
// Short news at the bottom right: 6 s, three at most, never for alarms.

#include <QFrame>
#include <QString>
#include <QTimer>
#include <QVector>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

class ActionButton;

struct ToastData {
    QString key;                         // the same key replaces the older one
    Priority priority = Priority::None;  // shape only
    QString text;                        // one sentence
    QString actionText;                  // empty: no button
    int milliseconds = 6000;
};

class Toast : public QFrame {
    Q_OBJECT
public:
    explicit Toast(const ToastData& data, QWidget* parent);
    [[nodiscard]] const QString& key() const { return m_data.key; }
    void setData(const ToastData& data);
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void actionTriggered(const QString& key);
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] QRect textRect(int width) const;

    ToastData m_data;
    QTimer m_timer;
    ActionButton* m_button = nullptr;
};

class ToastHost : public QObject {
    Q_OBJECT
public:
    static constexpr int maximum = 3;
    // Toasts are children of `window`, `footHeight` logical px above its lower edge.
    explicit ToastHost(QWidget* window, int footHeight = 30);
    void show(const ToastData& data);
    [[nodiscard]] int count() const { return static_cast<int>(m_toasts.size()); }

signals:
    void actionTriggered(const QString& key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void remove(Toast* toast);

    QWidget* m_window;
    QVector<Toast*> m_toasts;
    int m_footHeight;
};

}  // namespace breakwater::widgets
