# Shared by the scripts of packaging/ and .ci/; sourced, not run.
# Messages go to standard error, so that a program's own output stays clean.

set -euo pipefail

bw_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# Two checkouts of the same sources share the compiler cache.
export CCACHE_BASEDIR="$bw_root" CCACHE_NOHASHDIR=1
bw_jobs=${BW_JOBS:-$(nproc 2>/dev/null || echo 2)}

bw_say() { printf '%s\n' "$*" >&2; }

bw_die() {
    bw_say "$(basename "$0"): $*"
    exit 1
}

# Packages of the named sections of packaging/apt-packages.txt, one a line.
bw_packages() {
    local section
    for section in "$@"; do
        awk -v want="[$section]" '
            /^\[/ { inside = ($0 == want); found = found || inside; next }
            inside && !/^#/ && NF { print $1 }
            END { exit !found }' "$bw_root/packaging/apt-packages.txt" ||
            bw_die "packaging/apt-packages.txt has no section [$section]"
    done
}

# Of the packages given, those that are not installed.
bw_missing() {
    local installed
    # dpkg-query ends with 1 when it does not know a name; that name is simply missing.
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
        awk '$1 == "installed" { print $2 }') || true
    printf '%s\n' "$@" | grep -vxF -e "${installed:-/}" || true
}

bw_as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        # Without a terminal nobody can type a password: fail at once rather than hang.
        if [ -t 0 ]; then sudo "$@"; else sudo -n "$@"; fi
    else
        return 127
    fi
}

# bw_install SECTION...: installs what is missing of these sections.
bw_install() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        bw_say "This is not a Debian system: nothing is installed. What Breakwater needs stands" \
            "in packaging/apt-packages.txt, under Debian 12's names."
        return 0
    fi
    local packages missing
    packages=$(bw_packages "$@")
    # shellcheck disable=SC2086  # one word a package
    missing=$(bw_missing $packages)
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086
    set -- $missing
    bw_say "Installing $# Debian packages: $*"
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        bw_die "not root and no sudo. As root: apt-get install --no-install-recommends $*"
    fi
    bw_as_root apt-get -q update >&2 ||
        bw_die "apt-get update failed. Needed as root: apt-get install --no-install-recommends $*"
    bw_as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y --no-install-recommends install "$@" >&2 </dev/null ||
        bw_die "apt-get could not install: $*"
}

# Where the real market data lies: BREAKWATER_DATA when set (an empty value means none),
# otherwise beside the tree.
bw_data() {
    local beside="$bw_root/../shared/data"
    if [ -n "${BREAKWATER_DATA+set}" ]; then
        printf '%s' "$BREAKWATER_DATA"
    elif [ -e "$beside/README.md" ]; then
        (cd "$beside" && pwd)
    fi
}

# bw_configure DIR [cmake option]...: Release unless an option says otherwise.
bw_configure() {
    local dir=$1
    shift
    cmake -S "$bw_root" -B "$dir" -G Ninja -DCMAKE_BUILD_TYPE=Release "$@" >&2 ||
        bw_die "configuring $dir failed"
}

# bw_build DIR [TARGET]...
bw_build() {
    local dir=$1
    shift
    local targets=()
    [ $# -eq 0 ] || targets=(--target "$@")
    cmake --build "$dir" -j "$bw_jobs" "${targets[@]}" >&2 || bw_die "building $dir failed"
}

# bw_ctest DIR [ctest option]...: runs the tests; the last line printed is "N passed, N failed".
bw_ctest() {
    local dir=$1 log status=0
    shift
    log=$(mktemp)
    ctest --test-dir "$dir" --output-on-failure --no-tests=error -j "$bw_jobs" "$@" \
        </dev/null 2>&1 | tee "$log" || status=$?
    local failed total skipped
    failed=$(sed -n 's/.*tests passed, \([0-9]*\) tests* failed out of [0-9]*$/\1/p' "$log" | tail -n 1)
    total=$(sed -n 's/.*tests passed, [0-9]* tests* failed out of \([0-9]*\)$/\1/p' "$log" | tail -n 1)
    # ctest calls a skipped test passed; here it is named, and counts as neither.
    skipped=$(grep -c '\*\*\*Skipped' "$log" || true)
    rm -f "$log"
    if [ -z "$total" ]; then # ctest itself gave up before the first test
        echo "0 passed, 1 failed"
        return 1
    fi
    [ "$skipped" -eq 0 ] || echo "$skipped skipped"
    echo "$((total - failed - skipped)) passed, $failed failed"
    return "$status"
}

# The last text field of this name in the JSON on standard input.
bw_json_field() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" | tail -n 1; }
