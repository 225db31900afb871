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
