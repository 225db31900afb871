package dev.corral.console.solve.after;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.hypervisor.VmSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SavedStateTest {
    private static List<VmSnapshot> of(String... names) {
        return Arrays.stream(names)
                .map(name -> new VmSnapshot(name, Optional.empty()))
                .toList();
    }

    private static Optional<String> chosen(List<List<VmSnapshot>> machines) {
        return SavedState.ofAll(machines).map(VmSnapshot::name);
    }

    @Test
    void theNewestThatEveryMachineHasIsTheOne() {
        assertThat(chosen(List.of(
                        of("solve-20261128-100000", "clean", "solve-20261128-110000", "solve-20261128-120000"),
                        of("solve-20261128-110000", "solve-20261128-100000"))))
                .contains("solve-20261128-110000");
    }

    @Test
    void ofMachinesThatShareNoneThereIsNone() {
        assertThat(chosen(List.of())).isEmpty();
        assertThat(chosen(List.of(of("clean")))).isEmpty();
        assertThat(chosen(List.of(of("solve-20261128-100000"), of()))).isEmpty();
    }
}
