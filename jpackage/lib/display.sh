# Displays without a screen for tests, and running things where guests can be reached without replacing this shell.
# To be sourced after hypervisor.sh.
# shellcheck shell=bash

declare -a display_pids=()

# Starts an X server on a free display with a window manager, and sets DISPLAY. Each test process has its own: two
# would fight for the one pointer.
start_display() {
    local number_file number=
    number_file=$(mktemp)
    Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$number_file" >/dev/null 2>&1 &
    display_pids+=($!)
    for _ in $(seq 100); do
        number=$(tr -d '[:space:]' <"$number_file")
        if [ -n "$number" ]; then break; fi
        sleep 0.1
    done
    rm -f "$number_file"
    [ -n "$number" ] || fail "Xvfb did not start." "Run Xvfb by hand to see why."
    export DISPLAY=:$number
    unset WAYLAND_DISPLAY
    if have openbox; then
        openbox >/dev/null 2>&1 &
        display_pids+=($!)
    fi
}

stop_displays() {
    if [ ${#display_pids[@]} -gt 0 ]; then kill "${display_pids[@]}" 2>/dev/null || true; fi
    display_pids=()
}

lab_run() { (exec_with_guests "$@"); }
