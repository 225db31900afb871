package dev.corral.console.vagrantfile.machines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.shared.StateStyle;
import dev.corral.console.vagrantfile.proof.Proof;
import dev.corral.console.vagrantfile.steps.KnownMachine;
import dev.corral.console.vagrantfile.steps.MachineSteps;
import dev.corral.console.vagrantfile.steps.StepKey;
import dev.corral.console.vagrantfile.steps.StepTimes;
import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.console.work.MachineWork;
import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.Resolution;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What cards, tools and tables say, without a toolkit. */
@Tag("unit")
class RulesTest {
    private static final Instant NOW = Story.BEGIN.plusSeconds(600);
    private static final OperationView GOOD =
            Story.start("one").provisioner("packages", "shell", 1, 9).done();
    private static final OperationView BAD = Story.start("one")
            .provisioner("packages", "shell", 1, 9.8)
            .failing("app", "shell", 2, 0.9)
            .failed("The script app.sh failed.", "it");

    private static Map<Tool, String> obstacles(Optional<SandboxView> sandbox) {
        return ToolRules.obstacles(
                new ToolRules.Situation(true, false, sandbox, MachineWork.none(), false, Optional.empty(), false));
    }

    private static Map<Tool, String> obstacles(SandboxState state, MachineState machine, OperationView operation) {
        return obstacles(Optional.of(Story.sandbox(state, machine, operation)));
    }

    @Test
    void withoutAFileNothingMakesSense() {
        assertThat(ToolRules.obstacles(new ToolRules.Situation(
                        false, false, Optional.empty(), MachineWork.none(), false, Optional.empty(), false)))
                .containsOnlyKeys(Tool.values())
                .containsValue("Open a Vagrantfile first");
    }

    @Test
    void withoutASandboxOnlyStartsMakeSense() {
        assertThat(obstacles(Optional.empty()))
                .doesNotContainKeys(Tool.UP, Tool.PROVE)
                .containsKeys(Tool.PROVISION, Tool.RELOAD, Tool.RESET, Tool.HALT, Tool.DESTROY, Tool.CANCEL);
    }

    @Test
    void ofWhatRunsAllButUpAndResumeMakesSense() {
        assertThat(obstacles(SandboxState.READY, MachineState.RUNNING, GOOD))
                .containsOnlyKeys(Tool.UP, Tool.RESUME, Tool.CANCEL);
        assertThat(obstacles(SandboxState.FAILED, MachineState.FAILED, BAD)).containsOnlyKeys(Tool.RESUME, Tool.CANCEL);
        assertThat(obstacles(SandboxState.STOPPED, MachineState.STOPPED, GOOD))
                .containsEntry(Tool.PROVISION, "No VM of it runs: Up boots them")
                .doesNotContainKeys(Tool.UP, Tool.RESET, Tool.DESTROY);
        assertThat(obstacles(SandboxState.DEGRADED, MachineState.PAUSED, GOOD))
                .doesNotContainKeys(Tool.RESUME, Tool.HALT)
                .containsKey(Tool.SUSPEND);
    }

    @Test
    void whatChangesIsLeftAlone() {
        assertThat(obstacles(
                        SandboxState.STARTING,
                        MachineState.STARTING,
                        Story.start("one").open(true)))
                .containsEntry(Tool.UP, "The sandbox is starting")
                .containsEntry(Tool.PROVISION, "The sandbox is starting")
                .doesNotContainKeys(Tool.PROVE, Tool.DESTROY);
        SandboxView ready = Story.sandbox(SandboxState.READY, MachineState.RUNNING, GOOD);
        MachineWork busy =
                new MachineWork(Map.of(Story.ID + "/", new MachineWork.Doing("provisioning", NOW)), Map.of());
        assertThat(ToolRules.obstacles(new ToolRules.Situation(
                        true, false, Optional.of(ready), busy, true, Optional.of("no snapshot"), true)))
                .containsEntry(Tool.RELOAD, "It is provisioning")
                .containsEntry(Tool.RESET, "It is provisioning")
                .containsEntry(Tool.PROVE, "A clean start is under way")
                .doesNotContainKey(Tool.CANCEL);
    }

    @Test
    void withoutASnapshotThereIsNoWayBackAndItIsSaid() {
        SandboxView ready = Story.sandbox(SandboxState.READY, MachineState.RUNNING, GOOD);
        assertThat(ToolRules.obstacles(new ToolRules.Situation(
                        true, false, Optional.of(ready), MachineWork.none(), false, Optional.of("none yet"), false)))
                .containsEntry(Tool.RESET, "none yet");
    }

    static MachineCard card(Optional<SandboxView> sandbox, MachineWork work, Instant now) {
        return MachineCard.of(
                MachineSteps.of(
                                KnownMachine.of(sandbox, Optional.of(Story.resolution())),
                                sandbox,
                                new StepTimes(),
                                now)
                        .getFirst(),
                sandbox,
                work,
                id -> false,
                now);
    }

    @Test
    void aCardSaysWhatTheMachineIs() {
        assertThat(card(Optional.empty(), MachineWork.none(), NOW))
                .returns("web", MachineCard::name)
                .returns(true, MachineCard::primary)
                .returns("not created", MachineCard::word)
                .returns("corral/debian · 1 CPU · 512 MB", MachineCard::note)
                .returns(false, MachineCard::answers);
        assertThat(card(
                        Optional.of(Story.sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)),
                        MachineWork.none(),
                        NOW))
                .returns("running", MachineCard::word)
                .returns(StateStyle.READY, MachineCard::look)
                .returns("192.168.121.40 · corral/debian · 1 CPU · 512 MB", MachineCard::note)
                .returns(true, MachineCard::answers);
    }

    @Test
    void aCardOfAFailureNamesTheStepAndTheCause() {
        assertThat(card(
                        Optional.of(Story.sandbox(SandboxState.FAILED, MachineState.FAILED, BAD)),
                        MachineWork.none(),
                        NOW))
                .returns("2 app failed", MachineCard::word)
                .returns(StateStyle.FAILED, MachineCard::look)
                .returns("The script app.sh failed.", MachineCard::cause)
                .returns(true, MachineCard::answers);
    }

    @Test
    void aCardOfWhatIsUnderWayCountsByTheUsualTime() {
        SandboxView starting = Story.sandbox(
                SandboxState.STARTING, MachineState.STARTING, Story.start("one").open(true));
        MachineCard card = card(Optional.of(starting), MachineWork.none(), Story.BEGIN.plusSeconds(15));
        assertThat(card)
                .returns("wait for SSH", MachineCard::word)
                .returns("15s of about 30s", MachineCard::note)
                .returns(Optional.of(0.5), MachineCard::progress);
        assertThat(card(Optional.of(starting), MachineWork.none(), Story.BEGIN.plusSeconds(300))
                        .progress()
                        .orElseThrow())
                .isLessThan(1);
        MachineWork busy = new MachineWork(
                Map.of(Story.ID + "/", new MachineWork.Doing("halting", NOW.minusSeconds(3))), Map.of());
        assertThat(card(Optional.of(Story.sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)), busy, NOW))
                .returns("halting", MachineCard::word)
                .returns("3s", MachineCard::note);
    }

    @Test
    void aCardSaysWhatKeepsOthersAway() {
        SandboxView ready = Story.sandbox(SandboxState.READY, MachineState.RUNNING, GOOD);
        assertThat(card(Optional.of(ready), MachineWork.none(), NOW).holder()).isEmpty();
        SandboxView held = Story.sandbox(
                SandboxState.READY,
                MachineState.RUNNING,
                GOOD,
                Story.later("two", OperationKind.RELOAD, 60)
                        .provisioner("packages", "shell", 1, 9)
                        .open(true));
        assertThat(card(Optional.of(held), MachineWork.none(), NOW).holder())
                .matches("reload since [0-9:]{8}, by another process");
        MachineWork busy = new MachineWork(
                Map.of(Story.ID + "/", new MachineWork.Doing("halting", NOW.minusSeconds(3))), Map.of());
        assertThat(card(Optional.of(ready), busy, NOW).holder()).matches("halting since [0-9:]{8}");
    }

    @Test
    void aProofIsGoodOnlyWhenItsStartEndedWell() {
        Proof begun = Proof.begun(Story.ID, Story.BEGIN);
        assertThat(begun.after(Optional.empty()).state()).isEqualTo(Proof.State.RUNNING);
        Proof running = begun.after(Optional.of(Story.sandbox(
                SandboxState.STARTING, MachineState.STARTING, Story.start("one").open(true))));
        assertThat(running.state()).isEqualTo(Proof.State.RUNNING);
        assertThat(running.note(Story.BEGIN.plusSeconds(6))).isEqualTo("fresh sandbox · 6s of about 30s");
        Proof proven = running.after(Optional.of(Story.sandbox(SandboxState.READY, MachineState.RUNNING, GOOD)));
        assertThat(proven.state()).isEqualTo(Proof.State.DESTROYING);
        assertThat(proven.note(NOW)).isEqualTo("clean start in 22s, destroying…");
        assertThat(proven.destroyed(false).cause()).contains("could not be destroyed");
        Proof good = proven.destroyed(true);
        assertThat(good.state()).isEqualTo(Proof.State.GOOD);
        assertThat(good.note(NOW)).isEqualTo("clean start in 22s, destroyed again");
        assertThat(good.after(Optional.of(Story.sandbox(SandboxState.FAILED, MachineState.FAILED, BAD))))
                .as("what was proven stays so")
                .isEqualTo(good);
        Proof failed = running.after(Optional.of(Story.sandbox(SandboxState.FAILED, MachineState.FAILED, BAD)));
        assertThat(failed).returns(Proof.State.FAILED, Proof::state).returns("The script app.sh failed.", Proof::cause);
        assertThat(running.after(Optional.of(Story.sandbox(SandboxState.DEGRADED, MachineState.STOPPED, GOOD)))
                        .cause())
                .isEqualTo("The sandbox is not all running.");
    }

    @Test
    void theResolvedTableHasEverySettingWithItsLine() {
        List<ResolvedRow> rows = ResolvedRows.of(Story.resolution());
        assertThat(rows)
                .extracting(row ->
                        row.key() + " = " + row.value() + " @" + row.place().line())
                .containsExactly(
                        "box = corral/debian @2",
                        "provider = libvirt @4",
                        "hostname = web @0",
                        "autostart = yes @3",
                        "boot timeout = 300 s @0",
                        "libvirt.memory = 512 @4",
                        "libvirt.cpus = 1 @4",
                        "network 1 forwarded_port = guest: 80, host: 8080 @6",
                        "folder /vagrant = . (disabled) @5",
                        "provisioner 1 packages = shell · run: once @12",
                        "provisioner 2 app = shell · run: once · app.sh @13",
                        "provisioner 3 (unnamed) = shell · run: once @14",
                        "provisioner 4 cleanup = shell · run: never @15",
                        "unknown config.vm.bocks = did you mean box? @7");
        assertThat(rows).extracting(ResolvedRow::machine).containsOnly("web");
    }

    @Test
    void comparedMachinesShowWhatOnlyOneHas() {
        Resolution two = Story.resolution(
                "{\"name\": \"web\", \"autostart\": true, \"hostname\": \"web\", \"boot_timeout\": 300}",
                "{\"name\": \"db\", \"autostart\": true, \"boot_timeout\": 300, \"communicator\": \"winrm\"}");
        assertThat(ResolvedRows.compare(two.machines().get(0), two.machines().get(1)))
                .extracting(row -> row.key() + " " + row.one() + "|" + row.other() + " " + row.different())
                .containsExactly(
                        "hostname web| true",
                        "autostart yes|yes false",
                        "boot timeout 300 s|300 s false",
                        "communicator |winrm true");
    }

    @Test
    void aLineLeadsToWhatItDecides() {
        Path file = Path.of("/v/Vagrantfile");
        List<Place> places = List.of(
                new Place("/v/Vagrantfile", 2),
                Place.NONE,
                new Place("/v/Vagrantfile", 9),
                new Place("/v/Vagrantfile", 9),
                new Place("/v/other.rb", 4),
                new Place("/v/Vagrantfile", 12));
        assertThat(ResolvedView.rowOf(places, file, 9)).contains(2);
        assertThat(ResolvedView.rowOf(places, file, 11)).as("within its block").contains(2);
        assertThat(ResolvedView.rowOf(places, file, 1)).isEmpty();
        assertThat(ResolvedView.rowOf(places, Path.of("/v/other.rb"), 30)).contains(4);
    }

    @Test
    void variablesSayWhereTheyComeFrom() {
        Environment environment = new Environment(Map.of("FROM_OUTSIDE", "1", "API_TOKEN", "geheim"));
        List<Resolution.Variable> reads = List.of(
                new Resolution.Variable("UNSET", "/v", 4),
                new Resolution.Variable("FROM_OUTSIDE", "/v", 3),
                new Resolution.Variable("API_TOKEN", "/v", 5),
                new Resolution.Variable("INSPECT_VM_SUFFIX", "/v", 1),
                new Resolution.Variable(Resolution.ALL_VARIABLES, "/v", 9));
        assertThat(VariableRow.of(
                        reads, Map.of("UNSET", "now", "EXTRA", "", "DB_PASSWORD", "x"), environment, "-web-1"))
                .extracting(row ->
                        row.name() + "=" + row.shown() + " " + row.source().words())
                .containsExactly(
                        "API_TOKEN=•••••••• environment",
                        "FROM_OUTSIDE=1 environment",
                        "INSPECT_VM_SUFFIX=-web-1 set for each sandbox",
                        "UNSET=now set here",
                        "DB_PASSWORD=•••••••• set here",
                        "EXTRA= set here");
        assertThat(VariableRow.obstacle("INSPECT_VM_SUFFIX")).isPresent();
        assertThat(VariableRow.obstacle("VAGRANT_CWD")).isPresent();
        assertThat(List.of("", "1X", "A B", "A=B", "Ä"))
                .allMatch(name -> VariableRow.obstacle(name).isPresent());
        assertThat(VariableRow.obstacle("VAGRANT_BOX")).isEmpty();
    }

    private static Inventory inventory(SandboxView... views) {
        return new Inventory(NOW, Path.of("/cache"), List.of(views), List.of(), "", List.of());
    }

    @Test
    void theNewestSandboxIsChosenAndOneThatIsGoneNoMore() {
        Sandboxes sandboxes = new Sandboxes();
        SandboxView ready = Story.sandbox(SandboxState.READY, MachineState.RUNNING, GOOD);
        sandboxes.inventory(inventory(ready));
        assertThat(sandboxes.current()).as("no file is open").isEmpty();
        sandboxes.open(Optional.of(Story.FILE));
        assertThat(sandboxes.current()).contains(ready);
        sandboxes.choose("");
        sandboxes.inventory(inventory(ready));
        assertThat(sandboxes.current()).as("the next start makes another one").isEmpty();
        sandboxes.choose("debug-22222222");
        sandboxes.inventory(inventory(ready));
        assertThat(sandboxes.current())
                .as("one that has just begun is waited for")
                .isEmpty();
        sandboxes.choose(Story.ID);
        sandboxes.inventory(inventory());
        assertThat(sandboxes.current()).isEmpty();
        sandboxes.aside(Story.ID);
        sandboxes.inventory(inventory(ready));
        assertThat(sandboxes.current()).as("a proof is never chosen by itself").isEmpty();
        sandboxes.open(Optional.of(Path.of("/elsewhere/Vagrantfile")));
        assertThat(sandboxes.all()).isEmpty();
        sandboxes.open(Optional.of(ready.directory().resolve("Vagrantfile")));
        assertThat(sandboxes.all()).as("the copy in the sandbox").containsExactly(ready);
    }

    @Test
    void whatIsLeftOfAFailedStartTellsItsStory() {
        Sandboxes sandboxes = new Sandboxes();
        sandboxes.open(Optional.of(Story.FILE));
        sandboxes.choose(Story.ID);
        SandboxView failed = Story.sandbox(SandboxState.FAILED, MachineState.NOT_CREATED, BAD);
        sandboxes.inventory(new Inventory(NOW, Path.of("/cache"), List.of(), List.of(failed), "", List.of()));
        assertThat(sandboxes.current()).isEmpty();
        assertThat(sandboxes.story()).contains(failed);
    }

    private static List<TimelineRow> rows(OperationView... operations) {
        Optional<SandboxView> sandbox =
                Optional.of(Story.sandbox(SandboxState.FAILED, MachineState.FAILED, operations));
        return TimelineRow.of(MachineSteps.of(
                KnownMachine.of(sandbox, Optional.of(Story.resolution())), sandbox, new StepTimes(), NOW));
    }

    @Test
    void aStepThatFailsIsChosenOnceAndThenTheUserDecides() {
        TimelineRow.Choice choice = new TimelineRow.Choice();
        List<StepKey> chosen = new ArrayList<>();
        TimelineRow.Key boot = new TimelineRow.Key(Story.WEB, Optional.of(StepKey.plain(StepKey.Kind.BOOT)));
        OperationView open =
                Story.start("one").provisioner("packages", "shell", 1, 1).open(true);
        for (OperationView operation : Arrays.asList(open, BAD)) {
            chosen.add(choice.of(rows(operation)).flatMap(TimelineRow.Key::step).orElseThrow());
        }
        assertThat(chosen).containsExactly(StepKey.provisioner(1), StepKey.provisioner(2));
        choice.user(boot);
        assertThat(choice.of(rows(BAD))).contains(boot);
        choice.clear();
        assertThat(choice.of(rows(GOOD))).isEmpty();
    }

    @Test
    void eachMachineThatStartsHasItsName() {
        assertThat(rows(GOOD)).filteredOn(row -> row.step().isEmpty()).hasSize(1);
        List<TimelineRow> two = TimelineRow.of(MachineSteps.of(
                KnownMachine.of(
                        Optional.empty(),
                        Optional.of(Story.resolution(
                                "{\"name\": \"web\", \"autostart\": true}",
                                "{\"name\": \"db\", \"autostart\": true}",
                                "{\"name\": \"spare\", \"autostart\": false}"))),
                Optional.empty(),
                new StepTimes(),
                NOW));
        assertThat(two.stream().filter(row -> row.step().isEmpty()))
                .extracting(row -> row.timeline().machine().name())
                .containsExactly("web", "db");
    }

    @Test
    void placesThatNobodyKnowsAreNone() {
        assertThat(Story.resolution()
                        .machines()
                        .getFirst()
                        .provisioners()
                        .get(2)
                        .place())
                .isNotEqualTo(Place.NONE);
        assertThat(ResolvedRows.of(Story.resolution()).stream()
                        .filter(row -> row.key().equals("hostname")))
                .allMatch(row -> !row.place().known());
    }
}
