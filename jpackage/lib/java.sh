# Finds JDK 25 and builds the application from the checkout when it is stale. To be sourced after common.sh.
# shellcheck shell=bash disable=SC2154  # corral_root and corral_cache come from common.sh

app_jar=$corral_root/target/app/corral.jar

# A JDK of version 25 or newer with a compiler; its own `release` file says so without starting a JVM.
is_jdk() {
    local version
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ -n "$version" ] && [ "$version" -ge 25 ]
}

# Prints the home of the JDK to use: JAVA_HOME, the `java` on the PATH, the system's folder of JVMs. Fails if there is none.
find_jdk() {
    local candidate on_path
    if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then
        printf '%s\n' "$JAVA_HOME"
        return
    fi
    if on_path=$(command -v javac); then
        candidate=$(dirname "$(dirname "$(readlink -f "$on_path")")")
        if is_jdk "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    fi
    for candidate in /usr/lib/jvm/* /opt/java/* /opt/jdk*; do
        if is_jdk "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

require_jdk() {
    JAVA_HOME=$(find_jdk) || fail "Corral needs a JDK 25 or newer, and none was found in JAVA_HOME, on the PATH or in /usr/lib/jvm." \
        "Run jpackage/run, which installs it where the distribution offers it, or set JAVA_HOME to one."
    export JAVA_HOME
}

# Compares times only, so that a fresh checkout costs a few milliseconds. Folders count too: they change when a file goes.
# What is made among the sources and is none does not count: an installed plugin's jars, and what Python compiles.
# newer_than STAMP PATH...: something in PATH is newer than STAMP, or there is no STAMP.
newer_than() {
    local stamp=$1
    shift
    [ ! -e "$stamp" ] \
        || [ -n "$(find "$@" \( -path '*/vagrantsandbox/jars' -o -name __pycache__ \) -prune -o -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# new_folder DIR: makes it, and leaves the time of the folder around it: a wheel that is built must not make the sources look changed,
# for then everything would be built once more.
new_folder() {
    local mark
    [ ! -d "$1" ] || return 0
    mkdir -p -- "$(dirname -- "$1")"
    mark=$(mktemp "${TMPDIR:-/tmp}/corral-time.XXXXXXXX")
    touch -r "$(dirname -- "$1")" "$mark"
    mkdir -- "$1"
    touch -r "$mark" "$(dirname -- "$1")"
    rm -f -- "$mark"
}

app_is_stale() {
    [ ! -e "$app_jar" ] || newer_than "$corral_root/target/app/stamp" "$corral_root/pom.xml" "$corral_root/src/main"
}

tests_are_stale() {
    app_is_stale || newer_than "$corral_root/target/app/test-stamp" "$corral_root/pom.xml" "$corral_root/src/main" "$corral_root/src/test"
}

maven() { maven_aloud -q "$@"; }

maven_aloud() {
    have mvn || fail "Building Corral needs Maven. Run jpackage/run once: it installs it."
    # Older Maven warns about its own libraries on a new JDK.
    MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}" \
        mvn -B -ntp -Dstyle.color=never -f "$corral_root/pom.xml" "$@" >&2 </dev/null
}

# with_build_lock CMD: one build at a time in this checkout; the lock is not inherited by what the build starts.
with_build_lock() {
    mkdir -p "$corral_root/target/app"
    exec 7>"$corral_root/target/app/lock"
    if ! flock -n 7; then
        say "Another build of this checkout is running; waiting for it."
        flock 7
    fi
    "$@"
    exec 7>&-
}

# build_locked GOAL STAMP STALE [OPTION]...: runs Maven's GOAL unless STALE says that nothing changed since STAMP was written.
build_locked() {
    local goal=$1 stamp=$2 stale=$3 began fresh
    shift 3
    "$stale" || return 0
    began=$(now_ms)
    say "Building Corral."
    fresh=$corral_root/target/app/fresh.$$
    : >"$fresh"
    # Libraries that the build file no longer names must not stay on the class path.
    if newer_than "$corral_root/target/app/$stamp" "$corral_root/pom.xml"; then
        rm -rf "$corral_root/target/lib" "$corral_root/target/test-lib"
    fi
    if ! maven "$goal" "$@"; then
        rm -f "$fresh"
        fail "The build failed; Maven's messages are above."
    fi
    # A jar, because the JVM's class data sharing takes no folders; by rename, since a running window has the old one open.
    "$JAVA_HOME/bin/jar" --create --no-compress --file "$app_jar.$$" -C "$corral_root/target/classes" .
    mv -f "$app_jar.$$" "$app_jar"
    cp -p "$fresh" "$corral_root/target/app/stamp"
    mv -f "$fresh" "$corral_root/target/app/$stamp"
    # Maven compiles only what looks older than its source, and must not take these classes for checked ones.
    case " $* " in *" -Dquick "*) rm -f "$corral_root/target/classes/dev/corral/package-info.class" ;; esac
    say "Built in $(seconds_since "$began") s."
}

# Who only wants to run waits for no checks of the sources: -Dquick leaves Error Prone and NullAway out.
build_app() {
    if app_is_stale; then with_build_lock build_locked process-classes stamp app_is_stale -Dquick 7>&-; fi
}

build_tests() {
    if tests_are_stale; then with_build_lock build_locked process-test-classes test-stamp tests_are_stale 7>&-; fi
}

# Sets java_options for running the application. VERB chooses the archive of loaded classes: each verb loads others.
# The archive is written at the end of a verb's first run under a name of its own process and taken up by a later run, so
# that no two processes ever write one file and nobody maps half of one.
java_options_for() {
    local verb=$1 key archive candidate
    # What the JVM itself has to say must not get among the data on standard output.
    java_options=(-XX:+UseSerialGC -Xmx512m --enable-native-access=ALL-UNNAMED -XX:+DisplayVMOutputToStderr
        -Xlog:disable '-Xlog:all=warning,cds*=off,aot*=off:stderr')
    # What lives long wants the better compiler, which alone makes encryption fast; a command is over before that would help.
    case $verb in ui | bridge) ;; *) java_options+=(-XX:TieredStopAtLevel=1) ;; esac
    if [ "$verb" = bridge ]; then java_options+=("@$corral_root/src/main/python/vagrantsandbox/bridge.options"); fi
    mkdir -p "$corral_cache/classes" 2>/dev/null || return 0
    key=$(printf '%s %s' "$corral_root" "$JAVA_HOME" | cksum | cut -d' ' -f1)-$(stat -c %Y-%s "$app_jar")
    archive=$corral_cache/classes/$key-$verb.jsa
    if [ ! -e "$archive" ]; then
        for candidate in "$archive".new.*; do
            [ -e "$candidate" ] || continue
            # Still being written.
            if [ -d "/proc/${candidate##*.}" ]; then return 0; fi
            mv -f "$candidate" "$archive"
        done
    fi
    if [ -e "$archive" ]; then
        java_options+=(-XX:SharedArchiveFile="$archive")
    elif [ -w "$corral_cache/classes" ]; then
        # Those of earlier builds serve nobody.
        find "$corral_cache/classes" -name "${key%%-*}-*" ! -name "$key-*" -delete 2>/dev/null || true
        java_options+=(-XX:ArchiveClassesAtExit="$archive.new.$$" -Dcorral.archiving=true)
    fi
}
