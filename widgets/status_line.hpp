#pragma once
// The foot: what the record knows for certain.

#include <optional>

#include <QString>
#include <QWidget>

#include "widgets/text_run.hpp"

namespace breakwater::widgets {

enum class RecordState : std::uint8_t {
    Recording,    // every act is durable
    Behind,       // the disk is late
    Reserve,      // acts go to the reserve file
    NotRecorded,  // neither can be written
    ReadOnly,     // a record opened for reading
    Halted        // the engine stopped; the record is closed
};

struct StatusLineData {
    RecordState record = RecordState::Recording;
    QString recordPath;
    std::optional<quint64> durableSequence;
    QString digest;                // full hex; shown short
    QString digestOf;              // "at input 1,430,000"; empty: left out
    std::optional<bool> verified;  // nothing: not checked yet
    QString verifiedWord = QStringLiteral("verified");
    QString diskForecast;  // "disk full in 9 d"; empty: left out
    Priority diskPriority = Priority::None;
    double speed = 1;  // shown when not 1
    bool paused = false;
    QString message;  // left: the last answer to an act
    Priority messagePriority = Priority::None;
    QString appearance;  // "Compact 100%"
};

class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);
    void setData(const StatusLineData& data);
    [[nodiscard]] const StatusLineData& data() const { return m_data; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void recordActivated();  // click on the record part

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    StatusLineData m_data;
    RunLabel* m_message = nullptr;
    RunButton* m_record = nullptr;
    RunLabel* m_rest = nullptr;
};

}  // namespace breakwater::widgets
