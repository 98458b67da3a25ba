#include "ui/splitters.hpp"

#include <QJsonArray>
#include <QSplitter>

namespace breakwater::ui {

QSplitter* makeSplitter(Qt::Orientation orientation, QWidget* parent) {
    auto* splitter = new QSplitter(orientation, parent);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(4);  // panels bring the rest of the 8 px gap with their focus ring
    return splitter;
}

QJsonValue splitterSizes(const QSplitter& splitter) {
    QJsonArray out;
    for (const int size : splitter.sizes())
        out.append(size);
    return out;
}

void restoreSplitter(QSplitter& splitter, const QJsonValue& saved) {
    const QJsonArray array = saved.toArray();
    if (array.size() != splitter.count()) return;
    QList<int> sizes;
    for (const QJsonValue& value : array) {
        const int size = value.toInt(-1);
        if (size <= 0 || size > 20'000) return;
        sizes.append(size);
    }
    splitter.setSizes(sizes);
}

}  // namespace breakwater::ui
