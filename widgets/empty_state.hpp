#pragma once
// What would be here, why it is not, what to do next. The error variant says what still works
// and can be copied.

#include <QKeySequence>
#include <QString>
#include <QWidget>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

class ActionButton;

enum class EmptyKind : std::uint8_t { None, NotConnected, FilteredOut, Error };

struct EmptyStateData {
    EmptyKind kind = EmptyKind::None;
    QString what;  // "No liquidations in the last 24 h"
    QString why;   // "Last: 2026-11-21 08:14Z."; for an error: what still works, what was done
    QString actionText;  // empty: no button
    QKeySequence keys;
    QString code;      // errors: shown and copied
    QString copyText;  // errors: the full text for the clipboard
};

class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);
    void setData(const EmptyStateData& data);
    [[nodiscard]] const EmptyStateData& data() const { return m_data; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Places {
        QRect badge, what, why, code;
        int bottom = 0;
    };
    [[nodiscard]] Places places() const;
    void layoutButtons();
    void copy();

    EmptyStateData m_data;
    ActionButton* m_action = nullptr;
    ActionButton* m_copy = nullptr;
};

}  // namespace breakwater::widgets
