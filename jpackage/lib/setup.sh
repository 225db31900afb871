# What this machine needs to run Corral from a checkout: says what is missing and why, and installs it when told to.
# To be sourced after common.sh, hypervisor.sh and java.sh.
# shellcheck shell=bash disable=SC2154  # corral_root, corral_data and others come from common.sh

# name of a Debian package -> why. Filled by plan_packages.
declare -a missing_packages=() reasons=()

distribution() {
    (
        # shellcheck disable=SC1091
        . /etc/os-release 2>/dev/null && printf '%s %s\n' "${ID:-unknown}" "${VERSION_ID:-}"
    ) || printf 'unknown\n'
}

supported_distribution() {
    case $(distribution) in
        'debian 12' | 'debian 13' | 'ubuntu 24.04') have apt-get ;;
        *) return 1 ;;
    esac
}

package_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# need REASON PACKAGE...: each is wanted; "a|b" means the first that is installed, else the first the archive has.
need() {
    local reason=$1 wanted option found any=
    shift
    for wanted in "$@"; do
        found=
        for option in ${wanted//|/ }; do
            if package_installed "$option"; then found=yes; fi
        done
        if [ -z "$found" ]; then
            missing_packages+=("$wanted")
            any="$any ${wanted%%|*}"
        fi
    done
    if [ -n "$any" ]; then reasons+=("packages$any: $reason"); fi
}

# plan_packages run|test
plan_packages() {
    missing_packages=()
    reasons=()
    if ! supported_distribution; then return; fi
    if [ -z "${corral_skip_hypervisor:-}" ]; then
        need "Vagrant and its libvirt provider start the VMs" vagrant vagrant-libvirt
        need "libvirt and QEMU run the VMs" libvirt-daemon-system libvirt-clients qemu-system-x86 qemu-utils dnsmasq-base iptables iproute2 openssh-client procps
        need "the box corral/debian is made of Debian packages with these" mmdebstrap e2fsprogs busybox-static cpio
        case $(distribution) in ubuntu*) need "their keys check Debian's packages" debian-archive-keyring ;; esac
    fi
    need "Maven builds Corral" maven
    need "Python and its venv hold Inspect" python3 python3-venv
    need "the window is drawn with these" 'libgtk-3-0|libgtk-3-0t64' libxtst6 libgl1 libxxf86vm1 libfreetype6 libpangoft2-1.0-0 fonts-dejavu-core
    if [ "$1" = test ]; then
        need "tests use a window without a screen" xvfb openbox
        need "tests log in to a server on this machine" openssh-server
    fi
    if [ -z "$(find_jdk)" ]; then
        if [ -n "$(apt-cache -q madison openjdk-25-jdk 2>/dev/null)" ]; then need "Corral is written in Java 25" openjdk-25-jdk; fi
    fi
}

install_packages() {
    local wanted option chosen=()
    if [ ${#missing_packages[@]} = 0 ]; then return; fi
    as_root apt-get update -qq
    for wanted in "${missing_packages[@]}"; do
        for option in ${wanted//|/ }; do
            if [ -n "$(apt-cache -q madison "$option" 2>/dev/null)" ]; then
                chosen+=("$option")
                break
            fi
        done
    done
    say "Installing ${#chosen[@]} packages and what they need."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${chosen[@]}" >&2
}

has_inspect() {
    [ -x "$1" ] && "$1" -c "import importlib.util, sys; sys.exit(importlib.util.find_spec('inspect_ai') is None)" 2>/dev/null
}

# The Python that Inspect is in: the user's own before ours.
find_python() {
    local candidate inspect_program
    inspect_program=$(command -v inspect 2>/dev/null || true)
    if [ -n "$inspect_program" ]; then inspect_program=$(sed -n '1s/^#! *\([^ ]*python[^ ]*\).*/\1/p' "$inspect_program" 2>/dev/null || true); fi
    for candidate in "${CORRAL_PYTHON:-}" "${VIRTUAL_ENV:+$VIRTUAL_ENV/bin/python}" "$inspect_program" \
        "$(command -v python3 || true)" "$(command -v python || true)" "$corral_data/python/bin/python"; do
        if [ -n "$candidate" ] && has_inspect "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

# make_python DIR PACKAGE...: a Python environment; one that was interrupted half-made is made anew.
make_python() {
    local dir=$1
    shift
    say "Making a Python environment with $* in $dir."
    rm -rf -- "$dir"
    mkdir -p -- "$(dirname -- "$dir")"
    python3 -m venv "$dir"
    "$dir/bin/python" -m pip install -q --disable-pip-version-check "$@" >&2
    touch "$dir/.complete"
}

test_python=$corral_data/test-python

# What is missing besides packages, as lines.
plan_rest() {
    if [ -z "$(find_jdk)" ] && [ -z "$(printf '%s\n' "${missing_packages[@]:-}" | grep openjdk || true)" ]; then
        printf 'a JDK 25 or newer\n'
    fi
    if [ -z "$(find_python)" ]; then printf 'a Python environment with Inspect in %s\n' "$corral_data/python"; fi
    if [ "$1" = test ] && [ ! -e "$test_python/.complete" ]; then printf 'a Python environment with Inspect and pytest in %s\n' "$test_python"; fi
    if [ -n "${corral_skip_hypervisor:-}" ]; then return; fi
    if ! is_root && getent group libvirt >/dev/null && ! id -nG "$(id -un)" | tr ' ' '\n' | grep -qx libvirt; then
        printf 'membership of %s in the group libvirt\n' "$(id -un)"
    fi
    if ! have vagrant || ! "$corral_root/sample-vagrantfiles/box/build" --check >/dev/null 2>&1; then
        printf 'the box corral/debian, built from Debian packages (about two minutes, once)\n'
    fi
    if [ "$(hypervisor_kind)" = none ]; then printf 'libvirt running\n'; fi
}

agree() {
    local answer
    if [ "$1" = yes ]; then return; fi
    if [ ! -t 0 ]; then fail "Add --yes to agree."; fi
    read -r -p "Install and set up all this? [y/N] " answer
    case $answer in [yY]*) ;; *) fail "Nothing was changed." ;; esac
}

# set_up run|test ask|yes|check
set_up() {
    local purpose=$1 mode=$2 rest
    plan_packages "$purpose"
    rest=$(plan_rest "$purpose")
    if [ ${#missing_packages[@]} = 0 ] && [ -z "$rest" ]; then
        if [ "$mode" = check ]; then say "Nothing is missing."; fi
        return
    fi
    say "Corral needs:"
    if [ ${#reasons[@]} -gt 0 ]; then printf '  %s\n' "${reasons[@]}" >&2; fi
    if [ -n "$rest" ]; then printf '%s\n' "$rest" | sed 's/^/  /' >&2; fi
    if [ "$mode" = check ]; then exit 1; fi
    if ! supported_distribution; then
        if ! have vagrant || ! have mvn || ! have python3 || ! have virsh; then
            fail "This is $(distribution), which the set-up does not know. Install Vagrant with vagrant-libvirt, libvirt, QEMU, mmdebstrap," \
                "e2fsprogs, busybox (static), cpio, Maven, Python 3 with venv, GTK 3 and a JDK 25 yourself, then run this again."
        fi
    fi
    agree "$mode"
    install_packages
    if [ -z "$(find_jdk)" ]; then
        fail "Corral needs a JDK 25 or newer, and $(distribution) offers none." \
            "Install one (for instance Temurin 25) below /usr/lib/jvm, or set JAVA_HOME to it, then run this again."
    fi
    if [ -z "$(find_python)" ]; then make_python "$corral_data/python" inspect-ai; fi
    if [ "$purpose" = test ] && [ ! -e "$test_python/.complete" ]; then make_python "$test_python" inspect-ai pytest; fi
    if [ -n "${corral_skip_hypervisor:-}" ]; then return; fi
    if ! is_root && getent group libvirt >/dev/null && ! id -nG "$(id -un)" | tr ' ' '\n' | grep -qx libvirt; then
        as_root usermod -aG libvirt "$(id -un)"
    fi
    "$corral_root/sample-vagrantfiles/box/build"
}
