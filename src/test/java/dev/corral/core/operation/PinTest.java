package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.Target;
import dev.corral.core.sandbox.Inputs;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A manifest is changed by several at once: nobody's word is lost, and nobody is promised what can't be kept. Stub provider. */
@Tag("unit")
@Timeout(180)
class PinTest extends OverStub {
    private SandboxFiles files(String id) {
        return stub.files(id);
    }

    @Test
    void aPinWhileItStartsIsKeptAndTakesNothingAway() throws Exception {
        Operation start = stub.corral().operations().start(stub.request("multi"));
        String id = start.sandbox();
        boolean pinned = false;
        while (!start.done().isDone()) {
            pinned = !pinned;
            stub.corral().operations().pin(id, pinned);
        }
        stub.corral().operations().pin(id, true);
        StubWorld.await(start);
        Manifest manifest = stub.manifest(id);
        assertThat(manifest.pin()).isPresent();
        assertThat(manifest.machines()).hasSize(stub.machines().size()).isNotEmpty();
        List<String> copied = new ArrayList<>(manifest.copied());
        copied.add("Vagrantfile");
        assertThat(manifest.inputs())
                .isEqualTo(Inputs.hash(files(id), copied, manifest.context().environment()));
        assertThat(manifest)
                .returns(2, Manifest::schemaVersion)
                .returns(files(id).directory().toString(), Manifest::directory)
                .returns("-" + id, Manifest::suffix)
                .returns(new Manifest.Lease(manifest.owner(), manifest.createdAt()), Manifest::lease);
        stub.destroy(id);
    }

    @Test
    void aTakeBackLosesNoPin() throws Exception {
        String id = stub.start(stub.request("single"));
        Owner self = Owners.self(Owner.Kind.CONSOLE);
        Owner ended = new Owner(
                self.pid(), self.startTicks() + 1, self.bootId(), self.pidNamespace(), self.host(), self.kind());
        SandboxStore store = new SandboxStore(stub.cache());
        for (int round = 0; round < 40; round++) {
            store.write(
                    files(id), stub.manifest(id).takenBy(ended, Instant.EPOCH).withPin(Optional.empty()));
            CompletableFuture<Void> pin = CompletableFuture.runAsync(
                    () -> stub.corral().operations().pin(id, true), Thread::startVirtualThread);
            stub.corral().operations().takeBack(id);
            pin.join();
            assertThat(stub.manifest(id).pin()).isPresent();
            assertThat(stub.manifest(id).owner()).isEqualTo(self);
            assertThat(stub.manifest(id).lease().since()).isAfter(Instant.EPOCH);
        }
        stub.destroy(id);
    }

    @Test
    void whatIsBeingDestroyedCanNotBePinned() throws Exception {
        String id = stub.start(stub.request("single"));
        Operation destroy = stub.corral().operations().destroy(id);
        StubWorld.until(() -> stub.sandbox(id).state() == SandboxState.DESTROYING);
        assertThatThrownBy(() -> stub.corral().operations().pin(id, true))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(ExpectedFailure.Kind.BUSY);
                    assertThat(failure).hasMessageContaining("is being destroyed right now");
                });
        StubWorld.await(destroy);
        assertThat(stub.machines()).isEmpty();
    }

    @Test
    void whatANewerCorralMadeIsListedAndNeverTouched() throws Exception {
        String id = stub.start(stub.request("single"));
        Path manifest = files(id).manifest();
        String ours = Files.readString(manifest);
        String newer = ours.replace("\"schema_version\" : 2", "\"schema_version\" : 3");
        assertThat(newer).isNotEqualTo(ours);
        Files.writeString(manifest, newer);
        InventoryItem item = stub.inventory().items().stream()
                .filter(one -> one.name().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(item.state()).isEqualTo(ItemState.UNKNOWN);
        assertThat(item.target()).isInstanceOf(Target.None.class);
        for (Runnable verb : List.<Runnable>of(
                () -> stub.corral().operations().destroy(id).done().join(),
                () -> stub.corral()
                        .operations()
                        .destroyMachine(id, "default")
                        .done()
                        .join(),
                () -> stub.corral()
                        .operations()
                        .run(id, "", MachineVerb.halt(), line -> {})
                        .done()
                        .join(),
                () -> stub.corral().operations().pin(id, true),
                () -> stub.corral().operations().takeBack(id),
                () -> stub.corral().connect(id, ""))) {
            assertThatThrownBy(verb::run)
                    .satisfies(failure -> assertThat(failure.getCause() == null ? failure : failure.getCause())
                            .isInstanceOf(ExpectedFailure.class)
                            .hasMessageContaining("newer Corral"));
        }
        assertThat(manifest).hasContent(newer);
        assertThat(stub.machines()).hasSize(1);
        Files.writeString(manifest, ours);
        stub.destroy(id);
    }
}
