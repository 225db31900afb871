# Finds a JDK 25, builds when the sources are newer than what was built, and starts Corral.
# To be sourced after common.sh.
# shellcheck shell=bash disable=SC2154  # corral_root and others come from common.sh

jdk_version() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }

is_jdk() { [ -x "$1/bin/javac" ] && [ "$(jdk_version "$1")" -ge 25 ] 2>/dev/null; }

# The home of a JDK 25 or newer, or nothing: JAVA_HOME, PATH, the system's folder.
find_jdk() {
    local home on_path
    on_path=$(command -v javac 2>/dev/null || true)
    if [ -n "$on_path" ]; then on_path=$(dirname -- "$(dirname -- "$(readlink -f -- "$on_path")")"); fi
    for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/*25* /usr/lib/jvm/*; do
        if [ -n "$home" ] && is_jdk "$home"; then
            printf '%s\n' "$home"
            return
        fi
    done
}

corral_target=$corral_root/target

# stale STAMP FOLDER...: something in these is newer than the stamp.
stale() {
    local stamp=$1
    shift
    [ ! -e "$stamp" ] || [ -n "$(find "$corral_root/pom.xml" "$@" -newer "$stamp" -print -quit)" ]
}

maven() {
    local jdk
    jdk=$(find_jdk)
    [ -n "$jdk" ] || fail "Corral needs a JDK 25 or newer." "Install one below /usr/lib/jvm or set JAVA_HOME, then run this again."
    have mvn || fail "Maven is missing." "Run jpackage/run, which sets everything up."
    # The flags quieten Maven's own libraries on this Java.
    (cd "$corral_root" && JAVA_HOME=$jdk MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
        mvn -B -q -ntp "$@" >&2)
}

# One build at a time, also when two commands are started at once.
locked() {
    local held
    mkdir -p "$corral_target"
    exec {held}>"$corral_target/.lock"
    if have flock; then flock "$held"; fi
    "$@"
    exec {held}>&-
}

build_app() {
    local begun
    if ! stale "$corral_target/.app-stamp" "$corral_root/src/main"; then return; fi
    say "Building Corral."
    begun=$(mktemp "$corral_target/.begun.XXXXXX")
    rm -f "$corral_target"/corral-*.jar "$corral_target/.class-data"*
    maven package -DskipTests -Dmaven.test.skip=true
    mv -f "$begun" "$corral_target/.app-stamp"
}

build_tests() {
    local begun
    if ! stale "$corral_target/.test-stamp" "$corral_root/src"; then return; fi
    say "Building Corral and its tests."
    begun=$(mktemp "$corral_target/.begun.XXXXXX")
    maven process-test-classes
    mv -f "$begun" "$corral_target/.test-stamp"
}

app_class_path() {
    local jars=("$corral_target"/corral-*.jar "$corral_target"/lib/*.jar)
    local IFS=:
    printf '%s\n' "${jars[*]}"
}

# Flags that training and running must share, or the archive of class data is refused.
java_flags=(-XX:+UseSerialGC -Xmx512m --enable-native-access=ALL-UNNAMED)

# Class data kept from one run make the next start in half the time. The archive knows its jars and is refused when they change.
train() {
    local jdk=$1 archive=$corral_target/.class-data.jsa
    if [ -e "$archive" ]; then return; fi
    "$jdk/bin/java" "${java_flags[@]}" -XX:TieredStopAtLevel=1 "-XX:ArchiveClassesAtExit=$archive.$$" -Xlog:all=off -cp "$(app_class_path)" \
        dev.corral.Main list vms --json >/dev/null 2>&1 || true
    if [ -e "$archive.$$" ]; then mv -f "$archive.$$" "$archive"; fi
}

# exec_corral ARGS: replaces this shell by Corral; built, and where the guests can be reached.
exec_corral() {
    local jdk flags=("${java_flags[@]}")
    jdk=$(find_jdk)
    [ -n "$jdk" ] || fail "Corral needs a JDK 25 or newer." "Run jpackage/run, which sets everything up, or set JAVA_HOME."
    locked build_app
    if [ -w "$corral_target" ]; then train "$jdk"; fi
    # Short commands end before the second compiler would pay off.
    if [ "${1:-}" != ui ]; then flags+=(-XX:TieredStopAtLevel=1); fi
    flags+=("-XX:SharedArchiveFile=$corral_target/.class-data.jsa" -Xshare:auto -Xlog:all=off)
    exec_with_guests "$jdk/bin/java" "${flags[@]}" -cp "$(app_class_path)" dev.corral.Main "$@"
}
