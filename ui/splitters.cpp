#include "ui/splitters.hpp"

#include <algorithm>
#include <utility>

#include <QEvent>
#include <QJsonArray>
#include <QSplitter>

#include "widgets/theme.hpp"

namespace breakwater::ui {
namespace {

constexpr int kHandle = 4;  // panels bring the rest of the 8 px gap with their focus ring

class RuledSplitter : public QSplitter {
public:
    RuledSplitter(Qt::Orientation orientation, SplitRule rule, QWidget* parent)
        : QSplitter(orientation, parent), m_rule(std::move(rule)) {
        setChildrenCollapsible(false);
        setHandleWidth(kHandle);
        connect(this, &QSplitter::splitterMoved, this, [this] { m_own = true; });
    }
    bool hasOwnSizes() const { return m_own; }
    void takeSizes(const QList<int>& own) {
        m_own = true;
        setSizes(own);
    }
    void followRule() {
        m_own = false;
        share();
    }

protected:
    void resizeEvent(QResizeEvent* event) override {
        if (!m_own) share();
        QSplitter::resizeEvent(event);
    }
    void changeEvent(QEvent* event) override {
        QSplitter::changeEvent(event);
        if (event->type() == QEvent::StyleChange && !m_own) share();
    }

private:
    void share() {
        const int total =
            (orientation() == Qt::Horizontal ? width() : height()) - kHandle * (count() - 1);
        if (count() > 0 && total > 0) setSizes(m_rule(total));
    }

    SplitRule m_rule;
    bool m_own = false;  // dragged by the officer, or restored
};

RuledSplitter& ruled(QSplitter& splitter) { return static_cast<RuledSplitter&>(splitter); }

}  // namespace

QSplitter* makeSplitter(Qt::Orientation orientation, SplitRule rule, QWidget* parent) {
    return new RuledSplitter(orientation, std::move(rule), parent);
}

SplitRule lastPart(double share, int least, int most) {
    return [=](int total) {
        const widgets::Theme& theme = widgets::Theme::current();
        const int last =
            std::clamp(static_cast<int>(total * share), theme.px(least), theme.px(most));
        return QList<int>{std::max(1, total - last), last};
    };
}

QJsonValue splitterSizes(const QSplitter& splitter) {
    QJsonArray out;
    if (!static_cast<const RuledSplitter&>(splitter).hasOwnSizes()) return out;
    for (const int size : splitter.sizes())
        out.append(size);
    return out;
}

void restoreSplitter(QSplitter& splitter, const QJsonValue& saved) {
    const QJsonArray array = saved.toArray();
    if (saved.isArray() && array.isEmpty()) return ruled(splitter).followRule();
    if (array.size() != splitter.count()) return;
    QList<int> sizes;
    for (const QJsonValue& value : array) {
        const int size = value.toInt(-1);
        if (size <= 0 || size > 20'000) return;
        sizes.append(size);
    }
    ruled(splitter).takeSizes(sizes);
}

}  // namespace breakwater::ui
