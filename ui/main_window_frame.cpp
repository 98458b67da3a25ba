#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/alarm_list.hpp"
#include "ui/banner.hpp"
#include "ui/keys_overlay.hpp"
#include "ui/main_window.hpp"
#include "ui/screen_catalogue.hpp"
#include "widgets/empty_state.hpp"
#include "widgets/mode_frame.hpp"
#include "widgets/nav_rail.hpp"
#include "widgets/toast.hpp"

namespace breakwater::ui {
namespace {

// The rail's ground goes on below its last entry.
class RailGround : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override {
        const widgets::Theme& theme = widgets::Theme::current();
        QPainter painter(this);
        painter.fillRect(rect(), theme.color(widgets::Token::Sunken));
        painter.fillRect(QRect(width() - 1, 0, 1, height()), theme.color(widgets::Token::Line));
    }
};

}  // namespace

void MainWindow::buildFrame() {
    auto* central = new QWidget(this);
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_modeBar = new widgets::ModeBar(central);
    m_alarmStrip = new widgets::AlarmStrip(central);
    m_dataStrip = new widgets::DataStrip(central);
    m_statusLine = new widgets::StatusLine(central);
    column->addWidget(m_modeBar);
    column->addWidget(m_alarmStrip);
    column->addWidget(m_dataStrip);
    column->addWidget(buildMiddle(), 1);
    column->addWidget(buildTimeRow(central));
    column->addWidget(m_statusLine);
    setCentralWidget(central);
    m_toasts = new widgets::ToastHost(this);
}

QWidget* MainWindow::buildMiddle() {
    auto* middle = new QWidget(this);
    auto* row = new QHBoxLayout(middle);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(buildRail());
    m_area = new QWidget(middle);
    auto* column = new QVBoxLayout(m_area);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_haltBanner = new Banner(m_area);
    m_recordBanner = new Banner(m_area);
    m_frozenBanner = new Banner(m_area);
    m_pastBanner = new Banner(m_area);
    m_stack = new QStackedWidget(m_area);
    for (QWidget* part :
         {static_cast<QWidget*>(m_haltBanner), static_cast<QWidget*>(m_recordBanner),
          static_cast<QWidget*>(m_frozenBanner), static_cast<QWidget*>(m_pastBanner)}) {
        column->addWidget(part);
    }
    column->addWidget(m_stack, 1);
    m_starting = new widgets::EmptyState(m_stack);
    m_starting->setData(
        {widgets::EmptyKind::None,
         QStringLiteral("The venue is opening"),
         QStringLiteral(
             "Accounts, markets and the first prices are being loaded. The first figures "
             "appear within seconds."),
         {},
         {},
         {},
         {}});
    m_stack->addWidget(m_starting);
    m_modeFrame = new widgets::ModeFrame(m_area);
    m_alarmList = new AlarmList(*m_area);
    m_keys = new KeysOverlay(*m_area);
    row->addWidget(m_area, 1);
    return middle;
}

QWidget* MainWindow::buildRail() {
    auto* side = new RailGround(this);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_rail = new widgets::NavRail(side);
    QVector<widgets::NavEntry> entries;
    for (const ScreenEntry& entry : screenCatalogue()) {
        entries.append({QString::fromUtf8(entry.id), QString::fromUtf8(entry.title), entry.icon,
                        QString::fromUtf8(entry.corner), QString::fromUtf8(entry.shortcut)});
    }
    m_rail->setEntries(entries);
    m_viewButton = new widgets::RunButton(side);
    m_viewButton->setRuns({widgets::Run::body(QStringLiteral("View"))});
    m_viewButton->setText(QStringLiteral("View"));
    m_viewButton->setAccessibleName(QStringLiteral("View menu"));
    m_viewButton->setToolTip(QStringLiteral("Theme, density, zoom (Alt+V)"));
    column->addWidget(m_rail, 1);
    column->addWidget(m_viewButton, 0, Qt::AlignHCenter);
    return side;
}

void MainWindow::buildScreens() {
    for (const ScreenEntry& entry : screenCatalogue()) {
        Screen* screen = entry.make(m_context);
        screen->setObjectName(QString::fromUtf8(entry.id));
        screen->setAccessibleName(QString::fromUtf8(entry.title));
        m_stack->addWidget(screen);
        m_screens[QString::fromUtf8(entry.id)] = screen;
        connectScreen(*screen);
    }
}

void MainWindow::connectScreen(Screen& screen) {
    connect(&screen, &Screen::targetRequested, this, &MainWindow::openTarget);
    connect(&screen, &Screen::acknowledgeRequested, this, &MainWindow::acknowledgeAlarm);
    connect(&screen, &Screen::liveRequested, this, &MainWindow::thaw);
    connect(&screen, &Screen::commandSent, this, [this](const QString& words) { say(words); });
}

void MainWindow::connectFrame() {
    connect(m_rail, &widgets::NavRail::selected, this, &MainWindow::openScreen);
    connect(m_modeBar, &widgets::ModeBar::pauseToggled, this, [this](bool pause) {
        m_desk.setPaused(pause);
        refreshNow();
    });
    connect(m_modeBar, &widgets::ModeBar::stepRequested, this, [this] { m_desk.step(); });
    connect(m_modeBar, &widgets::ModeBar::speedRequested, this, [this](double factor) {
        m_desk.setSpeed(factor);
        refreshNow();
    });
    connect(m_alarmStrip, &widgets::AlarmStrip::acknowledgeRequested, this,
            &MainWindow::acknowledge);
    connect(m_alarmStrip, &widgets::AlarmStrip::openRequested, this, [this] {
        m_alarmList->open();
        refreshNow();
    });
    connect(m_alarmStrip, &widgets::AlarmStrip::muteRequested, this, [this] {
        say(QStringLiteral("This version makes no sound; there is nothing to mute."));
    });
    connect(m_alarmStrip, &widgets::AlarmStrip::shelvedRequested, this,
            [this] { say(QStringLiteral("This version shelves no alarms.")); });
    connect(m_viewButton, &QAbstractButton::clicked, this, [this] {
        m_viewMenu->popup(m_viewButton->mapToGlobal(QPoint(m_viewButton->width(), 0)));
    });
}

}  // namespace breakwater::ui
