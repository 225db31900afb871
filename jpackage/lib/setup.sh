# Set-up, shared by run and test: finds out what is missing, says it, installs it. To be sourced after common.sh, java.sh,
# hypervisor.sh and python.sh.
# shellcheck shell=bash disable=SC2154  # corral_* come from common.sh

missing_packages=()
missing_reasons=()
# Lines for --check, and for people on other systems.
problems=()

distribution() {
    # shellcheck disable=SC1091
    (. /etc/os-release 2>/dev/null && printf '%s %s\n' "${ID:-unknown}" "${VERSION_ID:-}") || printf 'unknown\n'
}

supported_distribution() {
    case $(distribution) in
        'debian 12' | 'debian 13' | 'ubuntu 24.04') return 0 ;;
        *) return 1 ;;
    esac
}

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# (Never `grep -q` behind a pipe: it leaves early, the writer dies of it, and pipefail calls that a no.)
offered() { apt-cache policy "$1" 2>/dev/null | grep 'Candidate: [^(]' >/dev/null; }

# need REASON PACKAGE[|PACKAGE]...: of alternatives one is enough; the first that the distribution offers is taken.
need() {
    local reason=$1 words alternatives name chosen wanted=()
    shift
    for words in "$@"; do
        IFS='|' read -ra alternatives <<<"$words"
        chosen=
        for name in "${alternatives[@]}"; do
            if installed "$name"; then continue 2; fi
            if [ -z "$chosen" ] && { [ "${#alternatives[@]}" = 1 ] || offered "$name"; }; then chosen=$name; fi
        done
        wanted+=("${chosen:-${alternatives[0]}}")
    done
    if [ "${#wanted[@]}" -gt 0 ]; then
        missing_packages+=("${wanted[@]}")
        missing_reasons+=("$reason: ${wanted[*]}")
    fi
}

# A Vagrant from elsewhere, with its libvirt plugin, is as good as the distribution's.
own_vagrant() {
    have vagrant && ! installed vagrant && grep -qs '"vagrant-libvirt"' "${VAGRANT_HOME:-$HOME/.vagrant.d}/plugins.json"
}

# find_missing PURPOSE: fills missing_packages; PURPOSE is `run` or `test`.
find_missing() {
    local purpose=$1
    missing_packages=() missing_reasons=()
    if ! own_vagrant; then need 'to start VMs' vagrant vagrant-libvirt; fi
    need 'to run VMs' libvirt-daemon-system libvirt-clients qemu-system-x86 qemu-utils dnsmasq-base iptables iproute2 openssh-client procps
    need 'to build the small guest of the samples' mmdebstrap e2fsprogs cpio xz-utils zstd debian-archive-keyring
    if ! find_jdk >/dev/null; then need 'Corral is written in Java 25' openjdk-25-jdk; fi
    need 'to build Corral' maven
    if ! find_inspect >/dev/null; then need 'for Inspect, in an environment of its own' python3 python3-venv; fi
    if [ "$purpose" = test ] || [ -n "${DISPLAY:-}" ]; then
        need 'to draw the window' 'libgtk-3-0t64|libgtk-3-0' libxtst6 libgl1 libxxf86vm1 libfreetype6 libpangoft2-1.0-0 fontconfig fonts-dejavu-core
    fi
    if [ "$purpose" = test ]; then
        need 'tests open the window on a display of their own, log in to an SSH server of their own, and change users there' \
            xvfb openbox openssh-server sudo
    fi
}

in_libvirt_group() { is_root || id -nG "$(id -un)" | tr ' ' '\n' | grep -x libvirt >/dev/null; }

# What is missing besides packages, one sentence each.
find_problems() {
    problems=()
    if ! in_libvirt_group; then problems+=("You are not in the group libvirt, whose members may use VMs."); fi
    if have virsh && ! libvirt_ready && [ "$(hypervisor_kind)" = none ]; then problems+=("libvirt is not running."); fi
    if kvm_access_wrong; then problems+=("/dev/kvm is closed to QEMU's user, which makes every start slow."); fi
    if ! box_present; then problems+=("The box corral/debian is not built."); fi
    if ! find_inspect >/dev/null; then problems+=("No Python with Inspect was found."); fi
    if ! find_jdk >/dev/null; then
        problems+=("No JDK 25 was found.")
    elif app_is_stale; then
        problems+=("Corral is not built.")
    fi
}

box_present() { "$corral_root/sample-vagrantfiles/box/build" --check 2>/dev/null; }

# check PURPOSE: reports, changes nothing. Exit code 1 when something is missing.
check_setup() {
    local line
    find_missing "$1"
    find_problems
    if [ "${#missing_packages[@]}" = 0 ] && [ "${#problems[@]}" = 0 ]; then
        say "Nothing is missing."
        return 0
    fi
    if [ "${#missing_packages[@]}" -gt 0 ]; then
        say "Packages that would be installed:"
        for line in "${missing_reasons[@]}"; do say "  $line"; done
    fi
    for line in ${problems[@]+"${problems[@]}"}; do say "$line"; done
    return 1
}

confirm() {
    local answer=''
    if [ "${assume_yes:-no}" = yes ] || { [ -n "${CI:-}" ] && [ "$CI" != false ]; }; then return; fi
    [ -t 0 ] || fail "Nobody is there to answer. Call it again with --yes to agree."
    read -r -p "Go on? [Y/n] " answer || answer=n
    case $answer in
        '' | [Yy]*) ;;
        *) fail "Nothing was changed." ;;
    esac
}

explain_elsewhere() {
    fail "This system is $(distribution), and set-up knows Debian 12, Debian 13 and Ubuntu 24.04." \
        "Install these by hand, then call this again: Vagrant with the plugin vagrant-libvirt, libvirt and QEMU, mmdebstrap with" \
        "Debian's archive keyring, JDK 25, Maven, Python 3.11 or newer with its venv module, GTK 3; for tests also Xvfb and sshd."
}

# Where nothing of what is needed comes as a Debian package, presence of the commands has to do.
commands_present() {
    local name
    for name in vagrant virsh qemu-img mmdebstrap mvn; do have "$name" || return 1; done
    find_jdk >/dev/null
}

install_packages() {
    local line name unknown=() had_sshd=no log
    if ! supported_distribution || ! have dpkg-query || ! have apt-get; then
        commands_present || explain_elsewhere
        missing_packages=()
        return
    fi
    [ "${#missing_packages[@]}" -gt 0 ] || return 0
    say "These packages will be installed:"
    for line in "${missing_reasons[@]}"; do say "  $line"; done
    confirm
    is_root || { have sudo && sudo -v; } || fail "Installing packages needs root, and sudo is not there. Call this as root once."
    log=$(mktemp "${TMPDIR:-/tmp}/corral-setup.XXXXXXXX")
    step 'package lists' "$log" as_root apt-get -q update || say "The package lists could not be refreshed; going on with those that are there."
    # Names can change with fresh lists (alternatives), so look again.
    find_missing "$setup_purpose"
    for name in "${missing_packages[@]}"; do offered "$name" || unknown+=("$name"); done
    if [ "${#unknown[@]}" -gt 0 ]; then explain_unknown "${unknown[@]}"; fi
    if installed openssh-server; then had_sshd=yes; fi
    step 'packages' "$log" as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
        apt-get -q -y --no-install-recommends install "${missing_packages[@]}" || fail "The packages could not be installed."
    rm -f "$log"
    if [ "$had_sshd" = no ] && installed openssh-server && [ -d /run/systemd/system ]; then
        # Tests start one of their own; nobody asked for a server that listens to the world.
        as_root systemctl -q disable --now ssh.service ssh.socket || say "The SSH server that came with the packages could not be switched off."
    fi
}

explain_unknown() {
    case " $* " in
        *' openjdk-25-jdk '*)
            say "$(distribution) offers no JDK 25. Install one (Temurin 25 or another build), then either put it on the PATH," \
                "into /usr/lib/jvm, or set JAVA_HOME to it."
            ;;
    esac
    case " $* " in
        *' vagrant'*) say "$(distribution) offers no Vagrant. Install Vagrant from its makers, then: vagrant plugin install vagrant-libvirt" ;;
    esac
    fail "Not offered by the package sources of this machine: $*"
}

join_libvirt_group() {
    if in_libvirt_group; then return; fi
    getent group libvirt >/dev/null || return 0
    say "Adding you to the group libvirt, whose members may use VMs. It holds for these scripts at once, elsewhere from your next login."
    as_root usermod -aG libvirt "$(id -un)"
}

# set_up PURPOSE: everything that must be there before the window or a test can start.
set_up() {
    setup_purpose=$1
    find_missing "$setup_purpose"
    install_packages
    require_jdk
    join_libvirt_group
    hypervisor_up
    ensure_inspect
    "$corral_root/sample-vagrantfiles/box/build"
}
