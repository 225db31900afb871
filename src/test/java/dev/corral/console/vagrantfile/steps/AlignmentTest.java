package dev.corral.console.vagrantfile.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which provisioners of the file ran. */
@Tag("unit")
class AlignmentTest {
    private final List<ResolvedMachine.Provisioner> file =
            Story.resolution().machines().getFirst().provisioners();

    private static List<Phase.Provisioner> ran(String... names) {
        return Arrays.stream(names)
                .map(name -> new Phase.Provisioner(name, "shell", 0))
                .toList();
    }

    @Test
    void whatRunsOnlyWhenAskedForIsPassedOver() {
        assertThat(Alignment.positions(ran("packages", "app", ""), file)).containsExactly(1, 2, 3);
    }

    @Test
    void whatWasChosenIsFoundWhateverItsPolicy() {
        assertThat(Alignment.positions(
                        List.of(new Phase.Provisioner("", "shell", 3), new Phase.Provisioner("cleanup", "shell", 4)),
                        file))
                .containsExactly(3, 4);
        assertThat(Alignment.positions(List.of(new Phase.Provisioner("cleanup", "shell", 4)), file))
                .containsExactly(4);
    }

    @Test
    void oneThatRunsOnlyWhenAskedForAndIsTheFirstIsFoundToo() {
        List<ResolvedMachine.Provisioner> turned = List.of(file.get(3), file.get(0));
        assertThat(Alignment.positions(List.of(new Phase.Provisioner("cleanup", "shell", 1)), turned))
                .containsExactly(1);
        assertThat(Alignment.positions(List.of(new Phase.Provisioner("packages", "shell", 1)), turned))
                .containsExactly(2);
    }

    @Test
    void unknownOnesHaveNoPlace() {
        assertThat(Alignment.positions(ran("app", "else"), file)).containsExactly(2, 0);
        assertThat(Alignment.positions(List.of(new Phase.Provisioner("app", "shell", 99)), file))
                .as("a place that the file does not have any more")
                .containsExactly(2);
        assertThat(Alignment.positions(ran("app"), List.of())).containsExactly(0);
    }

    @Test
    void oneThatRunsAfterEachComesAgain() {
        assertThat(Alignment.positions(ran("packages", "app", "packages"), file))
                .containsExactly(1, 2, 1);
    }

    @Test
    void theTypeCountsToo() {
        assertThat(Alignment.positions(List.of(new Phase.Provisioner("app", "file", 0)), file))
                .containsExactly(0);
    }
}
