#pragma once
// The screens that exist, 64 px wide. Only the given entries are drawn.

#include <QAbstractButton>
#include <QString>
#include <QVector>
#include <QWidget>

#include "widgets/badge.hpp"
#include "widgets/icons.hpp"

class QVBoxLayout;

namespace breakwater::widgets {

struct NavEntry {
    QString id;
    QString word;
    Icon icon = Icon::Situation;
    QString corner;        // "1" for Ctrl+1
    QString shortcutText;  // "Ctrl+1", tooltip and accessible text
};

class NavButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit NavButton(const NavEntry& entry, QWidget* parent = nullptr);
    [[nodiscard]] const QString& id() const { return m_entry.id; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    NavEntry m_entry;
};

class NavRail : public QWidget {
    Q_OBJECT
public:
    explicit NavRail(QWidget* parent = nullptr);
    void setEntries(const QVector<NavEntry>& entries);
    void setCurrent(const QString& id);
    [[nodiscard]] QString current() const;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void selected(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QVBoxLayout* m_layout = nullptr;
    QVector<NavButton*> m_buttons;
};

}  // namespace breakwater::widgets
