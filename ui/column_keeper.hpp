// Column widths of a table: the model's own until the officer drags one, saved in logical px.
// Where the table has more room than its columns need, all of them grow a little.
#pragma once

#include <QJsonArray>
#include <QObject>
#include <QVector>

#include "widgets/data_table.hpp"

namespace breakwater::ui {

class ColumnKeeper : public QObject {
    Q_OBJECT

public:
    // `stretch` takes what the growing leaves.
    ColumnKeeper(widgets::DataTable& table, const QVector<int>& widths, int stretch);
    QJsonArray save() const;
    void restore(const QJsonArray& saved);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void onResized(int column, int before, int now);
    void apply(int room);

    static constexpr double kMostGrowth = 1.45;

    widgets::DataTable& m_table;
    QVector<int> m_widths;
    int m_stretch;
    double m_growth = 1;
    bool m_applying = false;
};

}  // namespace breakwater::ui
