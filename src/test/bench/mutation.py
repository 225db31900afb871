"""Which classes are mutated and which tests must notice; and, once PIT has run, the score of a group beside the one to reach.

mutation.py groups [GROUP]...: the names of those groups, or of all. mutation.py classes GROUP | tests GROUP: what PIT is to be called
with. mutation.py score GROUP FILE: FILE is PIT's mutations.xml. Only what needs no VM and no toolkit is here, and of the tests those that
run no Vagrant: a mutant costs a run of the tests that reach it, thousands of times.
"""

import sys
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

REACH = 85
# What a test can be told of: killed, or held up for good by the fault.
NOTICED = {"KILLED", "TIMED_OUT", "MEMORY_ERROR"}
# A class that the JVM refuses, or a process that did not come up: neither says anything of a test.
NOT_TRIED = {"NON_VIABLE", "RUN_ERROR", "NOT_STARTED"}


class Group(NamedTuple):
    """Names are patterns below dev.corral, as PIT understands them: a class with all that lies in it, or a package."""

    classes: list[str]
    tests: list[str]


GROUPS = {
    "views": Group(
        [
            "console.page.Fuzzy*",
            "console.sandboxes.MachineRules*",
            "console.sandboxes.RowFactory*",
            "console.sandboxes.RowFilter*",
            "console.sandboxes.RowRules*",
            "console.sandboxes.States*",
            "console.sandboxes.TreeBuilder*",
            "console.sandboxes.details.TimelineLayout*",
            "console.shared.Formats*",
            "console.shared.Texts*",
            "console.strays.StrayFilter*",
            "console.strays.StrayLines*",
            "console.strays.StrayRow*",
            "console.strays.StrayRules*",
            "console.work.CleanupProgress*",
            "console.work.Openable*",
        ],
        [
            "console.page.FuzzyTest",
            "console.sandboxes.MachineRulesTest",
            "console.sandboxes.RowFactoryTest",
            "console.sandboxes.RowFilterTest",
            "console.sandboxes.RowRulesTest",
            "console.sandboxes.TreeBuilderTest",
            "console.sandboxes.details.TimelineLayoutTest",
            "console.shared.*Test",
            "console.strays.StrayFilterTest",
            "console.strays.StrayLinesTest",
            "console.strays.StrayRulesTest",
            "console.strays.StraysViewTest",
            "console.work.CleanupProgressTest",
        ],
    ),
    "planner": Group(
        ["core.cleanup.Cleanup*", "core.cleanup.Plan*", "core.cleanup.Regained*", "core.cleanup.Parallelism*"],
        ["core.cleanup.PlannerTest", "core.cleanup.PlanDocumentTest", "core.cleanup.RegainedTest", "core.cleanup.ParallelismTest"],
    ),
    "parsers": Group(
        [
            "core.vagrant.FailureExplainer*",
            "core.vagrant.LineTail*",
            "core.vagrant.LogLine*",
            "core.vagrant.LogText*",
            "core.vagrant.MachineReadable*",
            "core.vagrant.Paragraphs*",
            "core.vagrant.Phase*",
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
            "core.hypervisor.libvirt.XmlTags*",
            "core.ssh.SshConfig*",
        ],
        [
            "core.vagrant.*Test",
            "core.vagrant.index.IndexFolderTest",
            "core.vagrant.index.MachineIndexTest",
            "core.hypervisor.VirtualBoxInfoTest",
            "core.hypervisor.libvirt.LibvirtSurveyTest",
            "core.hypervisor.libvirt.LibvirtXmlTest",
            "core.ssh.SshConfig*Test",
        ],
    ),
    "sandbox": Group(
        ["core.sandbox.*"],
        [
            "core.sandbox.CachePlaceTest",
            "core.sandbox.JournalEntryTest",
            "core.sandbox.JournalTest",
            "core.sandbox.MachineIdentityTest",
            "core.sandbox.MadeLogTest",
            "core.sandbox.ManifestTest",
            "core.sandbox.OperationTargetTest",
            "core.sandbox.PinsTest",
            "core.sandbox.SandboxFinderTest",
            "core.sandbox.SandboxNamesTest",
            "core.sandbox.SandboxStoreTest",
            "core.sandbox.SandboxUseTest",
            "core.sandbox.SshSettingsTest",
        ],
    ),
    "operations": Group(
        [
            "core.operation.MachineNames*",
            "core.operation.MachineVerb*",
            "core.operation.NamedSnapshot*",
            "core.operation.OperationProgress*",
            "core.operation.OperationTimes*",
            "core.operation.Remains*",
            "core.operation.VerbOutcome*",
        ],
        [
            "core.operation.MachineVerbTest",
            "core.operation.OperationTimesTest",
            "core.operation.RemainsTest",
            "core.operation.SeenOutcomeTest",
            "core.operation.SnapshotOutcomeTest",
        ],
    ),
    "inventory": Group(
        [
            "core.inventory.items.*",
            "core.inventory.read.JournalReader*",
            "core.inventory.read.KnownViews*",
            "core.inventory.read.SandboxReader*",
            "core.inventory.read.ToldOperation*",
        ],
        [
            "core.inventory.items.*Test",
            "core.inventory.read.JournalReaderTest",
            "core.inventory.read.KnownViewsTest",
            "core.inventory.read.SandboxReaderTest",
        ],
    ),
}


def patterns(names: list[str]) -> str:
    return ",".join(f"dev.corral.{name}" for name in names)


def score(group: str, report: Path) -> bool:
    """Prints what was not noticed and the score; returns whether it is the one to reach."""
    made = list(ElementTree.parse(report).getroot().iter("mutation"))
    mutations = [mutation for mutation in made if mutation.get("status") not in NOT_TRIED]
    if len(mutations) < len(made):
        print(f"not tried  {group}: {len(made) - len(mutations)}")
    unnoticed = [mutation for mutation in mutations if mutation.get("status") not in NOTICED]
    for mutation in unnoticed:
        name = mutation.findtext("mutatedClass", "").removeprefix("dev.corral.")
        where = f"{name}.{mutation.findtext('mutatedMethod')}:{mutation.findtext('lineNumber')}"
        print(f"unnoticed  {where}  {mutation.findtext('description')}")
    noticed = len(mutations) - len(unnoticed)
    # No fault at all means that the patterns fit no class any more.
    percent = 100 * noticed / len(mutations) if mutations else 0
    verdict = "holds" if percent >= REACH else "DOES NOT HOLD"
    print(f"{verdict}  {group}: {noticed} of {len(mutations)} faults noticed, {percent:.1f} % (to reach: {REACH} %)", flush=True)
    return percent >= REACH


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["groups", *groups]:
            if unknown := [group for group in groups if group not in GROUPS]:
                sys.exit(f"There is no group {unknown[0]}: {', '.join(GROUPS)}.")
            print(*groups or GROUPS)
        case ["classes", group]:
            print(patterns(GROUPS[group].classes))
        case ["tests", group]:
            print(patterns(GROUPS[group].tests))
        case ["score", group, file]:
            sys.exit(0 if score(group, Path(file)) else 1)
        case _:
            sys.exit(__doc__)
