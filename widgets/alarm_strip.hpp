#pragma once
// The worst alarm first, then the counts and the load on the officer. Not closable.

#include <optional>

#include <QKeySequence>
#include <QTimer>
#include <QWidget>

#include "widgets/kpi_bar.hpp"
#include "widgets/text_run.hpp"

namespace breakwater::widgets {

struct AlarmHead {
    Priority priority = Priority::P1;
    int count = 1;            // alarms of this priority
    QString cause;            // "ETH shock −6.9% in 5 min"
    QString children;         // "412 accounts below maintenance"
    qint64 unackedMs = -1;    // < 0: acknowledged
    qint64 actWithinMs = -1;  // < 0: no limit
};

struct AlarmStripData {
    QString prefix;  // not LIVE: "live alarms", "recorded alarms"; empty: left out
    std::optional<AlarmHead> worst;
    int high = 0;  // not counting the worst when it is HIGH itself
    QString highText;
    int low = 0;
    double in10Min = 0;
    double in10MinLimit = 10;
    bool flood = false;
    int mixP1 = 0;
    int mixP2 = 0;
    int mixP3 = 0;
    int shelved = 0;
    qint64 muteLeftMs = 0;  // 0: sound on
};

class AlarmStrip : public QWidget {
    Q_OBJECT
public:
    explicit AlarmStrip(QWidget* parent = nullptr);
    void setData(const AlarmStripData& data);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void acknowledgeRequested();  // the worst alarm
    void openRequested(Priority priority);
    void shelvedRequested();
    void muteRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Detail : std::uint8_t { Full, NoHighText, NoChildren, NoCaptions };
    void refresh();
    void build(Detail detail);
    [[nodiscard]] int wantedWidth() const;
    void buildWorst(Detail detail);
    void buildLoad(Detail detail);
    void applyMetrics();
    void blink();

    AlarmStripData m_data;
    QTimer m_blink;
    bool m_blinkOn = true;
    RunLabel* m_prefix = nullptr;
    RunButton* m_chip = nullptr;
    RunButton* m_cause = nullptr;
    RunButton* m_ack = nullptr;
    RunButton* m_high = nullptr;
    RunButton* m_low = nullptr;
    RunLabel* m_calm = nullptr;
    RunLabel* m_loadName = nullptr;
    KpiBar* m_load = nullptr;
    RunLabel* m_mix = nullptr;
    RunButton* m_shelved = nullptr;
    RunButton* m_mute = nullptr;
};

}  // namespace breakwater::widgets
