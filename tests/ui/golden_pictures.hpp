// Pictures that a test compares with, kept small: half size, grey. Rewritten when
// BREAKWATER_REWRITE_GOLDEN=1; then look at what changed before it is kept.
#pragma once

#include <cstdlib>

#include <QDir>
#include <QFile>
#include <QImage>
#include <QString>

namespace breakwater::ui::test {

inline constexpr int kBlock = 8;      // of the kept picture: 16 px of the screen
inline constexpr int kFarApart = 14;  // of 255, mean over a block: other words, not other dots
inline constexpr int kBlocksThatMayDiffer = 2;

inline QImage asKept(const QImage& screen) {
    return screen
        .scaled(screen.width() / 2, screen.height() / 2, Qt::IgnoreAspectRatio,
                Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_Grayscale8);
}

// Blocks whose mean difference is more than another smoothing of the same letters gives. A word
// that is clipped, moved by a few pixels or written over another one changes several.
inline int differingBlocks(const QImage& a, const QImage& b) {
    if (a.size() != b.size()) return a.width() * a.height();
    int differing = 0;
    for (int top = 0; top < a.height(); top += kBlock) {
        for (int left = 0; left < a.width(); left += kBlock) {
            const int bottom = std::min(top + kBlock, a.height());
            const int right = std::min(left + kBlock, a.width());
            int sum = 0;
            for (int y = top; y < bottom; ++y) {
                const uchar* one = a.constScanLine(y);
                const uchar* other = b.constScanLine(y);
                for (int x = left; x < right; ++x)
                    sum += std::abs(one[x] - other[x]);
            }
            if (sum > kFarApart * (bottom - top) * (right - left)) ++differing;
        }
    }
    return differing;
}

inline bool rewritesPictures() {
    const char* wish = std::getenv("BREAKWATER_REWRITE_GOLDEN");
    return wish != nullptr && QByteArray(wish) == "1";
}

inline QString goldenPath(const QString& name) {
    return QStringLiteral(BREAKWATER_SOURCE_DIR "/tests/ui/golden/%1.png").arg(name);
}

}  // namespace breakwater::ui::test
