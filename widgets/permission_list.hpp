#pragma once
// What a breaker level leaves on and what it stops.

#include <QString>
#include <QVector>
#include <QWidget>

namespace breakwater::widgets {

enum class PermissionState : std::uint8_t { On, Blocked };

struct Permission {
    QString text;
    PermissionState state = PermissionState::On;
    QString word;  // "stay on", "blocked", "capped"
};

class PermissionList : public QWidget {
    Q_OBJECT
public:
    explicit PermissionList(QWidget* parent = nullptr);
    void setPermissions(const QVector<Permission>& permissions);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVector<Permission> m_permissions;
};

}  // namespace breakwater::widgets
