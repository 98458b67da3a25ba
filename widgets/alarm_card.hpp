#pragma once
// An open P1 or P2 as a card (effect, if left, do), a P3 as a 30 px row.

#include <QKeySequence>
#include <QString>
#include <QVector>
#include <QWidget>

#include "widgets/text_run.hpp"

class QHBoxLayout;

namespace breakwater::widgets {

class ActionButton;

struct AlarmAction {
    QString id;
    QString text;
    QKeySequence keys;
    QString disabledReason;
};

struct AlarmCardData {
    QString id;
    Priority priority = Priority::P1;
    QString title;
    QString effect;
    QString ifLeft;
    QString todo;
    qint64 timeLeftMs = 0;
    qint64 timeAllowedMs = 0;  // 0: no line
    QString instantText;       // rows: when it came
    bool acknowledged = false;
    bool current = false;          // raised face
    QVector<AlarmAction> actions;  // the first two are drawn
};

class AlarmCard : public QWidget {
    Q_OBJECT
public:
    explicit AlarmCard(QWidget* parent = nullptr);
    void setData(const AlarmCardData& data);
    [[nodiscard]] QString alarmId() const { return m_data.id; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

signals:
    void actionTriggered(const QString& alarmId, const QString& actionId);
    void activated(const QString& alarmId);  // Enter or click: show it

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layoutButtons();
    [[nodiscard]] int textHeight(const QString& text, int width) const;
    void paintLine(QPainter& painter, int& y, const QString& name, const QString& text) const;

    AlarmCardData m_data;
    ActionButton* m_buttons[2] = {nullptr, nullptr};
};

class AlarmRow : public RunButton {
    Q_OBJECT
public:
    explicit AlarmRow(QWidget* parent = nullptr);
    void setData(const AlarmCardData& data);
    [[nodiscard]] QString alarmId() const { return m_data.id; }
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void activated(const QString& alarmId);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    AlarmCardData m_data;
};

}  // namespace breakwater::widgets
