// Column widths of a table: the model's own until the officer drags one, saved in logical px.
#pragma once

#include <QJsonArray>
#include <QObject>
#include <QVector>

#include "widgets/data_table.hpp"

namespace breakwater::ui {

class ColumnKeeper : public QObject {
    Q_OBJECT

public:
    ColumnKeeper(widgets::DataTable& table, const QVector<int>& widths, int stretch);
    QJsonArray save() const;
    void restore(const QJsonArray& saved);

private:
    void onResized(int column, int before, int now);

    widgets::DataTable& m_table;
    QVector<int> m_widths;
    int m_stretch;
    bool m_applying = false;
};

}  // namespace breakwater::ui
