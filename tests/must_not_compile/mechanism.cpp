// The smallest use of the mechanism; the self-tests in CMakeLists.txt turn it round.
// case 1: metres and seconds cannot be added
struct Metres {};
struct Seconds {};

template <typename Left, typename Right>
void add(Left, Right) {
    static_assert(sizeof(Left) == 0, "metres and seconds cannot be added");
}
inline void add(Metres, Metres) {}

void use() {
    add(Metres{}, Metres{});
#if BW_CASE == 1
    add(Metres{}, Seconds{});
#endif
}
