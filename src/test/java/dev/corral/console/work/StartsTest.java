package dev.corral.console.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.Samples;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Question;
import dev.corral.console.settings.TrustStore;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts from the click on, without a toolkit. */
@Tag("unit")
class StartsTest {
    private static final Manifest.Origin KERNEL = Manifest.Origin.sample("web", "/evals/web.py", "kernel");
    private static final Manifest.Origin DISTRO = Manifest.Origin.sample("web", "/evals/web.py", "distro");

    @TempDir
    Path folder;

    private final FixtureCorral corral =
            new FixtureCorral("/home/ada", Samples.evals(), Samples.inventory(Instant.now()));
    private final MessageCenter desk = new MessageCenter();
    private final SameThread threads = new SameThread();
    private final NotedDock dock = new NotedDock();
    private final List<String> begun = new ArrayList<>();
    private SandboxCommands commands;
    private TrustStore trust;
    private Path vagrantfile;

    @BeforeEach
    void unknownVagrantfile() throws Exception {
        vagrantfile =
                Files.writeString(Files.createDirectory(folder.resolve("one")).resolve("Vagrantfile"), "one");
        remember(folder.resolve("config/trusted.json"));
    }

    private void remember(Path file) {
        trust = new TrustStore(file, List.of());
        commands = new SandboxCommands(corral, threads, desk, trust, dock);
    }

    private void click(Manifest.Origin origin) {
        click(origin, vagrantfile);
    }

    private void click(Manifest.Origin origin, Path file) {
        commands.start(
                new StartRequest(
                        file, Optional.empty(), Map.of(), Optional.empty(), false, origin, Optional.empty(), false),
                origin.sample().isEmpty() ? "it" : origin.sample(),
                begun::add);
    }

    private Question question() {
        return desk.question().get();
    }

    private void startsOnce(Manifest.Origin origin) {
        threads.hold();
        click(origin);
        click(origin);
        threads.release();
        Question asked = question();
        click(origin);
        assertThat(question()).as("it is not asked again").isSameAs(asked);
        assertThat(desk.waiting()).isZero();
        threads.hold();
        Asked.answer(desk, "trust-run");
        click(origin);
        threads.release();
        assertThat(question()).isNull();
        assertThat(begun).hasSize(1);
        assertThat(commands.starting()).isFalse();
    }

    @Test
    void aSampleStartsOnceUntilItsSandboxIsSeen() {
        startsOnce(KERNEL);
        assertThat(corral.asked).containsOnlyOnce("start kernel");
        assertThat(commands.pending()).containsExactly(KERNEL);
        click(KERNEL);
        assertThat(corral.asked).containsOnlyOnce("start kernel");
        corral.last().done().complete(null);
        assertThat(commands.pending()).isEmpty();
    }

    @Test
    void aVagrantfileStartsOnceAndAgainAfterwards() {
        startsOnce(Manifest.Origin.none());
        assertThat(corral.asked).containsOnlyOnce("start ");
        click(Manifest.Origin.none());
        assertThat(corral.asked).filteredOn("start "::equals).hasSize(2);
    }

    @Test
    void aQuestionThatGoesAwayUnansweredLetsOneAskAgain() {
        click(KERNEL);
        desk.answer(question(), question().safe());
        assertThat(question()).isNull();
        click(KERNEL);
        assertThat(question()).isNotNull();
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void whatIsAskedAboutIsShownAndTrustedFromThenOn() {
        click(KERNEL);
        assertThat(dock.shown).containsExactly("kernel: one");
        Asked.answer(desk, "trust-run");
        assertThat(trust.unknown(vagrantfile)).isEmpty();
        click(DISTRO);
        assertThat(question()).isNull();
        assertThat(corral.asked).containsExactly("start kernel", "start distro");
    }

    @Test
    void aTrustedFolderAsksNoMore() throws Exception {
        click(KERNEL);
        Asked.answer(desk, "trust-folder");
        Files.writeString(vagrantfile, "two");
        click(DISTRO);
        assertThat(question()).isNull();
        assertThat(corral.asked).containsExactly("start kernel", "start distro");
    }

    @Test
    void whatHasChangedSinceItWasShownIsAskedAnew() throws Exception {
        click(KERNEL);
        Files.writeString(vagrantfile, "two");
        Asked.answer(desk, "trust-run");
        assertThat(corral.asked).isEmpty();
        assertThat(trust.unknown(vagrantfile)).isPresent();
        assertThat(question().text()).startsWith("Something of it has changed since it was shown. ");
        assertThat(dock.shown).containsExactly("kernel: one", "kernel put back", "kernel: two");
        click(KERNEL);
        assertThat(desk.waiting()).as("it is still held").isZero();
        Asked.answer(desk, "trust-run");
        assertThat(corral.asked).containsExactly("start kernel");
        assertThat(dock.shown).endsWith("kernel put back");
    }

    @Test
    void whatVanishesBeforeTheAnswerDoesNotStart() throws Exception {
        click(KERNEL);
        Files.delete(vagrantfile);
        Asked.answer(desk, "trust-run");
        assertThat(corral.asked).isEmpty();
        assertThat(desk.notices())
                .extracting(Notice::sentence)
                .singleElement()
                .asString()
                .contains("can not be read");
        Files.writeString(vagrantfile, "one");
        click(KERNEL);
        assertThat(question()).as("it can be asked for again").isNotNull();
    }

    @Test
    void oneAnswerIsForAllThatWaitForTheSameContent() throws Exception {
        Path other =
                Files.writeString(Files.createDirectory(folder.resolve("two")).resolve("Vagrantfile"), "other");
        click(KERNEL);
        click(Manifest.Origin.none(), other);
        click(DISTRO);
        assertThat(desk.waiting()).isEqualTo(2);
        assertThat(dock.shown).as("the one that is asked about now").containsExactly("kernel: one");
        Asked.answer(desk, "trust-run");
        assertThat(corral.asked).containsExactly("start kernel", "start distro");
        assertThat(question()).as("another content is still asked about").isNotNull();
        assertThat(desk.waiting()).isZero();
        assertThat(dock.shown).endsWith("it: other");
        Asked.answer(desk, "trust-cancel");
        assertThat(corral.asked).hasSize(2);
        click(Manifest.Origin.none(), other);
        assertThat(question()).isNotNull();
    }

    @Test
    void anAnswerThatIsStoredWhileAnotherIsLookedAtIsHeeded() {
        click(KERNEL);
        threads.hold();
        click(DISTRO);
        // What it read before the answer was stored.
        Asked.answer(desk, "trust-run");
        threads.release();
        assertThat(question()).isNull();
        assertThat(corral.asked).containsExactlyInAnyOrder("start kernel", "start distro");
    }

    @Test
    void aNoLeavesTheOthersAsked() {
        click(KERNEL);
        click(DISTRO);
        Asked.answer(desk, "trust-cancel");
        assertThat(question().title()).contains("distro");
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void anAnswerThatCanNotBeStoredIsForThisStart() throws Exception {
        remember(Files.writeString(folder.resolve("file"), "").resolve("trusted.json"));
        click(KERNEL);
        Asked.answer(desk, "trust-run");
        assertThat(corral.asked).containsExactly("start kernel");
        assertThat(desk.notices())
                .extracting(Notice::sentence)
                .singleElement()
                .asString()
                .startsWith("Your answer could not be stored");
    }

    @Test
    void whatCanNotBeReadIsSaidAndNotAskedAbout() {
        click(KERNEL, folder.resolve("none/Vagrantfile"));
        assertThat(question()).isNull();
        assertThat(desk.notices()).singleElement().returns("Check the path; no such file exists.", Notice::nextStep);
    }

    @Test
    void aStartThatDoesNotBeginIsSaidAndCanBeAskedForAgain() {
        click(KERNEL);
        corral.failOperations(Optional.of(ExpectedFailure.failed("The disk is full.", "Make room.")));
        Asked.answer(desk, "trust-run");
        assertThat(desk.notices()).extracting(Notice::sentence).containsExactly("The disk is full.");
        assertThat(commands.pending()).isEmpty();
        assertThat(commands.starting()).isFalse();
        corral.failOperations(Optional.empty());
        click(KERNEL);
        assertThat(corral.asked).containsExactly("start kernel");
        assertThat(desk.notices()).as("it is under way again").isEmpty();
    }
}
