package dev.corral.core.operation.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.core.base.Json;
import dev.corral.core.operation.start.ProvisionerCheck.Missing;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrantfile.ResolvedMachine;
import dev.corral.core.vagrantfile.hook.MachineRun;
import dev.corral.core.vagrantfile.hook.Told;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which provisioners are missed after a start, without Vagrant: what was asked for against what was told. */
@Tag("unit")
class ProvisionerCheckTest {
    private static final String COPY = "/cache/9f3c2a1b/Vagrantfile";
    private static final String ORIGINAL = "/home/ada/lab/Vagrantfile";

    /** In words: {@code name:type:run@line}; the name may be empty, the policy and the line may be absent. */
    private record Word(String name, String type, String run, int line) {
        static Word of(String word) {
            String[] placed = word.split("@", -1);
            String[] parts = placed[0].split(":", -1);
            return new Word(
                    parts[0],
                    parts[1],
                    parts.length > 2 ? parts[2] : "once",
                    placed.length > 1 ? Integer.parseInt(placed[1]) : 0);
        }
    }

    private static List<Told.Provisioner> had(String... words) {
        return IntStream.range(0, words.length)
                .mapToObj(i -> {
                    Word word = Word.of(words[i]);
                    return new Told.Provisioner(
                            i,
                            word.name().isEmpty() ? null : word.name(),
                            word.type(),
                            word.run(),
                            word.line() == 0 ? null : COPY,
                            word.line() == 0 ? null : word.line());
                })
                .toList();
    }

    private static Optional<ResolvedMachine> meant(String... words) {
        ObjectNode machine = Json.mapper().createObjectNode().put("name", "web").put("provider_known", true);
        ArrayNode list = machine.putArray("provisioners");
        for (int i = 0; i < words.length; i++) {
            Word word = Word.of(words[i]);
            ObjectNode one = list.addObject()
                    .put("index", i)
                    .put("type", word.type())
                    .put("run", word.run())
                    .put("known", true);
            if (!word.name().isEmpty()) {
                one.put("name", word.name());
            }
            if (word.line() > 0) {
                one.put("file", ORIGINAL).put("line", word.line());
            }
        }
        try {
            return Optional.of(Json.mapper().treeToValue(machine, ResolvedMachine.class));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Told.Ran> ran(List<Told.Provisioner> had, int... indexes) {
        return Arrays.stream(indexes)
                .mapToObj(index -> new Told.Ran("web", index, had.get(index).type(), true))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static MachineRun run(List<Told.Provisioner> had, int... ran) {
        return run(had, true, false, null, ran);
    }

    private static MachineRun run(
            List<Told.Provisioner> had, boolean enabled, boolean done, @Nullable List<String> types, int... ran) {
        return new MachineRun("web", had, true, enabled, done, types, null, ran(had, ran), ran(had, ran));
    }

    private static List<String> missing(MachineRun run) {
        return sentences(ProvisionerCheck.missing(run, Optional.empty(), true));
    }

    private static List<String> missing(MachineRun run, Optional<ResolvedMachine> meant) {
        return sentences(ProvisionerCheck.missing(run, meant, true));
    }

    private static List<String> sentences(List<Missing> missing) {
        return missing.stream().map(Missing::sentence).toList();
    }

    @Test
    void nothingIsMissedWhereAllRan() {
        assertThat(missing(run(had()))).isEmpty();
        assertThat(missing(run(had("app:shell@4", ":shell@5"), 0, 1))).isEmpty();
        assertThat(missing(run(had("app:shell@4", ":shell@5"), 1, 0)))
                .as("in another order, as with before and after")
                .isEmpty();
    }

    @Test
    void itSaysWhichAndWhere() {
        assertThat(missing(run(had("app:shell@4", ":ansible@5", ":shell@6"), 2)))
                .containsExactly(
                        "Machine web ran no provisioner app (shell), although the Vagrantfile asks for it in line 4 of Vagrantfile.",
                        "Machine web ran no provisioner ansible, although the Vagrantfile asks for it in line 5 of Vagrantfile.");
        assertThat(missing(run(had(":shell"))))
                .containsExactly("Machine web ran no provisioner shell, although the Vagrantfile asks for it.");
        FailureView failure =
                ProvisionerCheck.failure(run(had(":file@3", "app:shell@4"), 0), Optional.empty(), true, 1);
        assertThat(failure).isNotNull();
        assertThat(failure.machine()).isEqualTo("web");
        assertThat(failure.phase()).isEqualTo("provision · app (shell)");
        assertThat(failure.vagrantfileLine()).isEqualTo(4);
        assertThat(failure.lines()).hasSize(1);
        assertThat(failure.nextStep()).contains(".corralcopy");
    }

    @Test
    void ofThoseThatWereChosenEachHasToRunAndNoOther() {
        List<Told.Provisioner> had = List.of(
                new Told.Provisioner(0, "one", "shell", "once", null, null),
                new Told.Provisioner(1, null, "shell", "once", null, null),
                new Told.Provisioner(2, "late", "shell", "never", null, null));
        MachineRun all =
                new MachineRun("web", had, true, true, true, null, List.of(1, 2), ran(had, 1, 2), ran(had, 1, 2));
        assertThat(ProvisionerCheck.missing(all, Optional.empty(), false)).isEmpty();
        MachineRun some = new MachineRun("web", had, true, true, true, null, List.of(1, 2), ran(had, 1), ran(had, 1));
        assertThat(ProvisionerCheck.missing(some, Optional.empty(), false))
                .extracting(ProvisionerCheck.Missing::position, ProvisionerCheck.Missing::name)
                .containsExactly(tuple(3, "late"));
    }

    @Test
    void whatBeganAndDidNotEndIsMissed() {
        List<Told.Provisioner> had = had("app:shell@4");
        MachineRun run = new MachineRun("web", had, true, true, false, null, null, ran(had, 0), List.of());
        assertThat(missing(run)).hasSize(1);
    }

    @Test
    void theRunPolicyCounts() {
        List<Told.Provisioner> had = had("a:shell:once", "b:shell:always", "c:shell:never");
        assertThat(missing(run(had, 0, 1))).isEmpty();
        assertThat(missing(run(had))).hasSize(2).noneMatch(one -> one.contains(" c "));
        assertThat(missing(run(had, true, true, null, 1)))
                .as("provisioned already")
                .isEmpty();
        assertThat(missing(run(had, true, true, null)))
                .as("one that always runs did not")
                .singleElement()
                .asString()
                .contains(" b ");
        assertThat(missing(run(had, false, false, null))).as("--no-provision").isEmpty();
    }

    @Test
    void whatWasAskedForByNameOrTypeIsDue() {
        List<Told.Provisioner> had = had("a:shell", ":file", "c:shell:never");
        assertThat(missing(run(had, true, false, List.of("file"), 1))).isEmpty();
        assertThat(missing(run(had, true, false, List.of("shell"))))
                .as("a type does not wake those that never run")
                .hasSize(1);
        assertThat(missing(run(had, true, false, List.of("c"), 2))).isEmpty();
        assertThat(missing(run(had, true, false, List.of("c")))).hasSize(1);
    }

    @Test
    void whatTheCopyDoesNotEvenDefineIsMissed() {
        assertThat(missing(run(had(":shell@4"), 0), meant(":shell@4", "extra:shell@9")))
                .containsExactly(
                        "Machine web ran no provisioner extra (shell), although the Vagrantfile asks for it in line 9 of Vagrantfile.");
        assertThat(missing(run(had()), meant(":shell@4", ":shell@5"))).hasSize(2);
        assertThat(missing(run(had(":shell@5"), 0), meant(":shell@4", ":shell@5")))
                .as("the one from the same line is the same one")
                .singleElement()
                .asString()
                .contains("line 4");
        assertThat(missing(run(had(":shell", ":shell"), 0, 1), meant(":shell@7", ":shell@7")))
                .as("two of one line, by a loop")
                .isEmpty();
        assertThat(missing(run(had(":shell@1", ":shell@2"), 0, 1), meant(":shell@1")))
                .as("more than was meant is no loss")
                .isEmpty();
    }

    @Test
    void vagrantsOwnWordCountsForWhatItSkips() {
        assertThat(missing(run(had("a:shell:never@3")), meant("a:shell:once@3")))
                .as("a container without SSH")
                .isEmpty();
    }

    @Test
    void aMachineThatVagrantDidNotComeToProvision() {
        List<Told.Provisioner> had = had("a:shell");
        MachineRun run = new MachineRun("web", had, false, true, false, null, null, List.of(), List.of());
        assertThat(ProvisionerCheck.missing(run, Optional.empty(), true)).hasSize(1);
        assertThat(ProvisionerCheck.missing(run, Optional.empty(), false))
                .as("it was there before")
                .isEmpty();
    }

    @Test
    void whereVagrantDidNotSayWhichTheTypeHasToDo() {
        List<Told.Provisioner> had = had("a:shell", "b:shell", "c:file");
        List<Told.Ran> ran = List.of(new Told.Ran("web", -1, "shell", true), new Told.Ran("web", 2, "file", true));
        MachineRun run = new MachineRun("web", had, true, true, false, null, null, ran, ran);
        assertThat(missing(run)).singleElement().asString().contains(" b ");
    }

    @Test
    void whereTheOutputNamesMoreThanWasToldNothingIsJudged() {
        MachineRun run = run(had("a:shell", "b:shell"));
        assertThat(ProvisionerCheck.failure(run, Optional.empty(), true, 0)).isNotNull();
        assertThat(ProvisionerCheck.failure(run, Optional.empty(), true, 2)).isNull();
    }
}
