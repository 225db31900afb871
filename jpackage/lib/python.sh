# The Python that has Inspect: the user's own where there is one, else an environment of ours. To be sourced after common.sh.
# shellcheck shell=bash disable=SC2154  # corral_data comes from common.sh

own_python=$corral_data/python/bin/python

# Looking the module up is enough; importing it takes a second.
has_inspect() {
    [ -x "$1" ] && "$1" -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("inspect_ai") is None)' 2>/dev/null
}

# Prints the interpreter to use. The order is the application's own (CORRAL_PYTHON, active environment, `inspect` and
# `python3` on the PATH, ours). Fails if none has Inspect.
find_inspect() {
    local script first candidate
    if [ -n "${CORRAL_PYTHON:-}" ]; then
        has_inspect "$CORRAL_PYTHON" && printf '%s\n' "$CORRAL_PYTHON"
        return
    fi
    if [ -n "${VIRTUAL_ENV:-}" ] && has_inspect "$VIRTUAL_ENV/bin/python"; then
        printf '%s\n' "$VIRTUAL_ENV/bin/python"
        return
    fi
    if script=$(command -v inspect); then
        IFS= read -r first <"$script" || first=
        candidate=${first#\#!}
        candidate=${candidate%% *}
        case $(basename -- "$candidate") in
            python*)
                if has_inspect "$candidate"; then
                    printf '%s\n' "$candidate"
                    return
                fi
                ;;
        esac
    fi
    if candidate=$(command -v python3) && has_inspect "$candidate"; then
        printf '%s\n' "$candidate"
        return
    fi
    has_inspect "$own_python" && printf '%s\n' "$own_python"
}

# A Python of the system that Inspect runs on and that can make environments.
base_python() {
    local name path
    for name in python3 /usr/bin/python3 python3.13 python3.12 python3.11; do
        if path=$(command -v "$name") && "$path" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$path"
            return
        fi
    done
    fail "Inspect needs Python 3.11 or newer with the module venv, and none was found." \
        "On Debian and Ubuntu the package is python3-venv. CORRAL_PYTHON may name an interpreter that has Inspect."
}

# new_environment FOLDER PACKAGE...: whole or not at all. Its scripts name the place they were made in, so it is made there;
# a mark that is written last tells a finished one from one that was cut off.
new_environment() {
    local folder=$1 base log
    shift
    base=$(base_python)
    rm -rf "$folder"
    mkdir -p "$(dirname "$folder")"
    log=$(mktemp "${TMPDIR:-/tmp}/corral-python.XXXXXXXX")
    if ! { step 'environment' "$log" "$base" -m venv "$folder" && step "$*" "$log" "$folder/bin/python" -m pip install -q "$@"; }; then
        rm -rf "$folder"
        fail "The Python environment could not be made; its messages are above and in $log."
    fi
    rm -f "$log"
    : >"$folder/.complete"
}

ensure_inspect() {
    if [ -n "${CORRAL_PYTHON:-}" ] && ! has_inspect "$CORRAL_PYTHON"; then
        fail "CORRAL_PYTHON names a Python without Inspect: $CORRAL_PYTHON" "Install it there, or unset CORRAL_PYTHON."
    fi
    local folder=${own_python%/bin/python}
    if [ -d "$folder" ] && [ ! -e "$folder/.complete" ]; then
        # Cut off in the middle, or made by hand: only a real import tells.
        if "$own_python" -c 'import inspect_ai' 2>/dev/null; then
            : >"$folder/.complete"
        else
            say "An earlier attempt to make Corral's Python environment was cut off; making it anew."
            rm -rf "$folder"
        fi
    fi
    if find_inspect >/dev/null; then return; fi
    say "Making a Python environment for Inspect in $folder: no Python on this machine has it."
    new_environment "$folder" inspect-ai
}

# Inspect runs on Trio as well; the types of that are looked at.
test_tools=(pytest pytest-rerunfailures pexpect ruff mypy trio)

has_test_tools() { "$1" -c 'import pytest, pytest_rerunfailures, anyio, pexpect, ruff, mypy, trio' 2>/dev/null; }

# Prints the interpreter for Corral's own Python tests: one that has Inspect and what tests need. A user's environment is never
# installed into; where it lacks something of that, a second environment of ours is used.
test_python() {
    local python tests=$corral_data/test-python
    python=$(find_inspect)
    if has_test_tools "$python"; then
        printf '%s\n' "$python"
    elif [ "$python" = "$own_python" ]; then
        "$python" -m pip install -q "${test_tools[@]}" >&2
        printf '%s\n' "$python"
    else
        if [ ! -e "$tests/.complete" ] || ! has_test_tools "$tests/bin/python"; then
            say "Making a Python environment for the tests in $tests: the one with Inspect lacks some of ${test_tools[*]}."
            new_environment "$tests" inspect-ai "${test_tools[@]}"
        fi
        printf '%s\n' "$tests/bin/python"
    fi
}

# Prints the interpreter of an environment with nothing in it but the plugin's wheel and what that asks for: what people
# get from pip. Made anew when the sources are newer.
wheel_python() {
    local folder=$corral_root/target/wheel-env
    if [ ! -e "$folder/.complete" ] || newer_than "$folder/.complete" "$corral_root/pom.xml" "$corral_root/src/main"; then
        say "Building the plugin's wheel and installing it into a fresh environment."
        new_environment "$folder" "$corral_root/src/main/python"
    fi
    printf '%s\n' "$folder/bin/python"
}
