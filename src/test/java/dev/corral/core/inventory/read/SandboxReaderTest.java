package dev.corral.core.inventory.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.Host;
import dev.corral.core.hypervisor.HostAnswers;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.HypervisorSnapshot;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a sandbox and its machines are, by its manifest, its journal, Vagrant's notes and the hypervisor's word. */
@Tag("unit")
class SandboxReaderTest {
    private static final Path DIRECTORY = Path.of("/cache/s-0a1b2c3d");
    private static final Instant MADE = Instant.parse("2026-11-26T11:00:00Z");
    private static final Instant FOUND = Instant.parse("2026-11-26T10:00:00Z");
    // A process of an earlier boot: certainly ended.
    private static final ProcessIdentity GONE = new ProcessIdentity(4321, 1, "11111111-2222-3333-4444-555555555555");
    private static final ProcessIdentity UNKNOWABLE = new ProcessIdentity(0, 0, "");
    private static final Host LIBVIRT = Host.libvirt("qemu:///system");

    private final List<JournalEntry> journal = new ArrayList<>();
    private final Map<LocalMachine, Optional<String>> local = new LinkedHashMap<>();
    private final Map<String, HypervisorObject> objects = new HashMap<>();
    private final Set<Host> answered = new HashSet<>(Set.of(LIBVIRT, new Host("qemu", "")));
    private final List<String> machines = new ArrayList<>();
    private ProcessIdentity owner = ProcessIdentity.self();
    private Optional<Manifest.Pin> pin = Optional.empty();
    private Optional<String> primary = Optional.empty();
    private boolean manifest;
    private SandboxReader reader;

    @BeforeEach
    void withManifest() {
        manifest = true;
    }

    private SandboxView view() {
        return view(operation -> Optional.empty());
    }

    private SandboxView view(Function<OperationView, Optional<Duration>> usual) {
        HostContext here = HostContext.of(Map.of(), List.of());
        reader = new SandboxReader(
                new Hypervisors(new Environment(Map.of("PATH", "/nowhere"))),
                new HypervisorSnapshot(
                        FOUND,
                        objects,
                        new HostAnswers(Map.of(here, Set.of(LIBVIRT, new Host("qemu", ""))), answered),
                        List.of(),
                        ""));
        return reader.view(
                new SandboxReader.Layers(
                        DIRECTORY,
                        manifest ? Optional.of(manifest()) : Optional.empty(),
                        JournalReader.read(DIRECTORY, journal),
                        local,
                        FOUND,
                        here),
                usual);
    }

    private Manifest manifest() {
        return new Manifest(
                2,
                "s-0a1b2c3d",
                MADE,
                new Owner(
                        owner.pid(),
                        owner.startTicks(),
                        owner.bootId(),
                        owner.pidNamespace(),
                        owner.host(),
                        Owner.Kind.INSPECT),
                Manifest.Origin.none(),
                "/x/Vagrantfile",
                new Manifest.StartContext(Optional.empty(), Map.of()),
                machines,
                primary,
                List.of(),
                pin);
    }

    private void noted(String name, String provider, String id) {
        local.put(
                new LocalMachine(
                        name,
                        provider,
                        id,
                        DIRECTORY.resolve(".vagrant/machines").resolve(name)),
                Optional.of("corral/debian"));
    }

    private void runs(String id, MachineState state) {
        objects.put(LIBVIRT.key(id), new HypervisorObject("libvirt", id, "x_" + id, state, 4096, "qemu:///system"));
    }

    private void begun(OperationKind kind, ProcessIdentity by) {
        JournalEntry self = JournalEntry.started("w" + journal.size(), kind, new OperationTarget.Sandbox("s-0a1b2c3d"));
        journal.add(new JournalEntry(
                MADE,
                self.event(),
                self.workflow(),
                self.kind(),
                null,
                null,
                null,
                null,
                by,
                null,
                null,
                null,
                null,
                null,
                self.target(),
                null));
    }

    private void add(JournalEntry entry) {
        journal.add(entry);
    }

    private String workflow() {
        return journal.reversed().stream()
                .filter(entry -> entry.event() == Event.WORKFLOW_STARTED)
                .findFirst()
                .orElseThrow()
                .workflow();
    }

    private void ended(boolean failed) {
        add(
                failed
                        ? JournalEntry.failed(
                                workflow(),
                                new FailureView(
                                        Phase.of(PhaseKind.BOOT, "db"), "It did not boot.", "", List.of(), 0, false))
                        : JournalEntry.of(Event.WORKFLOW_ENDED, workflow()));
    }

    private static MachineView machine(SandboxView view, String name) {
        return view.machines().stream()
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theMachinesOfAStartUnderWayAreThoseThatItIsMaking() {
        begun(OperationKind.START, ProcessIdentity.self());
        machines.add("db");
        noted("db", "libvirt", "u-1");
        noted("web", "libvirt", "");
        runs("u-1", MachineState.RUNNING);
        add(JournalEntry.machine(workflow(), "db", "192.0.2.7"));
        add(JournalEntry.machine(workflow(), "db", null));
        add(JournalEntry.phase(workflow(), Phase.of(new Phase.Provisioner("", "shell", 1), "db"), MADE));
        SandboxView view = view();
        assertThat(view.state()).isEqualTo(SandboxState.STARTING);
        assertThat(view.detail()).isEqualTo("provision · shell");
        assertThat(view.machines())
                .as("also the one that has no id yet")
                .extracting(MachineView::name)
                .containsExactly("db", "web");
        assertThat(machine(view, "db").state()).isEqualTo(MachineState.PROVISIONING);
        assertThat(machine(view, "db").address()).contains("192.0.2.7");
        assertThat(machine(view, "db").since()).isPresent();
        assertThat(machine(view, "web").state()).isEqualTo(MachineState.STARTING);
        assertThat(machine(view, "web").id()).isEmpty();
        add(JournalEntry.phase(workflow(), Phase.of(PhaseKind.BOOT, "db"), MADE));
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.STARTING);
    }

    @Test
    void aNameThatVagrantOnlySpokeOfIsNoMachine() {
        machines.add("db");
        noted("db", "libvirt", "u-1");
        noted("web", "libvirt", "");
        runs("u-1", MachineState.RUNNING);
        begun(OperationKind.START, ProcessIdentity.self());
        ended(false);
        assertThat(view().machines()).extracting(MachineView::name).containsExactly("db");
        machines.clear();
        assertThat(view().machines())
                .as("nobody knows the names")
                .extracting(MachineView::name)
                .containsExactlyInAnyOrder("db", "web");
        machines.add("web");
        assertThat(view().machines())
                .as("the manifest names it")
                .extracting(MachineView::name)
                .containsExactlyInAnyOrder("db", "web");
    }

    @Test
    void aStartWhoseProcessEndedWasCutOff() {
        begun(OperationKind.START, GONE);
        machines.add("db");
        noted("db", "libvirt", "u-1");
        noted("web", "libvirt", "");
        runs("u-1", MachineState.RUNNING);
        SandboxView view = view();
        assertThat(view.state()).isEqualTo(SandboxState.INTERRUPTED);
        assertThat(view.detail()).isEqualTo("its start was cut off");
        assertThat(view.machines()).extracting(MachineView::name).containsExactly("db");
        assertThat(machine(view, "db").state()).isEqualTo(MachineState.RUNNING);
        journal.clear();
        assertThat(view().state()).as("not even its start was noted").isEqualTo(SandboxState.INTERRUPTED);
        assertThat(view().detail()).isEqualTo("its start was cut off");
        begun(OperationKind.DESTROY, GONE);
        assertThat(view().detail()).isEqualTo("its destroy was cut off");
    }

    @Test
    void aStartThatWaitsIsQueued() {
        begun(OperationKind.START, ProcessIdentity.self());
        add(JournalEntry.queued(workflow(), 2));
        assertThat(view().state()).isEqualTo(SandboxState.QUEUED);
        assertThat(view().detail()).isEqualTo("place 2");
        add(JournalEntry.phase(workflow(), Phase.of(PhaseKind.COPY), MADE));
        assertThat(view().state()).isEqualTo(SandboxState.STARTING);
        assertThat(view().detail()).isEqualTo("copy and check");
    }

    @Test
    void aDestroyUnderWayShowsOnEachMachineThatExists() {
        machines.addAll(List.of("db", "web"));
        noted("db", "libvirt", "u-1");
        runs("u-1", MachineState.RUNNING);
        begun(OperationKind.DESTROY, ProcessIdentity.self());
        add(JournalEntry.phase(workflow(), Phase.of(PhaseKind.DESTROY), MADE));
        SandboxView view = view();
        assertThat(view.state()).isEqualTo(SandboxState.DESTROYING);
        assertThat(view.detail()).isEqualTo("destroy");
        assertThat(machine(view, "db").state()).isEqualTo(MachineState.DESTROYING);
        assertThat(machine(view, "web").state()).isEqualTo(MachineState.NOT_CREATED);
        assertThat(machine(view, "db").address()).isEmpty();
    }

    @Test
    void aFailureIsShownOnTheMachineThatItIsAbout() {
        machines.addAll(List.of("db", "web"));
        noted("db", "libvirt", "u-1");
        noted("web", "libvirt", "u-2");
        runs("u-1", MachineState.STOPPED);
        runs("u-2", MachineState.STOPPED);
        begun(OperationKind.START, ProcessIdentity.self());
        ended(true);
        SandboxView view = view();
        assertThat(view.state()).isEqualTo(SandboxState.FAILED);
        assertThat(view.detail()).isEqualTo("It did not boot.");
        assertThat(machine(view, "db").state()).isEqualTo(MachineState.FAILED);
        assertThat(machine(view, "web").state()).isEqualTo(MachineState.STOPPED);
        runs("u-1", MachineState.RUNNING);
        assertThat(machine(view(), "db").state()).as("it runs all the same").isEqualTo(MachineState.RUNNING);
        begun(OperationKind.DESTROY, ProcessIdentity.self());
        ended(true);
        assertThat(view().state()).isEqualTo(SandboxState.DESTROY_FAILED);
        assertThat(view().detail()).isEqualTo("It did not boot.");
    }

    @Test
    void whatSomebodyCancelledDidNotFail() {
        machines.add("db");
        noted("db", "libvirt", "u-1");
        runs("u-1", MachineState.STOPPED);
        begun(OperationKind.START, ProcessIdentity.self());
        add(JournalEntry.failed(
                workflow(), new FailureView(Phase.of(PhaseKind.BOOT, "db"), "Cancelled.", "", List.of(), 0, true)));
        assertThat(view().state()).isEqualTo(SandboxState.FAILED);
        assertThat(view().detail()).isEqualTo("cancelled");
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.STOPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING RUNNING, READY",
        "RUNNING STOPPED, DEGRADED",
        "RUNNING PAUSED, DEGRADED",
        "STOPPED STOPPED, STOPPED",
        "STOPPED PAUSED, DEGRADED",
        "RUNNING UNKNOWN, UNKNOWN",
        "UNKNOWN UNKNOWN, UNKNOWN"
    })
    void afterItsStartASandboxIsWhatItsMachinesAre(String states, SandboxState expected) {
        begun(OperationKind.START, ProcessIdentity.self());
        ended(false);
        int number = 0;
        for (String state : states.split(" ")) {
            machines.add("vm" + ++number);
            noted("vm" + number, "libvirt", "u-" + number);
            runs("u-" + number, MachineState.valueOf(state));
        }
        assertThat(view().state()).isEqualTo(expected);
        assertThat(view().detail()).isEqualTo(expected == SandboxState.UNKNOWN ? "the hypervisor gave no answer" : "");
    }

    @Test
    void aMachineWithoutAnIdIsNotCreatedAndIsOff() {
        begun(OperationKind.START, ProcessIdentity.self());
        ended(false);
        assertThat(view().state()).as("it has none at all").isEqualTo(SandboxState.STOPPED);
        machines.add("db");
        SandboxView view = view();
        assertThat(machine(view, "db").state()).isEqualTo(MachineState.NOT_CREATED);
        assertThat(machine(view, "db").provider()).isEmpty();
        assertThat(machine(view, "db").box()).isEmpty();
        assertThat(machine(view, "db").diskBytes()).isEqualTo(-1);
        assertThat(view.state()).isEqualTo(SandboxState.STOPPED);
    }

    @Test
    void whatTheHypervisorDoesNotHaveIsGoneOnlyIfItAnswered() {
        machines.add("db");
        noted("db", "libvirt", "u-1");
        begun(OperationKind.START, ProcessIdentity.self());
        ended(false);
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.GONE);
        answered.clear();
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.UNKNOWN);
    }

    @Test
    void aPlainQemuWithoutAProcessIsOff() {
        machines.add("db");
        noted("db", "qemu", "u-1");
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.STOPPED);
    }

    @Test
    void ofAProviderThatNobodyCanAskAStartThatWentWellIsBelieved() {
        machines.add("db");
        noted("db", "vmware_desktop", "u-1");
        begun(OperationKind.START, ProcessIdentity.self());
        ended(false);
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.RUNNING);
        begun(OperationKind.START, ProcessIdentity.self());
        ended(true);
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.FAILED);
        journal.clear();
        assertThat(machine(view(), "db").state()).isEqualTo(MachineState.UNKNOWN);
    }

    @Test
    void aMachineThatRunsTellsItsAddressAndSinceWhen() {
        machines.add("db");
        noted("db", "libvirt", "u-1");
        runs("u-1", MachineState.RUNNING);
        begun(OperationKind.START, ProcessIdentity.self());
        add(JournalEntry.machine(workflow(), "db", "192.0.2.7"));
        add(JournalEntry.machine(workflow(), "db", null));
        ended(false);
        MachineView running = machine(view(), "db");
        assertThat(running)
                .returns("s-0a1b2c3d", MachineView::sandbox)
                .returns("libvirt", MachineView::provider)
                .returns("u-1", MachineView::id)
                .returns(Optional.of("corral/debian"), MachineView::box)
                .returns(Optional.of("192.0.2.7"), MachineView::address)
                .returns(4096L, MachineView::diskBytes)
                .returns(DIRECTORY, MachineView::directory);
        assertThat(running.since()).isPresent();
        runs("u-1", MachineState.STOPPED);
        assertThat(machine(view(), "db").address()).as("it may get another").isEmpty();
        assertThat(machine(view(), "db").since()).isEmpty();
    }

    @Test
    void thePrimaryMachineComesFirst() {
        machines.addAll(List.of("a", "b"));
        primary = Optional.of("b");
        assertThat(view().machines()).extracting(MachineView::name).containsExactly("b", "a");
        assertThat(view().machines()).extracting(MachineView::primary).containsExactly(true, false);
        primary = Optional.empty();
        assertThat(view().machines()).as("of two, nobody knows").noneMatch(MachineView::primary);
        machines.remove("b");
        assertThat(view().machines()).as("the only one").allMatch(MachineView::primary);
    }

    @Test
    void ofTwoProvidersTheOneWithAnIdCounts() {
        machines.add("db");
        noted("db", "libvirt", "u-1");
        noted("db", "virtualbox", "");
        assertThat(machine(view(), "db").provider()).isEqualTo("libvirt");
    }

    @Test
    void aSandboxOfAnotherProgramIsWhatItsMachinesAre() {
        manifest = false;
        SandboxView bare = view();
        assertThat(bare.state()).isEqualTo(SandboxState.UNKNOWN);
        assertThat(bare.detail()).isEqualTo("not made by Corral");
        assertThat(bare.liveness()).isEqualTo(Liveness.UNKNOWN);
        assertThat(bare.createdAt()).isEqualTo(FOUND);
        noted("db", "libvirt", "u-1");
        runs("u-1", MachineState.RUNNING);
        assertThat(view().state()).isEqualTo(SandboxState.READY);
    }

    @Test
    void whoLivesKeepsIt() {
        assertThat(view().liveness()).isEqualTo(Liveness.LIVE);
        assertThat(view().createdAt()).isEqualTo(MADE);
        assertThat(reader.lives()).containsEntry(ProcessIdentity.self(), Life.ALIVE);
        owner = GONE;
        assertThat(view().liveness()).isEqualTo(Liveness.STRAY);
        owner = UNKNOWABLE;
        assertThat(view().liveness()).isEqualTo(Liveness.UNKNOWN);
        owner = GONE;
        begun(OperationKind.START, ProcessIdentity.self());
        assertThat(view().liveness()).as("somebody works on it").isEqualTo(Liveness.LIVE);
        ended(false);
        assertThat(view().liveness()).as("the work is over").isEqualTo(Liveness.STRAY);
        pin = Optional.of(new Manifest.Pin("ada", MADE, Optional.empty()));
        assertThat(view().liveness()).isEqualTo(Liveness.PINNED);
        pin = Optional.of(new Manifest.Pin("ada", MADE, Optional.of(MADE.plusSeconds(1))));
        assertThat(view().liveness()).as("until a date that is past").isEqualTo(Liveness.STRAY);
    }

    @Test
    void onlyWhatIsUnderWayHasAUsualTime() {
        begun(OperationKind.START, ProcessIdentity.self());
        ended(false);
        begun(OperationKind.HALT, ProcessIdentity.self());
        SandboxView view = view(operation -> Optional.of(Duration.ofSeconds(9)));
        assertThat(view.operations())
                .extracting(OperationView::usual)
                .containsExactly(Optional.empty(), Optional.of(Duration.ofSeconds(9)));
        assertThat(view.operations()).extracting(OperationView::alive).containsExactly(true, true);
        assertThat(view.operation().orElseThrow().kind()).isEqualTo(OperationKind.START);
    }

    @ParameterizedTest
    @EnumSource(
            value = OperationKind.class,
            names = {"HALT", "RELOAD", "PROVISION"})
    void whoRanAVerbThatIsOverIsNotAskedFor(OperationKind kind) {
        begun(kind, GONE);
        ended(false);
        assertThat(view().operations().getFirst().alive()).isFalse();
        assertThat(reader.lives()).doesNotContainKey(GONE);
        begun(kind, GONE);
        assertThat(view().operations().getLast().interrupted()).isTrue();
        assertThat(reader.lives()).containsEntry(GONE, Life.ENDED);
    }
}
