# Shared by every script in this folder: messages, places of our files, and root when it is needed.
# To be sourced by bash with `set -euo pipefail`; prints to stderr only, so that a caller's stdout stays its own.
# shellcheck shell=bash

corral_root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
export corral_root

# cron, containers and `sudo env -i` may leave these unset; every place below hangs on them.
USER=${USER:-$(id -un)}
HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
export USER HOME
# Debian keeps daemons and `ip` in sbin folders, which an ordinary user's PATH lacks.
case ":$PATH:" in
    *:/usr/sbin:*) ;;
    *) export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" ;;
esac

corral_cache=${XDG_CACHE_HOME:-$HOME/.cache}/corral
corral_data=${XDG_DATA_HOME:-$HOME/.local/share}/corral
export corral_cache corral_data

say() { printf '%s\n' "$*" >&2; }

# A failure the person can mend: plain sentences, no trace.
fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

have() { command -v -- "$1" >/dev/null 2>&1; }

is_root() { [ "$(id -u)" = 0 ]; }

# Runs a command as root. Asks through sudo where we are not root.
as_root() {
    if is_root; then
        "$@"
    elif have sudo; then
        sudo -- "$@"
    else
        fail "This step needs root: $*" "Install sudo, or run the same command as root once."
    fi
}

# Milliseconds since some fixed point, for step times.
now_ms() { local t=${EPOCHREALTIME/[.,]/}; printf '%s\n' "$((t / 1000))"; }

# seconds_since MS: "3.2"
seconds_since() {
    local ms=$(($(now_ms) - $1))
    printf '%d.%d' "$((ms / 1000))" "$(((ms % 1000) / 100))"
}

# step TITLE LOG CMD...: runs CMD with its output in LOG and shows elapsed time meanwhile: in place on a terminal, a line
# every 20 seconds elsewhere. When CMD fails, the end of LOG is shown and step returns CMD's exit code.
# The running CMD's pid is in step_pid, for traps.
step_pid=
step() {
    local title=$1 log=$2 began code=0 shown=0
    shift 2
    began=$(now_ms)
    "$@" >>"$log" 2>&1 </dev/null &
    step_pid=$!
    while kill -0 "$step_pid" 2>/dev/null; do
        if [ -t 2 ]; then
            printf '\r  %s ... %s s ' "$title" "$(seconds_since "$began")" >&2
        elif (($(now_ms) - began > (shown + 1) * 20000)); then
            shown=$((shown + 1))
            say "  $title ... $(seconds_since "$began") s"
        fi
        sleep 0.2
    done
    wait "$step_pid" || code=$?
    step_pid=
    if [ -t 2 ]; then printf '\r' >&2; fi
    if [ "$code" = 0 ]; then
        say "  $title: $(seconds_since "$began") s"
    else
        tail -n 25 "$log" >&2
        say "  $title failed after $(seconds_since "$began") s; the lines above are the last of its messages."
    fi
    return "$code"
}
