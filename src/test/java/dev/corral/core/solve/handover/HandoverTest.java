package dev.corral.core.solve.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.solve.handover.Grant.Why;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveStore;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How what is handed over begins, is recorded, is moved, taken up again and ends. */
@Tag("unit")
@Timeout(90)
class HandoverTest extends HandedOver {
    @Test
    void thePersonGetsAShellWhichIsRecordedWithWhatIsTypedAndTheJournalTells() throws Exception {
        try (Serving serving = handover.handOver(wish("web-1-0000", Duration.ofHours(1)))) {
            assertThat(recorded()).as("the way was tried").isEmpty();
            Said said = run(ssh(serving, "-tt"), "stty size; echo in=$((40+2))\nexit 7\n");
            assertThat(said.text()).contains("in=42");
            assertThat(said.status()).isEqualTo(7);
            until(() -> journal().contains(EntryKind.LEFT));
            assertThat(journal()).containsExactly(EntryKind.HANDED, EntryKind.CAME, EntryKind.LEFT);
            SolveEntry came = session.folder().journal().read().get(1);
            assertThat(came.by()).isEqualTo("Ann");
            assertThat(came.fact("from")).isEqualTo("127.0.0.1");
            assertThat(session.folder().recordings().resolve(came.fact("recording")))
                    .exists();
            // Typed, and shown.
            assertThat(recorded()).contains(", \"i\", ").contains("$((40+2))").contains("in=42");
        }
    }

    @Test
    void whatComesFromAFileIsDoneToItsEnd() throws Exception {
        try (Serving serving = handover.handOver(wish("web-1-0000", Duration.ofHours(1)))) {
            Said said = run(ssh(serving, "-tt"), "sleep 1; echo late=$((40+2)); exit 5\n");
            assertThat(said.text()).contains("late=42");
            assertThat(said.status()).isEqualTo(5);
        }
    }

    @Test
    void whoTakesItBackFromElsewhereCutsTheTerminalAtOnce() throws Exception {
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            Process ssh = new ProcessBuilder(ssh(serving, "-tt"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
            ssh.getOutputStream().write("sleep 4242\n".getBytes(StandardCharsets.UTF_8));
            ssh.getOutputStream().flush();
            until(() -> Files.readString(folder.resolve("out")).contains("sleep 4242"));
            Handover elsewhere =
                    new Handover(environment, new SolveStore(environment), (id, name) -> guest, id -> () -> {});
            long begin = System.nanoTime();
            Grant after = elsewhere.revoke(serving.grant().id(), "boss");
            assertThat(ssh.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
            assertThat(after.served()).isFalse();
            assertThat(Files.readString(folder.resolve("out"))).contains("[Corral] This terminal was taken back.");
            assertThat(serving.end().get(5, TimeUnit.SECONDS).orElseThrow().by())
                    .isEqualTo("boss");
            assertThat(run(ssh(serving, "-tt"), "").status()).isEqualTo(255);
            assertThat(journal()).contains(EntryKind.TAKEN_BACK, EntryKind.LEFT);
            assertThat(recorded()).contains("taken back");
            assertThat(elsewhere.list().getFirst().state(Instant.now())).isEqualTo("taken back");
            // Once more changes nothing, and it can't be had again.
            assertThat(elsewhere
                            .revoke(serving.grant().id(), "other")
                            .end()
                            .orElseThrow()
                            .by())
                    .isEqualTo("boss");
            assertThatThrownBy(() -> elsewhere.serve(after.id(), "me")).hasMessageContaining("is over: taken back");
            assertThatThrownBy(() -> elsewhere.extend(after.id(), Instant.now().plusSeconds(60), "me"))
                    .hasMessageContaining("is over");
        }
    }

    @Test
    void theEndIsToldBeforeItComesAndCanBeMoved() throws Exception {
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofSeconds(6)))) {
            Process ssh = new ProcessBuilder(ssh(serving, "-tt"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
            until(() -> serving.terminals() == 1);
            handover.extend(serving.grant().id(), Instant.now().plusSeconds(3), "me");
            until(() -> Files.readString(folder.resolve("out")).contains("[Corral] This terminal ends at"));
            Instant later = Instant.now().plusSeconds(4);
            handover.extend(serving.grant().id(), later, "me");
            assertThat(serving.end().get(20, TimeUnit.SECONDS).orElseThrow().why())
                    .isEqualTo(Why.EXPIRED);
            assertThat(Instant.now()).isAfter(later);
            assertThat(ssh.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(folder.resolve("out"))).contains("The time of this terminal is over.");
            assertThat(journal())
                    .contains(EntryKind.EXTENDED, EntryKind.HAND_OVER_ENDED)
                    .doesNotContain(EntryKind.TAKEN_BACK);
        }
    }

    @Test
    void whatIsServedNoLongerIsTakenUpAgainAtTheSamePortWithTheSameKey() throws Exception {
        Grant before;
        String ticket;
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            before = serving.grant();
            ticket = handover.ticket(before).knownHosts();
            assertThatThrownBy(() -> handover.handOver(wish(sandbox.id(), Duration.ofHours(2))))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("is handed over to this key already");
        }
        assertThat(handover.list().getFirst().state(Instant.now())).isEqualTo("not served");
        // As one looks whose process was killed.
        new GrantStore(environment)
                .update(
                        before.id(),
                        known -> known.with(Optional.of(new ProcessIdentity(1, 1, "no such boot")), known.port()));
        assertThat(handover.list().getFirst().served()).isFalse();
        try (Serving serving = handover.serve(before.id(), "me")) {
            assertThat(handover.ticket(serving.grant()).knownHosts()).isEqualTo(ticket);
            assertThat(run(ssh(serving, "-tt"), "echo a$((1+1))b\nexit\n").text())
                    .contains("a2b");
        }
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(3)))) {
            assertThat(serving.grant().id()).isEqualTo(before.id());
            assertThat(handover.list()).hasSize(1);
            assertThat(handover.list().getFirst().until()).isAfter(before.until());
        }
        Path host = environment.userState().resolve("corral/handover/host_key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(host)))
                .isEqualTo("rw-------");
    }

    @Test
    void ofTwoWhoHandOneMachineToOneKeyAtOnceOnlyOneDoes() throws Exception {
        AtomicReference<Optional<Serving>> quicker = new AtomicReference<>(Optional.empty());
        AtomicBoolean first = new AtomicBoolean(true);
        Handover slower = new Handover(
                environment,
                new SolveStore(environment),
                (id, name) -> {
                    if (first.getAndSet(false)) {
                        try {
                            quicker.set(Optional.of(handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))));
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    return guest;
                },
                id -> () -> {});
        assertThatThrownBy(() -> slower.handOver(wish(sandbox.id(), Duration.ofHours(1))))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("is handed over to this key already");
        try (Serving serving = quicker.get().orElseThrow()) {
            assertThat(handover.list()).containsExactly(serving.grant());
        }
    }

    private Handover.Wish other(Optional<String> user, String listen, int port) {
        Handover.Wish wish = wish(sandbox.id(), Duration.ofHours(1));
        return new Handover.Wish(wish.named(), "", user, wish.key(), "Ann", wish.until(), listen, port, "me");
    }

    @Test
    void whatIsWantedNowIsNotReplacedByWhatWasHandedOverWider() throws Exception {
        Grant wide;
        try (Serving serving = handover.handOver(other(Optional.empty(), "0.0.0.0", 0))) {
            wide = serving.grant();
        }
        for (Handover.Wish narrow : List.of(
                other(Optional.empty(), "", 0),
                other(Optional.of("nobody"), "0.0.0.0", 0),
                other(Optional.empty(), "0.0.0.0", wide.port() == 2222 ? 2223 : 2222))) {
            assertThatThrownBy(() -> handover.handOver(narrow))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("for another login or at another address: " + wide.id());
        }
        assertThat(handover.list()).containsExactly(handover.find(wide.id()));
        assertThat(handover.find(wide.id()).served()).isFalse();
        try (Serving serving = handover.handOver(other(Optional.empty(), "0.0.0.0", wide.port()))) {
            assertThat(serving.grant().id()).isEqualTo(wide.id());
        }
    }

    @Test
    void itIsTakenBackWhereNothingCanBeWritten() throws Exception {
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            Process ssh = new ProcessBuilder(ssh(serving, "-tt"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
            until(() -> serving.terminals() == 1);
            Path lock = environment.userState().resolve("corral/handover/lock");
            Files.delete(lock);
            Files.createDirectory(lock);
            assertThatThrownBy(() -> handover.revoke(serving.grant().id(), "me"))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("is taken back, but could not be kept in the list")
                    .hasMessageContaining("Nobody is in by it any more");
            assertThat(ssh.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(handover.list()).isEmpty();
            assertThat(journal()).contains(EntryKind.TAKEN_BACK);
        }
    }

    @Test
    void whatHasRunOutCanBeTakenBackAndIsExtendedFromItsEndWithinBounds() throws Exception {
        Grant grant;
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            grant = serving.grant();
            Instant later = grant.until().plus(Duration.ofHours(2));
            handover.extend(grant.id(), Duration.ofHours(1), "me");
            assertThat(handover.extend(grant.id(), Duration.ofHours(1), "me").until())
                    .isEqualTo(later);
            assertThatThrownBy(() -> handover.extend(serving.grant().id(), Duration.ofDays(30), "me"))
                    .hasMessageContaining("more than 30 days away");
            assertThat(handover.find(grant.id()).until()).isEqualTo(later);
        }
        new GrantStore(environment)
                .update(grant.id(), known -> known.with(Instant.now().minusSeconds(1)));
        Grant after = handover.revoke(grant.id(), "me");
        assertThat(after.end().orElseThrow().why()).isEqualTo(Why.REVOKED);
    }

    @Test
    void aMachineThatDoesNotAnswerIsHandedToNobody() throws Exception {
        machine.kill();
        assertThatThrownBy(() -> handover.handOver(wish(sandbox.id(), Duration.ofHours(1))))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("Nothing was handed out: no shell opens in the machine through the gateway.");
        assertThat(handover.list()).isEmpty();
        assertThat(journal()).isEmpty();
    }

    @Test
    void aLoginThatTheMachineDoesNotHaveIsHandedToNobody() {
        Handover.Wish wish = wish(sandbox.id(), Duration.ofHours(1));
        Handover.Wish other = new Handover.Wish(
                wish.named(), "", Optional.of("no-such-user"), wish.key(), "Ann", wish.until(), "", 0, "me");
        assertThatThrownBy(() -> handover.handOver(other)).hasMessageContaining("Nothing was handed out");
        assertThat(handover.list()).isEmpty();
    }

    @Test
    void aPortThatSomebodyElseHasIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Handover.Wish wish = wish(sandbox.id(), Duration.ofHours(1));
            Handover.Wish there = new Handover.Wish(
                    wish.named(), "", Optional.empty(), wish.key(), "", wish.until(), "", taken.getLocalPort(), "me");
            assertThatThrownBy(() -> handover.handOver(there))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("can't be had");
        }
    }

    @Test
    void itEndsWhenTheSandboxGoes() throws Exception {
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            Files.delete(sandbox.manifest());
            assertThat(serving.end().get(20, TimeUnit.SECONDS).orElseThrow().why())
                    .isEqualTo(Why.GONE);
            assertThat(journal()).contains(EntryKind.HAND_OVER_ENDED);
        }
    }

    @Test
    void whatListensNowhereAnyMoreIsListedAndCanBeTakenBack() throws Exception {
        Grant grant = new Grant(
                GrantStore.newId(),
                Instant.now(),
                "me",
                "Ann",
                "",
                sandbox.id(),
                "",
                Optional.empty(),
                PersonKey.of(key + ".pub").line(),
                Instant.now().plusSeconds(3_600),
                "no such name.invalid",
                1,
                Optional.empty(),
                Optional.empty());
        new GrantStore(environment).create(grant);
        assertThat(handover.ticketIfKnown(handover.list().getFirst())).isEmpty();
        assertThat(handover.revoke(grant.id(), "me").end()).isPresent();
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            assertThat(serving.grant().listen()).as("resolved once").isEqualTo("127.0.0.1");
        }
    }

    @Test
    void whatNobodyServesEndsWithItsMachine() throws Exception {
        String id;
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            id = serving.grant().id();
        }
        assertThat(handover.list().getFirst().over(Instant.now())).isFalse();
        Files.move(folder.resolve("cache"), folder.resolve("away"));
        assertThat(handover.list().getFirst().over(Instant.now()))
                .as("its cache directory can't be seen")
                .isFalse();
        Files.move(folder.resolve("away"), folder.resolve("cache"));
        Files.delete(sandbox.manifest());
        assertThatThrownBy(() -> handover.extend(id, Duration.ofHours(1), "me"))
                .hasMessageContaining("is over: its machine is gone");
        assertThatThrownBy(() -> handover.serve(id, "me")).hasMessageContaining("is over: its machine is gone");
        assertThat(handover.list().getFirst().end().orElseThrow().why()).isEqualTo(Why.GONE);
        assertThat(journal()).containsOnlyOnce(EntryKind.HAND_OVER_ENDED);
    }

    @Test
    void whatHasEndedIsListedForThirtyDays() throws Exception {
        GrantStore store = new GrantStore(environment);
        Instant now = Instant.now();
        for (int days : new int[] {1, 29, 31}) {
            Instant then = now.minus(Duration.ofDays(days));
            store.create(new Grant(
                    GrantStore.newId(),
                    then,
                    "me",
                    "day " + days,
                    "",
                    sandbox.id(),
                    "",
                    Optional.empty(),
                    PersonKey.of(key + ".pub").line(),
                    then.plusSeconds(3_600),
                    "",
                    1,
                    Optional.empty(),
                    days == 29 ? Optional.of(new Grant.End(then, Why.REVOKED, "me")) : Optional.empty()));
        }
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            assertThat(serving.grant().who()).isEqualTo("Ann");
        }
        assertThat(handover.list()).extracting(Grant::who).containsExactly("Ann", "day 1", "day 29");
    }
}
