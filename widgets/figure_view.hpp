#pragma once
// A figure under its caption, and lists of "name ... value" lines.

#include <QString>
#include <QVector>
#include <QWidget>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

struct FigureData {
    QString caption;
    QString value;   // finished text; empty with a reason
    QString detail;  // after the figure, secondary ("10 Oct 2025 ×1.1")
    QString range;   // muted brackets
    Priority priority = Priority::None;
    QString staleAge;
    QString reason;  // instead of a value
};

class FigureView : public QWidget {
    Q_OBJECT
public:
    explicit FigureView(FontRole role = FontRole::FigureLarge, QWidget* parent = nullptr);
    void setData(const FigureData& data);
    [[nodiscard]] const FigureData& data() const { return m_data; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    FigureData m_data;
    FontRole m_role;
};

struct Fact {
    QString name;
    QString value;
    FontRole font = FontRole::MonoBody;  // Body for words
    QString range;
    Priority priority = Priority::None;
    QString staleAge;
    QString reason;
};

class FactList : public QWidget {
    Q_OBJECT
public:
    explicit FactList(QWidget* parent = nullptr);
    void setFacts(const QVector<Fact>& facts);
    [[nodiscard]] const QVector<Fact>& facts() const { return m_facts; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVector<Fact> m_facts;
};

}  // namespace breakwater::widgets
