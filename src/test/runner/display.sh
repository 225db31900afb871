# Displays without a screen, for tests and measurements. To be sourced after common.sh.
# shellcheck shell=bash

display_pids=()

# new_display: starts an X server with a window manager on a free display and sets display to it. Each test process has
# one of its own: windows of two would take each other's focus and pointer.
new_display() {
    local file tries
    have Xvfb || fail "Opening a window without a screen needs Xvfb."
    file=$(mktemp "${TMPDIR:-/tmp}/corral-display.XXXXXXXX")
    Xvfb -displayfd 6 -screen 0 1600x1000x24 -nolisten tcp -noreset 6>"$file" >/dev/null 2>&1 </dev/null &
    display_pids+=("$!")
    for ((tries = 0; tries < 150; tries++)); do
        if [ -s "$file" ]; then break; fi
        sleep 0.1
    done
    display=$(tr -d '[:space:]' <"$file")
    rm -f "$file"
    [ -n "$display" ] || fail "Xvfb did not start within 15 seconds. Run Xvfb by hand to see why."
    display=:$display
    if have openbox; then
        DISPLAY=$display openbox --sm-disable >/dev/null 2>&1 </dev/null &
        display_pids+=("$!")
    fi
}

stop_displays() {
    local pid
    for pid in ${display_pids[@]+"${display_pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
    display_pids=()
}
