# shellcheck shell=bash
# failed_classes FOLDER: prints the classes with a test that failed, by the reports of JUnit's launcher in that folder.
failed_classes() {
    awk 'match($0, /<testcase [^>]*classname="[^"]*"/) { c = $0; sub(/.*classname="/, "", c); sub(/".*/, "", c) }
        /<(failure|error)[ >]/ { print c }' "$1"/TEST-*.xml | sort -u
}
