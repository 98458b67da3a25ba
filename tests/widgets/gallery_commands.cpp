#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include "gallery.hpp"
#include "widgets/alarm_card.hpp"
#include "widgets/chip.hpp"
#include "widgets/empty_state.hpp"
#include "widgets/hold_button.hpp"
#include "widgets/level_picker.hpp"
#include "widgets/panel_frame.hpp"
#include "widgets/permission_list.hpp"
#include "widgets/pick_box.hpp"
#include "widgets/range_bar.hpp"
#include "widgets/step_track.hpp"
#include "widgets/toast.hpp"

using namespace breakwater::widgets;

namespace gallery {
namespace {

std::unique_ptr<QWidget> arm() {
    auto frame = std::make_unique<PanelFrame>(QStringLiteral("Arm"));
    frame->setNumber(1);
    frame->setCaption(QStringLiteral("does nothing yet"));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    auto* scope = new PickBox(QStringLiteral("scope"));
    scope->addItem(QStringLiteral("ETH-PERP and 14 ETH options"));
    auto* picker = new LevelPicker;
    picker->setChoices(
        {{QStringLiteral("normal"), {}},
         {QStringLiteral("tighten"), {}},
         {QStringLiteral("restrict"), {}},
         {QStringLiteral("auction"), QStringLiteral("this venue has no call auction")},
         {QStringLiteral("stop"), {}}});
    picker->setLevel(2);
    auto* list = new PermissionList;
    list->setPermissions(
        {{QStringLiteral("Reducing orders, cancels, deposits"), PermissionState::On,
          QStringLiteral("stay on")},
         {QStringLiteral("Liquidations"), PermissionState::On, QStringLiteral("stay on")},
         {QStringLiteral("New risk, takers"), PermissionState::Blocked, QStringLiteral("blocked")},
         {QStringLiteral("Funding"), PermissionState::Blocked, QStringLiteral("capped")}});
    column->addWidget(scope);
    column->addWidget(picker);
    column->addWidget(list);
    column->addStretch(1);
    frame->setContent(content);
    return frame;
}

std::unique_ptr<QWidget> rehearse() {
    auto frame = std::make_unique<PanelFrame>(QStringLiteral("Rehearse"));
    frame->setNumber(2);
    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    auto* now = new RangeBar;
    now->setData({QStringLiteral("fund loss"),
                  0,
                  12,
                  1.1,
                  1.9,
                  3.0,
                  QStringLiteral("1.9"),
                  QStringLiteral("(1.1–3.0)"),
                  {}});
    auto* exact = new RangeBar;
    exact->setData({QStringLiteral("ADL"), 0, 12, {}, 0.0, {}, QStringLiteral("0"), {}, {}});
    auto* none = new RangeBar;
    none->setData(
        {QStringLiteral("never"), 0, 12, {}, {}, {}, {}, {}, QStringLiteral("not rehearsed")});
    for (RangeBar* bar : {now, exact, none})
        row->addWidget(bar);
    frame->setContent(content);
    return frame;
}

std::unique_ptr<QWidget> commit() {
    auto frame = std::make_unique<PanelFrame>(QStringLiteral("Commit"));
    frame->setNumber(3);
    frame->setCaption(QStringLiteral("tracked until the venue is seen to obey"));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    auto* code = new QLineEdit(QStringLiteral("ETH"));
    code->setAccessibleName(QStringLiteral("code of the scope"));
    auto* hold = new HoldButton(QStringLiteral("Hold F12 to trip L2 on ETH"));
    hold->setObjectName(QStringLiteral("hold"));
    auto* locked = new HoldButton(QStringLiteral("Hold F12 to release"));
    locked->setDisabledReason(QStringLiteral("Locked: pyth ETH is 12 s old"));
    auto* disarm = new ActionButton(QStringLiteral("Disarm"), QKeySequence(Qt::Key_Escape));
    row->addWidget(code);
    row->addWidget(hold, 1);
    row->addWidget(locked, 1);
    row->addWidget(disarm);
    auto* track = new StepTrack;
    track->setSteps(
        {{QStringLiteral("Armed"), QStringLiteral("21:18:04.1"), {}, StepState::Done},
         {QStringLiteral("Rehearsed"), QStringLiteral("21:18:05.7"), {}, StepState::Done},
         {QStringLiteral("Commanded"), {}, {}, StepState::Running},
         {QStringLiteral("Sent"), {}, QStringLiteral("limit 0.1 s"), StepState::Pending},
         {QStringLiteral("Accepted by venue"), QStringLiteral("1.4 s"), QStringLiteral("limit 1 s"),
          StepState::Late},
         {QStringLiteral("Observed effective"),
          {},
          QStringLiteral("limit 3 s"),
          StepState::Pending}});
    column->addLayout(row);
    column->addWidget(track);
    column->addStretch(1);
    frame->setContent(content);
    return frame;
}

AlarmCardData card(Priority priority) {
    AlarmCardData data;
    data.id = QStringLiteral("a-1");
    data.priority = priority;
    data.title = QStringLiteral("ETH shock −6.9% in 5 min");
    data.effect = QStringLiteral("412 accounts below maintenance, 7.9M short");
    data.ifLeft = QStringLiteral("fund loses 4.4M (2–9) in 10 min");
    data.todo = QStringLiteral("rehearse L2 restrict on ETH; slow oracle first");
    data.timeLeftMs = 46'000;
    data.timeAllowedMs = 60'000;
    data.instantText = QStringLiteral("21:16:40");
    if (priority == Priority::P1) {
        data.current = true;
        data.actions = {
            {QStringLiteral("open"), QStringLiteral("Open breakers"), QKeySequence(Qt::Key_B), {}},
            {QStringLiteral("ack"), QStringLiteral("Acknowledge"), QKeySequence(Qt::Key_F8), {}}};
    }
    return data;
}

std::unique_ptr<QWidget> actFirst() {
    auto frame = std::make_unique<PanelFrame>(QStringLiteral("Act first"));
    frame->setCaption(QStringLiteral("first-out order, grouped by cause"));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (const Priority priority : {Priority::P1, Priority::P2}) {
        auto* each = new AlarmCard;
        each->setData(card(priority));
        column->addWidget(each);
    }
    auto* row = new AlarmRow;
    row->setData(card(Priority::P3));
    column->addWidget(row);
    column->addStretch(1);
    frame->setContent(content, PanelPadding::None);
    return frame;
}

std::unique_ptr<QWidget> chips() {
    auto widget = std::make_unique<QWidget>();
    auto* row = new QHBoxLayout(widget.get());
    auto* on = new Chip(QStringLiteral("In danger"));
    on->setChecked(true);
    row->addWidget(on);
    row->addWidget(new Chip(QStringLiteral("Below maintenance")));
    row->addWidget(
        new ActionButton(QStringLiteral("Export"), QKeySequence(QStringLiteral("Ctrl+E"))));
    auto* primary = new ActionButton(QStringLiteral("Return to LIVE"),
                                     QKeySequence(QStringLiteral("Esc, Esc")));
    primary->setRole(ButtonRole::Primary);
    row->addWidget(primary);
    auto* off = new ActionButton(QStringLiteral("Release SOL, staged"));
    off->setDisabledReason(QStringLiteral("needs a second officer"));
    row->addWidget(off);
    row->addStretch(1);
    return widget;
}

std::unique_ptr<QWidget> empty(EmptyKind kind) {
    auto widget = std::make_unique<EmptyState>();
    EmptyStateData data;
    data.kind = kind;
    data.what = QStringLiteral("No liquidations in the last 24 h");
    data.why = QStringLiteral("Last: 2026-11-21 08:14Z.");
    data.actionText = QStringLiteral("Open replay");
    if (kind == EmptyKind::Error) {
        data.what = QStringLiteral("The rehearsal stopped");
        data.why = QStringLiteral("Figures that need no model still stand. The engine runs.");
        data.code = QStringLiteral("BW-2041");
        data.actionText = QStringLiteral("Run again");
        data.keys = QKeySequence(Qt::Key_F5);
    }
    widget->setData(data);
    return widget;
}

std::unique_ptr<QWidget> toasts() {
    auto widget = std::make_unique<QWidget>();
    auto* host = new ToastHost(widget.get(), 0);
    host->show({QStringLiteral("a"), Priority::None,
                QStringLiteral("Record exported to /home/officer/eth.csv"),
                QStringLiteral("Show folder"), 600'000});
    host->show({QStringLiteral("b"),
                Priority::P3,
                QStringLiteral("Keeper k-04 answers again after 41 s."),
                {},
                600'000});
    return widget;
}

}  // namespace

std::vector<Piece> commands() {
    std::vector<Piece> pieces;
    pieces.push_back({QStringLiteral("arm"), arm(), {400, 280}});
    pieces.push_back({QStringLiteral("rehearse"), rehearse(), {560, 90}});
    pieces.push_back({QStringLiteral("commit"), commit(), {1240, 170}});
    pieces.push_back({QStringLiteral("act_first"), actFirst(), {365, 380}});
    pieces.push_back({QStringLiteral("chips"), chips(), {760, 44}});
    pieces.push_back({QStringLiteral("empty"), empty(EmptyKind::None), {400, 130}});
    pieces.push_back({QStringLiteral("error"), empty(EmptyKind::Error), {400, 160}});
    pieces.push_back({QStringLiteral("toasts"), toasts(), {360, 180}});
    return pieces;
}

}  // namespace gallery
