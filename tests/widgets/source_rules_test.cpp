// Rules that a compiler cannot keep: no colour by value outside the theme, no core header in
// this room, files of a size one can read.

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <gtest/gtest.h>

namespace {

QStringList sourcesOf(const QString& folder) {
    QStringList files;
    QDirIterator it(QStringLiteral(BREAKWATER_SOURCE_DIR) + u'/' + folder,
                    {QStringLiteral("*.hpp"), QStringLiteral("*.cpp")}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext())
        files << it.next();
    return files;
}

QString textOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

TEST(Sources, nameNoColourOutsideTheTheme) {
    const QRegularExpression byValue(QStringLiteral(
        "#[0-9A-Fa-f]{6}\\b|#[0-9A-Fa-f]{3}\\b|\\b0x[0-9A-Fa-f]{8}\\b|QColor\\(\\s*\\d|qRgba?\\(|"
        "fromRgb|"
        "Qt::(white|black|red|green|blue|yellow|cyan|magenta|gray|dark\\w+|light\\w+)\\b"));
    for (const QString& path :
         sourcesOf(QStringLiteral("widgets")) + sourcesOf(QStringLiteral("ui"))) {
        if (path.contains(QStringLiteral("/widgets/theme."))) continue;
        const auto match = byValue.match(textOf(path));
        EXPECT_FALSE(match.hasMatch())
            << path.toStdString() << ": " << match.captured().toStdString();
    }
}

TEST(Sources, ofWidgetsKnowNothingOfTheEngine) {
    const QRegularExpression other(QStringLiteral("#include\\s*\"(core|storage|app|ui)/"));
    for (const QString& path : sourcesOf(QStringLiteral("widgets"))) {
        EXPECT_FALSE(other.match(textOf(path)).hasMatch()) << path.toStdString();
    }
}

TEST(Sources, nameQtChartsInOnePlaceOnly) {
    const QRegularExpression charts(
        QStringLiteral("#include\\s*<Q(Chart|LineSeries|ValueAxis|AreaSeries|Bar\\w+)\\w*>"));
    for (const QString& path :
         sourcesOf(QStringLiteral("widgets")) + sourcesOf(QStringLiteral("ui"))) {
        if (path.contains(QStringLiteral("/widgets/chart_plot."))) continue;
        EXPECT_FALSE(charts.match(textOf(path)).hasMatch()) << path.toStdString();
    }
}

TEST(Sources, ofWidgetsStayShort) {
    for (const QString& path :
         sourcesOf(QStringLiteral("widgets")) + sourcesOf(QStringLiteral("tests/widgets"))) {
        EXPECT_LE(textOf(path).count(u'\n'), 400) << path.toStdString();
    }
}

}  // namespace
