# Everything in this folder that is to be sourced.
# shellcheck shell=bash
_lib=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=jpackage/lib/common.sh
. "$_lib/common.sh"
# shellcheck source=jpackage/lib/java.sh
. "$_lib/java.sh"
# shellcheck source=jpackage/lib/hypervisor.sh
. "$_lib/hypervisor.sh"
# shellcheck source=jpackage/lib/python.sh
. "$_lib/python.sh"
# shellcheck source=jpackage/lib/setup.sh
. "$_lib/setup.sh"
