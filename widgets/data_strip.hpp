#pragma once
// Can the figures be trusted: one line, only the late source is marked.

#include <QVector>
#include <QWidget>

#include "widgets/text_run.hpp"

namespace breakwater::widgets {

struct DataItem {
    QString name;
    QString value;
    Priority priority = Priority::None;
    QString staleText;  // "pyth ETH 2.1s old", drawn on hatch after the value
    QString detail;     // the full line, tooltip and accessible text
};

struct DataStripData {
    QVector<DataItem> items;
    Runs right;  // "board 9f3a..c1 age 0.3 s"
};

class DataStrip : public QWidget {
    Q_OBJECT
public:
    explicit DataStrip(QWidget* parent = nullptr);
    void setData(const DataStripData& data);
    [[nodiscard]] int itemAt(const QPoint& position) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void itemActivated(int index);  // Enter or click: open Feeds there

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void place();
    [[nodiscard]] Runs runsOf(const DataItem& item) const;

    DataStripData m_data;
    QVector<QRect> m_places;
    int m_current = 0;
};

}  // namespace breakwater::widgets
