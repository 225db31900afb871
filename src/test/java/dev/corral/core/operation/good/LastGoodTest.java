package dev.corral.core.operation.good;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.OverStub;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.operation.StubWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A start that failed and the last one that worked, with real Vagrant and the stub provider. */
@Tag("unit")
@Timeout(300)
class LastGoodTest extends OverStub {
    @Test
    void aStartThatFailedIsComparedWhenBothSandboxesAreGone() throws Exception {
        Path file = stub.vagrantfile("fails-in-provisioner");
        String broken = Files.readString(file);
        Files.writeString(file, broken.replace("local.fails = true", "local.fails = false"));
        StartRequest request =
                StubWorld.withEnvironment(StartRequest.of(file), Map.of("SIZE", "1", "MY_TOKEN", "hush"));
        String good = stub.start(request);
        stub.destroy(good);
        Files.writeString(file, broken);
        Operation failing = stub.corral()
                .operations()
                .start(StubWorld.withEnvironment(request, Map.of("SIZE", "2", "MY_TOKEN", "other")));
        assertThat(StubWorld.failure(failing)).isInstanceOf(ExpectedFailure.class);
        assertThat(stub.directories()).isEmpty();
        LastGood last = LastGood.of(stub.cache(), failing.sandbox()).orElseThrow();
        assertThat(last.sandbox()).isEqualTo(good);
        assertThat(last.changes())
                .filteredOn(one -> one.kind() == StartChange.Kind.FILE)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.what()).isEqualTo("Vagrantfile");
                    assertThat(one.diff()).contains("-    local.fails = false", "+    local.fails = true");
                });
        assertThat(last.changes())
                .filteredOn(one -> one.kind() == StartChange.Kind.VARIABLE)
                .extracting(StartChange::what)
                .as("a secret's value is kept nowhere")
                .containsExactly("SIZE");
        assertThat(last.toString()).doesNotContain("hush", "other");
        assertThatThrownBy(() -> LastGood.of(stub.cache(), "nothing-like-it")).isInstanceOf(ExpectedFailure.class);
    }
}
