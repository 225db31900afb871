package dev.corral.core.vagrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of Vagrant's stream, and the phases that it tells. */
@Tag("unit")
class UpOutputTest {
    private final List<String> phases = new ArrayList<>();
    private final List<Set<String>> named = new ArrayList<>();
    private final UpOutput output = new UpOutput(new UpOutput.Listener() {
        @Override
        public void phase(Phase phase, Instant at) {
            phases.add(phase.machine() + ": " + phase.words());
        }

        @Override
        public void machines(Set<String> names) {
            named.add(names);
        }
    });

    private void feed(String... lines) {
        for (String line : lines) {
            output.line(line);
        }
    }

    private void machines(String... names) {
        for (String name : names) {
            feed("1," + name + ",metadata,provider,libvirt");
        }
    }

    private static String ui(String machine, String text) {
        return "1," + machine + ",ui,info,==> " + machine + ": " + text;
    }

    @Test
    void machinesAreNamedOnceInTheirOrder() {
        machines("web", "db", "web");
        feed("1,web,metadata,other,libvirt", "1,,metadata,provider,libvirt");
        assertThat(named).containsExactly(Set.of("web"), Set.of("web", "db"));
        assertThat(output.machines()).containsExactly("web", "db");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Box 'x' could not be found. Attempting to find and install...|find box",
                "Checking if box 'x' version '1' is up to date...|find box",
                "Creating image (snapshot of base box volume).|create machine",
                "Importing base box 'x'...|create machine",
                "Starting domain.|boot",
                "Booting VM...|boot",
                "Resuming domain...|boot",
                "Waiting for machine to boot. This may take a few minutes...|wait for SSH",
                "SSH address: 192.0.2.7:22|wait for SSH",
                "Machine booted and ready!|set up guest",
                "Rsyncing folder: /a => /b|set up guest",
                "Running provisioner: shell...|provision · shell",
                "Running provisioner: schema (shell)...|provision · schema (shell)",
                "Running provisioner: shell (shell)...|provision · shell",
                "Running provisioner: odd|provision",
                "Running action triggers before up ...|trigger · before up",
                "Running hook triggers after halt ...|trigger · after halt",
                "Running action triggers odd|trigger"
            })
    void aMessageBeginsAPhase(String text, String words) {
        machines("web");
        feed(ui("web", text));
        assertThat(phases).containsExactly("web: " + words);
        assertThat(output.phase("web").orElseThrow().words()).isEqualTo(words);
    }

    @Test
    void whatIsNotKnownStaysInThePhaseUnderWay() {
        machines("web");
        feed(ui("web", "Starting domain."), ui("web", "Whistling..."), ui("web", "Starting domain."));
        assertThat(phases).containsExactly("web: boot");
        assertThat(output.recentLines("web")).containsExactly("Starting domain.", "Whistling...", "Starting domain.");
        feed(ui("web", "Machine booted and ready!"));
        assertThat(output.recentLines("web")).containsExactly("Machine booted and ready!");
        assertThat(output.recentLines("db")).isEmpty();
    }

    @Test
    void provisionersAreCountedOnEachMachine() {
        machines("web", "db");
        feed(
                ui("web", "Running provisioner: shell..."),
                ui("web", "Running provisioner: shell..."),
                ui("db", "Running provisioner: shell..."));
        assertThat(phases).hasSize(3);
        assertThat(output.phase("web").flatMap(Phase::provisioner).orElseThrow().position())
                .isEqualTo(2);
        assertThat(output.phase("db").flatMap(Phase::provisioner).orElseThrow().position())
                .isEqualTo(1);
    }

    @Test
    void aTriggersNameComesAfterItsTime() {
        machines("web");
        feed(ui("web", "Running action triggers after up ..."), ui("web", "Running trigger: Check (the lab)..."));
        assertThat(output.phase("web").orElseThrow().trigger())
                .contains(new Phase.Trigger("Check (the lab)", "after", "up"));
        feed(ui("web", "Starting domain."), ui("web", "Running trigger: lonely..."));
        assertThat(output.phase("web").orElseThrow().kind())
                .as("no trigger is under way")
                .isEqualTo(PhaseKind.BOOT);
    }

    @Test
    void aTriggerOfTheWholeCommandEndsWithTheFirstMachine() {
        machines("web");
        feed(ui("web", "Starting domain."));
        feed(ui("vagrant", "Running command triggers before up ..."), ui("vagrant", "one"), ui("vagrant", "two"));
        assertThat(output.lastMachine()).isEmpty();
        assertThat(output.phase("").orElseThrow().words()).isEqualTo("trigger · before up");
        assertThat(output.recentLines("")).containsExactly("one", "two");
        feed(ui("web", "Whistling..."));
        assertThat(output.phase("")).isEmpty();
        assertThat(output.lastMachine()).isEqualTo("web");
        feed(ui("vagrant", "nobody listens"), ui("vagrant", "Starting domain."));
        assertThat(output.phase("")).isEmpty();
        assertThat(phases).as("it is no phase of a machine").containsExactly("web: boot");
    }

    @Test
    void whatHasNoPhaseHasBegunAllTheSame() {
        machines("web");
        feed("1,web,ui,error,It is locked.", ui("vagrant", "one"));
        assertThat(output.begun()).isFalse();
        feed(ui("web", "Halting domain..."));
        assertThat(output.phase("web")).isEmpty();
        assertThat(output.begun()).isTrue();
        UpOutput triggered = new UpOutput(UpOutput.Listener.NONE);
        triggered.line(ui("vagrant", "Running command triggers before halt ..."));
        assertThat(triggered.begun()).isTrue();
    }

    @Test
    void errorsAreKeptPlain() {
        machines("web");
        feed(
                "1,web,ui,error,\u001B[31mIt broke.\\n\\nBadly.\u001B[0m",
                "1,,error-exit,Some::Error,\u001B[1mAll of it.");
        assertThat(output.errorLines()).containsExactly("It broke.", "Badly.");
        assertThat(output.errorClass()).isEqualTo("Some::Error");
        assertThat(output.errorText()).isEqualTo("All of it.");
    }

    @Test
    void aFailureIsOfTheMachineThatItNamesIfThereIsOne() {
        machines("web", "db");
        feed(ui("web", "Starting domain."));
        assertThat(output.failedMachine()).isEqualTo("web");
        feed("1,,error-exit,E,An error occurred while executing the action on the 'db' machine. More.");
        assertThat(output.failedMachine()).isEqualTo("db");
        feed("1,,error-exit,E,An error occurred while executing the action on the 'other' machine. More.");
        assertThat(output.failedMachine()).isEqualTo("web");
    }

    @Test
    void onlyTheLastLinesAreKeptAndNoneIsEndless() {
        machines("web");
        for (int number = 0; number < 100; number++) {
            feed(ui("web", "line " + number), "plain " + number);
        }
        assertThat(output.recentLines("web")).hasSize(60).startsWith("line 40").endsWith("line 99");
        assertThat(output.plainLines()).hasSize(60).startsWith("plain 40").endsWith("plain 99");
        feed("x".repeat(5000), "y".repeat(4000));
        assertThat(output.plainLines().get(58)).hasSize(4000).endsWith("…");
        assertThat(output.plainLines().get(59)).isEqualTo("y".repeat(4000));
    }

    @Test
    void blankLinesPartParagraphsOnly() {
        feed("one  ", "", "two");
        assertThat(output.plainLines()).containsExactly("one", "two");
        assertThat(output.plainText()).isEqualTo("one\n\ntwo");
    }

    @Test
    void ofProgressTheNewestPartCounts() {
        machines("web");
        feed("10%\r20%\r \r");
        assertThat(output.plainLines()).containsExactly("20%");
        feed("noise\r" + ui("web", "Starting domain."));
        assertThat(phases).containsExactly("web: boot");
    }

    @Test
    void ofABacktraceTheUsersFirstFramesAreKept() {
        feed("It broke (Some::Error)");
        for (int depth = 0; depth < 12; depth++) {
            feed("\tfrom /home/ada/lab/file" + depth + ".rb:1:in `x'");
            feed("\tfrom /usr/lib/ruby/vendor_ruby/v" + depth + ".rb:1:in `y'");
        }
        assertThat(output.plainLines())
                .hasSize(9)
                .startsWith("It broke (Some::Error)")
                .noneMatch(line -> line.contains("vendor_ruby"));
        assertThat(output.plainLines().getLast()).contains("file7.rb");
        feed("Another (Some::Error)", "\tfrom /home/ada/lab/again.rb:1:in `x'");
        assertThat(output.plainLines()).as("of each backtrace").hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,web,ui,info,==> web: Starting domain.", "1,web,action,up,start"})
    void aMachineThatVagrantDidNotNameIsNone(String line) {
        feed(line);
        assertThat(phases).isEmpty();
        assertThat(output.lastMachine()).isEmpty();
        assertThat(output.phase("web")).isEqualTo(Optional.empty());
    }

    @Test
    void aListenerHearsOfAddressesAndAnswersOnlyWhenTheyCome() {
        List<String> news = new ArrayList<>();
        UpOutput told = new UpOutput(new UpOutput.Listener() {
            @Override
            public void address(String machine, String address) {
                news.add(machine + " " + address);
            }

            @Override
            public void booted(String machine) {
                news.add(machine);
            }
        });
        told.line("1,web,metadata,provider,libvirt");
        told.line(ui("web", "Whistling..."));
        assertThat(news).isEmpty();
        told.line("1,web,ui,detail,    web: SSH address: 192.0.2.7:22");
        told.line(ui("web", "Machine booted and ready!"));
        assertThat(news).containsExactly("web 192.0.2.7:22", "web");
        new UpOutput(UpOutput.Listener.NONE).line("1,web,metadata,provider,libvirt");
    }

    @Test
    void samePhasesAreToldApartByWhatIsKnown() {
        Phase first = Phase.of(new Phase.Provisioner("a", "shell", 1), "web");
        assertThat(first.same(Phase.of(new Phase.Provisioner("a", "shell", 1), "db")))
                .isTrue();
        assertThat(first.same(Phase.of(new Phase.Provisioner("a", "shell", 2), "web")))
                .isFalse();
        assertThat(first.same(Phase.of(new Phase.Provisioner("a", "shell", 0), "web")))
                .isTrue();
        assertThat(Phase.of(new Phase.Provisioner("a", "shell", 0), "web").same(first))
                .isTrue();
        assertThat(first.same(Phase.of(new Phase.Provisioner("b", "shell", 1), "web")))
                .isFalse();
        assertThat(first.same(Phase.of(new Phase.Provisioner("a", "file", 1), "web")))
                .isFalse();
        assertThat(first.same(Phase.of(PhaseKind.PROVISION, "web"))).isFalse();
        assertThat(Phase.of(PhaseKind.BOOT).same(Phase.of(PhaseKind.BOOT, "web")))
                .isTrue();
        assertThat(Phase.of(PhaseKind.BOOT).same(Phase.of(PhaseKind.SSH))).isFalse();
        assertThat(Phase.called("a", "").same(Phase.called("b", ""))).isFalse();
        assertThat(Phase.of(new Phase.Trigger("", "after", "up"), "")
                        .same(Phase.of(new Phase.Trigger("", "before", "up"), "")))
                .isFalse();
    }

    @Test
    void whatAScriptPrintsIsTakenForNoWordOfVagrants() {
        List<String> heard = new ArrayList<>();
        UpOutput guarded = new UpOutput(new UpOutput.Listener() {
            @Override
            public void phase(Phase phase, Instant at) {
                heard.add(phase.words());
            }

            @Override
            public void address(String machine, String address) {
                heard.add(address);
            }

            @Override
            public void booted(String machine) {
                heard.add("booted " + machine);
            }
        });
        for (String line : List.of(
                "1,web,metadata,provider,libvirt",
                ui("web", "Waiting for machine to boot. This may take a few minutes..."),
                "1,web,ui,detail,    web: SSH address: 192.0.2.7:22",
                ui("web", "Machine booted and ready!"),
                ui("web", "Running provisioner: app (shell)..."),
                "1,web,ui,detail,    web: Running provisioner: evil (shell)...",
                "1,web,ui,detail,    web: SSH address: 6.6.6.6:22",
                "1,web,ui,detail,    web: Machine booted and ready!",
                "1,web,ui,detail,    web: Starting domain.",
                ui("web", "Running provisioner: last (shell)..."))) {
            guarded.line(line);
        }
        assertThat(heard)
                .containsExactly(
                        "wait for SSH",
                        "192.0.2.7:22",
                        "set up guest",
                        "booted web",
                        "provision · app (shell)",
                        "provision · last (shell)");
        assertThat(guarded.provisioners("web")).isEqualTo(2);
    }

    @Test
    void aMachineAnswersWhileItIsProvisioned() {
        assertThat(Phase.of(PhaseKind.PROVISION).answers()).isTrue();
        assertThat(Phase.of(new Phase.Trigger("", "after", "up"), "").answers()).isTrue();
        assertThat(Phase.of(new Phase.Trigger("", "before", "up"), "").answers())
                .isFalse();
        assertThat(Phase.of(PhaseKind.TRIGGER).answers()).isFalse();
        assertThat(Phase.of(PhaseKind.BOOT).answers()).isFalse();
        assertThat(Phase.of(new Phase.Trigger("Check", "after", "up"), "").which())
                .isEqualTo("Check (after up)");
        assertThat(Phase.of(PhaseKind.BOOT).which()).isEmpty();
        assertThat(Phase.of(PhaseKind.BOOT, "a").on("b")).isEqualTo(Phase.of(PhaseKind.BOOT, "b"));
    }
}
