"""Which classes are mutated and which tests must notice; and, once PIT has run, the score of each group beside the one to reach.

mutation.py classes [GROUP]... | tests: what PIT is to be called with. mutation.py score FILE: FILE is PIT's mutations.xml. Only what
needs no Vagrant, no VM and no toolkit is here: a mutant costs a run of the tests that reach it, thousands of times.
"""

import sys
from fnmatch import fnmatchcase
from pathlib import Path
from xml.etree import ElementTree

REACH = 85
# What a test can be told of: killed, or held up for good by the fault.
NOTICED = {"KILLED", "TIMED_OUT", "MEMORY_ERROR", "RUN_ERROR"}

GROUPS = {
    "planner": ["core.cleanup.Cleanup*", "core.cleanup.Plan*", "core.cleanup.Regained*", "core.cleanup.Parallelism*"],
    "inventory": [
        "core.inventory.items.*",
        "core.inventory.read.JournalReader*",
        "core.inventory.read.KnownViews*",
        "core.inventory.read.SandboxReader*",
    ],
    "sandbox": ["core.sandbox.*"],
    "operations": [
        "core.operation.VerbOutcome*",
        "core.operation.Remains*",
        "core.operation.MachineNames*",
        "core.operation.start.CopyRule*",
        "core.operation.start.PrimaryMachine*",
    ],
    "parsers": [
        "core.vagrant.FailureExplainer*",
        "core.vagrant.LineTail*",
        "core.vagrant.LogLine*",
        "core.vagrant.LogText*",
        "core.vagrant.MachineReadable*",
        "core.vagrant.Paragraphs*",
        "core.vagrant.Phases*",
        "core.vagrant.Ruby*",
        "core.vagrant.StartVariables*",
        "core.vagrant.UpOutput*",
        "core.vagrant.index.Index*",
        "core.vagrant.index.MachineIndex*",
        "core.hypervisor.VirtualBoxInfo*",
        "core.hypervisor.libvirt.LibvirtDomain*",
        "core.hypervisor.libvirt.LibvirtSurvey*",
        "core.hypervisor.libvirt.LibvirtView*",
        "core.hypervisor.libvirt.LibvirtXml*",
    ],
    "views": [
        "console.page.Fuzzy*",
        "console.sandboxes.MachineRules*",
        "console.sandboxes.RowFilter*",
        "console.sandboxes.RowRules*",
        "console.sandboxes.TreeBuilder*",
        "console.sandboxes.details.TimelineLayout*",
        "console.shared.Formats*",
        "console.shared.Texts*",
        "console.strays.StrayFilter*",
        "console.strays.StrayLines*",
        "console.strays.StrayRules*",
        "console.work.CleanupProgress*",
    ],
}
TESTS = [
    "core.cleanup.*",
    "core.inventory.*",
    "core.sandbox.*",
    "core.operation.VerbOutcomeTest",
    "core.operation.RemainsTest",
    "core.operation.start.CopyRuleTest",
    "core.operation.start.PrimaryMachineTest",
    "core.vagrant.LineTailTest",
    "core.vagrant.OutputTest",
    "core.vagrant.StartVariablesTest",
    "core.vagrant.index.MachineIndexTest",
    "core.hypervisor.ListingsTest",
    "core.hypervisor.libvirt.LibvirtSurveyTest",
    "console.page.FuzzyTest",
    "console.sandboxes.MachineRulesTest",
    "console.sandboxes.RowFilterTest",
    "console.sandboxes.TreeBuilderTest",
    "console.sandboxes.details.TimelineLayoutTest",
    "console.shared.*",
    "console.strays.StrayFilterTest",
    "console.strays.StrayLinesTest",
    "console.work.CleanupProgressTest",
]


def group_of(name: str) -> str:
    return next(group for group, patterns in GROUPS.items() if any(fnmatchcase(name, f"dev.corral.{pattern}") for pattern in patterns))


def score(report: Path) -> int:
    made = dict.fromkeys(GROUPS, 0)
    noticed = dict.fromkeys(GROUPS, 0)
    for mutation in ElementTree.parse(report).getroot().iter("mutation"):
        name = mutation.findtext("mutatedClass", "")
        group = group_of(name)
        made[group] += 1
        if mutation.get("status") in NOTICED:
            noticed[group] += 1
        else:
            where = f"{name.removeprefix('dev.corral.')}.{mutation.findtext('mutatedMethod')}:{mutation.findtext('lineNumber')}"
            print(f"unnoticed  {where}  {mutation.findtext('description')}")
    everything_holds = True
    for group, total in made.items():
        if not total:
            continue
        percent = 100 * noticed[group] / total
        holds = percent >= REACH
        everything_holds &= holds
        verdict = "holds" if holds else "DOES NOT HOLD"
        print(f"{verdict}  {group}: {noticed[group]} of {total} faults noticed, {percent:.0f} % (to reach: {REACH} %)")
    return 0 if everything_holds else 1


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["classes", *groups]:
            print(",".join(f"dev.corral.{pattern}" for group in groups or GROUPS for pattern in GROUPS[group]))
        case ["tests"]:
            print(",".join(f"dev.corral.{pattern}" for pattern in TESTS))
        case ["score", file]:
            sys.exit(score(Path(file)))
        case _:
            sys.exit(__doc__)
