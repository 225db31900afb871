# Where VMs run: the system's libvirt when it answers, else started by the service manager, else a private lab
# (a network namespace of our own with virtlogd, libvirtd and its default network inside; see the executable `lab`).
# To be sourced after common.sh.
# shellcheck shell=bash disable=SC2154  # corral_root comes from common.sh

lab_state=/run/corral-lab
lab_uri=qemu:///system

# The name of the namespace that guests are reached in, or nothing when that is the machine's own.
lab_netns() {
    if [ -n "${CORRAL_NETNS:-}" ]; then
        printf '%s\n' "$CORRAL_NETNS"
    elif lab_daemon_alive; then
        cat "$lab_state/netns"
    fi
}

# pid_alive FILE NAME: the pid in FILE lives and is a process called NAME (pids are used again after a crash).
pid_alive() {
    local pid
    pid=$(cat "$1" 2>/dev/null) || return 1
    # (One that has ended and that nobody waits for has its name still, but no command line.)
    [ -n "$pid" ] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$2" ] && [ -n "$(tr -d '\0' 2>/dev/null <"/proc/$pid/cmdline")" ]
}

lab_daemon_alive() { [ -s "$lab_state/netns" ] && pid_alive "$lab_state/libvirtd.pid" libvirtd; }

# Never waits for long: a daemon that does not answer is as good as none.
libvirt_answers() { timeout 15 virsh -q -c "$lab_uri" version >/dev/null 2>&1; }

netns_exists() { [ -e "/run/netns/$1" ] && [ "$(stat -f -c %T "/run/netns/$1" 2>/dev/null)" = nsfs ]; }

inside_netns() { [ "/run/netns/$1" -ef /proc/self/ns/net ]; }

# What holds the VMs now: `lab`, `given` (CORRAL_NETNS with a daemon that somebody else started), `system`, or `none`.
hypervisor_kind() {
    if lab_daemon_alive; then
        printf 'lab\n'
    elif [ -n "${CORRAL_NETNS:-}" ] && netns_exists "$CORRAL_NETNS" && libvirt_answers; then
        printf 'given\n'
    elif libvirt_answers; then
        printf 'system\n'
    else
        printf 'none\n'
    fi
}

service_manager() {
    if [ -d /run/systemd/system ]; then
        printf 'systemd\n'
    elif [ -d /run/openrc ]; then
        printf 'openrc\n'
    elif [ -p /run/initctl ] && [ -x /etc/init.d/libvirtd ]; then
        printf 'sysv\n'
    fi
}

start_service() {
    local unit
    case $1 in
        systemd)
            # Sockets where the distribution has them: the daemons then come and go by themselves. Newer ones have one for each
            # part of libvirt in place of libvirtd's.
            for unit in virtlogd.socket libvirtd.socket virtqemud.socket virtnetworkd.socket virtstoraged.socket; do
                if systemctl cat "$unit" >/dev/null 2>&1; then as_root systemctl start "$unit"; fi
            done
            if systemctl cat libvirtd.service >/dev/null 2>&1; then as_root systemctl start libvirtd.service; fi
            ;;
        openrc) as_root rc-service libvirtd start >&2 ;;
        sysv) as_root service libvirtd start >&2 ;;
    esac
}

# Waits until libvirt answers this user, or would if the group were in force already.
await_libvirt() {
    local i
    for ((i = 0; i < 20; i++)); do
        if libvirt_answers || needs_libvirt_group; then return; fi
        sleep 0.5
    done
    return 1
}

# Makes sure that VMs can be started. Says what it does only when it does something.
hypervisor_up() {
    local manager
    if [ -n "${CORRAL_NETNS:-}" ]; then
        netns_exists "$CORRAL_NETNS" \
            || fail "CORRAL_NETNS names the network namespace '$CORRAL_NETNS', which does not exist." \
                "Create it with: ip netns add '$CORRAL_NETNS'  or unset CORRAL_NETNS."
        if lab_daemon_alive && [ "$(cat "$lab_state/netns")" != "$CORRAL_NETNS" ]; then
            # Its VMs have addresses in that namespace only; each start would wait for SSH until it gives up.
            fail "libvirt runs in the private lab $(cat "$lab_state/netns"), whose VMs can't be reached from the namespace '$CORRAL_NETNS'." \
                "Unset CORRAL_NETNS to use that lab, or stop it first: jpackage/run --stop"
        fi
        libvirt_answers || as_root "$corral_root/src/lab/lab" start "$CORRAL_NETNS"
        return
    fi
    if lab_daemon_alive; then
        # Quick when all is well; repairs a lab whose daemon hangs or whose network is down.
        if ! lab_healthy; then as_root "$corral_root/src/lab/lab" start; fi
        return
    fi
    if ! libvirt_answers; then
        if ! is_root && have sudo && sudo -n timeout 15 virsh -q -c "$lab_uri" version >/dev/null 2>&1; then
            return # It runs; this user only lacks the group, which with_libvirt_group deals with.
        fi
        manager=$(service_manager)
        if [ -n "$manager" ]; then
            say "Starting libvirt."
            start_service "$manager" || say "The service manager ($manager) could not start it."
            await_libvirt || fail "libvirt was started, but does not answer at $lab_uri." \
                "Look at what it says (journalctl -u libvirtd, or /var/log/libvirt), then call this again."
        else
            as_root "$corral_root/src/lab/lab" start
            return
        fi
    fi
    repair_kvm_access
}

# A glance, for every call: the lab's daemon lives, or libvirt's socket is there for us.
libvirt_ready() { lab_daemon_alive || [ -w /run/libvirt/libvirt-sock ] || needs_libvirt_group; }

lab_healthy() {
    local netns
    netns=$(cat "$lab_state/netns")
    if [ -e "$lab_state/virtlogd.pid" ] && ! pid_alive "$lab_state/virtlogd.pid" virtlogd; then return 1; fi
    netns_exists "$netns" && { libvirt_answers || needs_libvirt_group; }
}

# libvirt asks QEMU for its abilities anew on every call (48 s for one definition) when /dev/kvm is there but closed to the
# user that QEMU runs as. Debian's udev rule opens it for the group kvm; without udev nobody does.
kvm_access_wrong() {
    [ -c /dev/kvm ] && getent group kvm >/dev/null && [ "$(stat -c '%G %a' /dev/kvm)" != 'kvm 660' ] \
        && [ "$(stat -c '%a' /dev/kvm)" != 666 ]
}

repair_kvm_access() {
    if kvm_access_wrong; then
        say "Opening /dev/kvm for the group kvm, as Debian's device rule would: else libvirt examines QEMU anew on every call."
        as_root chgrp kvm /dev/kvm
        as_root chmod 0660 /dev/kvm
    fi
}

# True when libvirt's socket is closed to this process though its user is a member of the group by now.
needs_libvirt_group() {
    ! is_root && [ -S /run/libvirt/libvirt-sock ] && [ ! -w /run/libvirt/libvirt-sock ] \
        && id -nG "$(id -un)" | tr ' ' '\n' | grep -x libvirt >/dev/null
}

# Pids of processes called $1 whose network namespace is $netns' (or any, when $2 is `any`).
pids_called() {
    local dir
    for dir in /proc/[0-9]*; do
        [ "$(cat "$dir/comm" 2>/dev/null)" = "$1" ] || continue
        if [ "${2:-}" = any ] || [ "$dir/ns/net" -ef "/run/netns/$netns" ]; then printf '%s\n' "${dir#/proc/}"; fi
    done
}

# QEMU processes of libvirt whose network namespace is $netns' (or any, when $1 is `any`): their command line carries libvirt's
# guest name. (comm is cut at 15 characters.)
qemu_pids() {
    local dir
    for dir in /proc/[0-9]*; do
        if [[ $(cat "$dir/comm" 2>/dev/null) == qemu-system* ]] && tr '\0' ' ' <"$dir/cmdline" 2>/dev/null | grep 'guest=' >/dev/null \
            && { [ "${1:-}" = any ] || [ "$dir/ns/net" -ef "/run/netns/$netns" ]; }; then
            printf '%s\n' "${dir#/proc/}"
        fi
    done
}

# Words as one line of any shell. (printf %q writes $'...' for some, which only bash understands.)
quote_for_sh() {
    local word quote="'\\''" line=
    for word in "$@"; do line+="'${word//\'/"$quote"}' "; done
    printf '%s' "$line"
}

# Runs a command where the guests can be reached: as this user, with this environment, exec'd.
exec_with_guests() {
    local netns
    netns=$(lab_netns)
    if [ -n "$netns" ] && ! inside_netns "$netns"; then
        exec "$corral_root/src/lab/lab" enter "$netns" "$@"
    fi
    if needs_libvirt_group && have sg; then
        exec sg libvirt -c "exec $(quote_for_sh "$@")"
    fi
    exec "$@"
}
