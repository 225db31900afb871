package dev.corral.core.solve.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.recording.Recordings;
import dev.corral.core.solve.journal.SolveStore;
import dev.corral.core.ssh.gateway.Gateway;
import dev.corral.core.ssh.gateway.GatewayKeys;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the way in when whoever watches it fails. */
@Tag("unit")
@Timeout(60)
class ServingTest extends HandedOver {
    @Test
    void whenTheWatchBreaksTheWayInIsClosed() throws Exception {
        PersonKey person = PersonKey.of(key + ".pub");
        Diary diary = new Diary(new SolveStore(environment));
        Grant wanted = new Grant(
                GrantStore.newId(),
                Instant.now(),
                "me",
                "Ann",
                session.session().id(),
                sandbox.id(),
                "",
                Optional.empty(),
                person.line(),
                Instant.now().plusSeconds(3_600),
                "127.0.0.1",
                0,
                Optional.empty(),
                Optional.empty());
        HandoverDoor door =
                new HandoverDoor(wanted, person.key(), new Recordings(environment), diary, (id, name) -> guest);
        InetAddress here = InetAddress.getLoopbackAddress();
        Gateway gateway = Gateway.open(here, 0, GatewayKeys.fresh(), door);
        Grant grant = wanted.with(Optional.of(ProcessIdentity.self()), gateway.port());
        GrantStore store = new GrantStore(environment);
        store.create(grant);
        CountDownLatch beside = new CountDownLatch(1);
        // Not closed by the test: that would wait for what may never come.
        Serving serving = new Serving(
                store,
                diary,
                gateway,
                door,
                grant,
                () -> {
                    throw new StackOverflowError("as when memory runs out");
                },
                () -> {
                    beside.countDown();
                    throw new NoClassDefFoundError("nor does this end well");
                });
        assertThat(serving.end().get(20, TimeUnit.SECONDS))
                .as("it is not taken back")
                .isEmpty();
        assertThat(beside.getCount()).isZero();
        assertThatThrownBy(() -> new Socket(here, gateway.port()).close()).isInstanceOf(ConnectException.class);
        assertThat(store.get(grant.id()).served()).isFalse();
    }
}
