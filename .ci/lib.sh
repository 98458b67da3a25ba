# Shared by .ci/run and .ci/long: a clean checkout, steps with their minutes, one closing line.
# shellcheck source=../packaging/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../packaging/lib.sh"

ci_passed=0
ci_failed=0
ci_started=$SECONDS
ci_log=$(mktemp)
trap 'rm -f "$ci_log"' EXIT

# ci_checkout PLACE [--here]: the committed tree in an empty directory, so that a file nobody
# added to git is missed here and not by the next person. --here takes the working tree's files
# that git knows or would add.
ci_checkout() {
    local place=$1
    mkdir -p "$(dirname "$place")"
    exec 9>"$place.lock"
    flock -n 9 || bw_die "another run is using $place"
    # The builds inside are kept from run to run only through ccache: what is tested is clean.
    rm -rf "$place"
    mkdir -p "$place"
    if [ "${2:-}" = --here ]; then
        (cd "$bw_root" && git ls-files -co --exclude-standard -z |
            while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done |
            tar -c --null -T -) | tar -x -C "$place"
    else
        git -C "$bw_root" archive HEAD | tar -x -C "$place" ||
            bw_die "there is no commit to check out (--here takes the working tree)"
        [ -z "$(git -C "$bw_root" status --porcelain)" ] ||
            echo "Note: this tests the last commit; changes not committed are left out (--here takes them)."
    fi
}

ci_minutes() { awk -v s="$1" 'BEGIN { printf "%.1f", s / 60 }'; }

# ci_step KIND LIMIT NAME COMMAND...: runs the command, LIMIT minutes at most. KIND `tests` adds
# the counts of the command's own "N passed, N failed"; KIND `check` counts as one.
ci_step() {
    local kind=$1 limit=$2 name=$3 begun=$SECONDS status=0 passed failed closing
    shift 3
    echo
    echo "=== $name"
    timeout -k 20 "${limit}m" "$@" </dev/null 2>&1 | tee "$ci_log" || status=$?
    [ "$status" -ne 124 ] || echo "--- stopped after $limit minutes"
    passed=0
    failed=0
    closing=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$ci_log" | tail -n 1 || true)
    if [ "$kind" = tests ] && [ -n "$closing" ]; then
        passed=${closing%% passed*}
        failed=${closing#*, }
        failed=${failed%% failed*}
        # Tests that pass in a command that fails: something around them broke.
        [ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
    elif [ "$status" -eq 0 ] && [ "$kind" = check ]; then
        passed=1
    else
        failed=1
    fi
    ci_passed=$((ci_passed + passed))
    ci_failed=$((ci_failed + failed))
    echo "--- $name: $passed passed, $failed failed, $(ci_minutes $((SECONDS - begun))) min"
}

# ci_close BUDGET: the closing lines; the last one is read by machines.
ci_close() {
    local spent=$((SECONDS - ci_started))
    echo
    echo "$(ci_minutes "$spent") of $1 minutes"
    [ "$spent" -le $(($1 * 60)) ] || echo "OVER BUDGET"
    echo "$ci_passed passed, $ci_failed failed"
    [ "$ci_failed" -eq 0 ]
}
