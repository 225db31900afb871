package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pins and owners, noted in manifests without a Vagrant. */
@Tag("unit")
@Tag("any_user")
class PinsTest {
    private static final Optional<Manifest.Pin> PIN =
            Optional.of(new Manifest.Pin("a test", Instant.parse("2026-02-06T10:00:00Z"), Optional.empty()));
    // Of another boot, so that it has surely ended.
    private static final ProcessIdentity GONE = new ProcessIdentity(1, 1, "11111111-2222-3333-4444-555555555555");

    @TempDir
    Path temp;

    private SandboxStore store;
    private SandboxFiles files;

    @BeforeEach
    void make() throws IOException {
        store = new SandboxStore(temp);
        files = SandboxFiles.inOne(Files.createDirectories(temp.resolve("t-0a1b2c3d")));
    }

    private void owned(Owner owner) throws IOException {
        store.write(
                files,
                new Manifest(
                        2,
                        "t-0a1b2c3d",
                        Instant.EPOCH,
                        owner,
                        Manifest.Origin.none(),
                        "/x/Vagrantfile",
                        new Manifest.StartContext(Optional.empty(), Map.of()),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty()));
    }

    private Manifest manifest() throws IOException {
        return SandboxStore.manifest(files).orElseThrow();
    }

    private void destroyBegan(ProcessIdentity process) {
        JournalEntry begun =
                JournalEntry.started("w", OperationKind.DESTROY, new OperationTarget.Sandbox("t-0a1b2c3d"));
        new Journal(files.journal())
                .append(new JournalEntry(
                        begun.at(),
                        begun.event(),
                        "w",
                        begun.kind(),
                        null,
                        null,
                        null,
                        null,
                        process,
                        null,
                        null,
                        null,
                        null,
                        null,
                        begun.target(),
                        null));
    }

    @Test
    void aPinIsNotedAndTakenBack() throws IOException {
        owned(Owners.self(Owner.Kind.CONSOLE));
        Pins.set(store, files, PIN);
        assertThat(manifest().pin()).isEqualTo(PIN);
        Pins.set(store, files, Optional.empty());
        assertThat(manifest().pin()).isEmpty();
    }

    @Test
    void withoutAManifestThereIsNowhereToNoteIt() {
        assertThatThrownBy(() -> Pins.set(store, files, PIN))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("Sandbox t-0a1b2c3d has no manifest of Corral's, so it can't be pinned.");
    }

    @Test
    void whatIsBeingDestroyedCanNotBePinned() throws IOException {
        owned(Owners.self(Owner.Kind.CONSOLE));
        destroyBegan(ProcessIdentity.self());
        ExpectedFailure failure = catchThrowableOfType(ExpectedFailure.class, () -> Pins.set(store, files, PIN));
        assertThat(failure).hasMessageContaining("is being destroyed right now");
        assertThat(failure.kind()).isEqualTo(ExpectedFailure.Kind.BUSY);
        assertThat(manifest().pin()).isEmpty();
        new Journal(files.journal()).append(JournalEntry.phase("w", Phase.of(PhaseKind.DESTROY), Instant.now()));
        assertThatThrownBy(() -> Pins.set(store, files, PIN)).isInstanceOf(ExpectedFailure.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Event.class,
            names = {"WORKFLOW_ENDED", "WORKFLOW_FAILED", "WORKFLOW_CANCELLED"})
    void whatIsLeftOfADestroyThatIsOverCanBePinned(Event ending) throws IOException {
        owned(Owners.self(Owner.Kind.CONSOLE));
        destroyBegan(ProcessIdentity.self());
        new Journal(files.journal()).append(JournalEntry.of(ending, "w"));
        Pins.set(store, files, PIN);
        assertThat(manifest().pin()).isEqualTo(PIN);
    }

    @Test
    void aDestroyWhoseProcessEndedIsUnderWayNoMore() throws IOException {
        owned(Owners.self(Owner.Kind.CONSOLE));
        destroyBegan(GONE);
        Pins.set(store, files, PIN);
        assertThat(manifest().pin()).isEqualTo(PIN);
    }

    @Test
    void aDestroyOfWhichNoProcessIsNotedHoldsNothingUp() throws IOException {
        owned(Owners.self(Owner.Kind.CONSOLE));
        destroyBegan(null);
        Pins.set(store, files, PIN);
        assertThat(manifest().pin()).isEqualTo(PIN);
    }

    @Test
    void whatStartsCanBePinned() throws IOException {
        owned(Owners.self(Owner.Kind.CONSOLE));
        new Journal(files.journal())
                .append(JournalEntry.started("w", OperationKind.START, new OperationTarget.Sandbox("t-0a1b2c3d")));
        Pins.set(store, files, PIN);
        assertThat(manifest().pin()).isEqualTo(PIN);
    }

    @Test
    void aJournalThatCanNotBeReadLeavesThePinAlone() throws IOException {
        owned(Owners.self(Owner.Kind.CONSOLE));
        Files.createDirectory(files.journal());
        assertThatThrownBy(() -> Pins.set(store, files, PIN)).isInstanceOf(IOException.class);
        assertThat(manifest().pin()).isEmpty();
    }

    @Test
    void aSandboxWhoseOwnerEndedIsTaken() throws IOException {
        owned(new Owner(GONE.pid(), GONE.startTicks(), GONE.bootId(), Owner.Kind.INSPECT));
        Owner self = Owners.self(Owner.Kind.CONSOLE);
        Ownership.take(store, files, self);
        assertThat(manifest().owner()).isEqualTo(self);
        assertThat(manifest().lease().holder()).isEqualTo(self);
        String noted = Files.readString(files.manifest());
        Ownership.take(store, files, self);
        assertThat(files.manifest()).as("it is ours already").hasContent(noted);
    }

    @Test
    void aSandboxOfALivingOrUnknownOwnerIsNot() throws IOException {
        Owner alive =
                Owners.process(ProcessHandle.current().parent().orElseThrow().pid(), Owner.Kind.INSPECT);
        owned(alive);
        assertThatThrownBy(() -> Ownership.take(store, files, Owners.self(Owner.Kind.CONSOLE)))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("Sandbox t-0a1b2c3d belongs to process " + alive.pid() + " (inspect), which is alive.");
        owned(new Owner(0, 0, "", Owner.Kind.COMMAND_LINE));
        assertThatThrownBy(() -> Ownership.take(store, files, Owners.self(Owner.Kind.CONSOLE)))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("process 0 (command line), and whether that is alive can't be told from here");
    }

    @Test
    void aSandboxWithoutAManifestOrUnderALockIsNotTaken() throws IOException {
        assertThatThrownBy(() -> Ownership.take(store, files, Owners.self(Owner.Kind.CONSOLE)))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("has no manifest of Corral's, so nobody can be its owner");
        owned(new Owner(GONE.pid(), GONE.startTicks(), GONE.bootId(), Owner.Kind.INSPECT));
        try (SandboxLock held = SandboxLock.take(files)) {
            ExpectedFailure failure = catchThrowableOfType(
                    ExpectedFailure.class, () -> Ownership.take(store, files, Owners.self(Owner.Kind.CONSOLE)));
            assertThat(failure).hasMessageContaining("is being changed right now");
            assertThat(failure.kind()).isEqualTo(ExpectedFailure.Kind.BUSY);
        }
        Ownership.take(store, files, Owners.self(Owner.Kind.CONSOLE));
    }
}
