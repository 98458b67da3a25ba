#pragma once
// Filter chips and buttons that carry a key cap.

#include <QKeySequence>
#include <QPushButton>
#include <QToolButton>

namespace breakwater::widgets {

// Checkable, drawn 20 px high in a 24 px target.
class Chip : public QToolButton {
    Q_OBJECT
public:
    explicit Chip(const QString& text, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
};

enum class ButtonRole : std::uint8_t { Normal, Primary };

// Names its effect, never "OK". The key cap is a hint; the shortcut itself belongs to a QAction.
class ActionButton : public QPushButton {
    Q_OBJECT
public:
    explicit ActionButton(const QString& text, QWidget* parent = nullptr);
    ActionButton(const QString& text, const QKeySequence& keys, QWidget* parent = nullptr);
    void setKey(const QKeySequence& keys);
    void setRole(ButtonRole role);
    // Not empty: disabled, and the reason is the tooltip and the accessible description.
    void setDisabledReason(const QString& reason);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QKeySequence m_keys;
    ButtonRole m_role = ButtonRole::Normal;
};

}  // namespace breakwater::widgets
