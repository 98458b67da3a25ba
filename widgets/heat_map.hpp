#pragma once
// Two axes, one figure a cell: grey where nothing is lost, the loss ramp beyond, a contour where a
// limit is passed. Arrows choose a cell, Enter or a click names it, F9 shows the same as a table.

#include <optional>

#include <QPoint>
#include <QString>
#include <QVector>
#include <QWidget>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

class DataTable;
class HeatTableModel;

struct HeatMapData {
    QString title;       // what is plotted; the accessible name and the table's caption
    QString acrossName;  // below: "ETH price, %"
    QString upName;      // above the row labels: "BTC price, %"
    QStringList across;  // left to right
    QStringList up;      // from the bottom
    // Row by row from the bottom, all of the same length.
    QVector<double> values;
    QStringList texts;  // in the cell: 31.2M
    QStringList exact;  // tooltip, screen reader, table
    QVector<bool> past;
    QString pastName;            // what the contour is: "fund exhausted"
    double normal = 0;           // values up to here are `band`
    double worst = 0;            // the end of the ramp
    QString worstText;           // its words
    std::optional<QPoint> now;   // column, row: drawn x
    std::optional<QPoint> mark;  // the shock in hand: dashed box
    QString markName;            // "your shock"
    QString staleAge;

    [[nodiscard]] int columns() const { return static_cast<int>(across.size()); }
    [[nodiscard]] int rows() const { return static_cast<int>(up.size()); }
    [[nodiscard]] int index(QPoint cell) const { return cell.y() * columns() + cell.x(); }
    [[nodiscard]] bool isEmpty() const {
        return values.isEmpty() || values.size() != across.size() * up.size();
    }
};

class HeatMap : public QWidget {
    Q_OBJECT
public:
    explicit HeatMap(QWidget* parent = nullptr);
    void setData(const HeatMapData& data);
    [[nodiscard]] const HeatMapData& data() const { return m_data; }
    void setChosen(QPoint cell);  // kept inside; emits nothing
    [[nodiscard]] QPoint chosen() const { return m_chosen; }
    [[nodiscard]] QRect cellRect(QPoint cell) const;
    [[nodiscard]] std::optional<QPoint> cellAt(const QPoint& position) const;
    [[nodiscard]] QString words(QPoint cell) const;  // "ETH −20%, BTC −10%: 31,204,118.22"
    void setTableShown(bool shown);
    [[nodiscard]] bool isTableShown() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void cellChosen(int column, int row);
    void cellActivated(int column, int row);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QRect plotRect() const;
    [[nodiscard]] int labelWidth() const;
    void choose(QPoint cell);
    void describe();
    void paintLegend(QPainter& painter) const;
    void paintCells(QPainter& painter) const;
    void paintCell(QPainter& painter, QPoint cell, bool figures) const;
    void paintLabels(QPainter& painter) const;
    void paintContour(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;

    HeatMapData m_data;
    QPoint m_chosen{0, 0};
    bool m_hasChosen = false;
    DataTable* m_table = nullptr;
    HeatTableModel* m_model = nullptr;
};

}  // namespace breakwater::widgets
