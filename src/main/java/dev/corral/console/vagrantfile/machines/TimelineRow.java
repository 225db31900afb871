package dev.corral.console.vagrantfile.machines;

import dev.corral.console.vagrantfile.boot.BootSight;
import dev.corral.console.vagrantfile.steps.MachineSteps;
import dev.corral.console.vagrantfile.steps.Step;
import dev.corral.console.vagrantfile.steps.StepKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row of the timelines: a machine's name, or a step below it.
 *
 * @param timeline the machine's timeline
 * @param step     the step; empty for the machine's own row
 */
record TimelineRow(MachineSteps timeline, Optional<Step> step) {

    /** Names a row for as long as there is its step. */
    record Key(String machine, Optional<StepKey> step) {}

    /** Its name. */
    Key key() {
        return new Key(timeline.machine().fullName(), step.map(Step::key));
    }

    /** The rows of all machines. */
    static List<TimelineRow> of(List<MachineSteps> timelines) {
        List<TimelineRow> rows = new ArrayList<>();
        for (MachineSteps timeline : timelines) {
            rows.add(new TimelineRow(timeline, Optional.empty()));
            timeline.steps().forEach(step -> rows.add(new TimelineRow(timeline, Optional.of(step))));
        }
        return List.copyOf(rows);
    }

    /** Which row is chosen: by the user, else the step that failed, else the one under way. For one thread. */
    static final class Choice {
        private final Set<String> seen = new HashSet<>();
        private Optional<Key> chosen = Optional.empty();
        private boolean byUser;

        /** The user chose this row. */
        void user(Key key) {
            chosen = Optional.of(key);
            byUser = true;
        }

        /** Another sandbox is shown. */
        void clear() {
            chosen = Optional.empty();
            byUser = false;
        }

        /** The row to choose of these; empty for none. A step that has failed is chosen once, whatever was chosen before. */
        Optional<Key> of(List<TimelineRow> rows) {
            for (TimelineRow row : rows) {
                String failure = failure(row);
                if (!failure.isEmpty() && seen.add(failure)) {
                    chosen = Optional.of(row.key());
                    byUser = false;
                    return chosen;
                }
            }
            // A boot that hangs, too: what its console shows is the news.
            for (TimelineRow row : rows) {
                if (row.step().filter(BootSight::late).isPresent() && seen.add("late " + operation(row))) {
                    chosen = Optional.of(row.key());
                    byUser = false;
                    return chosen;
                }
            }
            if (!byUser) {
                rows.stream()
                        .filter(row -> row.step()
                                .filter(step -> step.state() == Step.State.RUNNING)
                                .isPresent())
                        .reduce((first, second) -> second)
                        .ifPresent(row -> chosen = Optional.of(row.key()));
            }
            return chosen.filter(key -> rows.stream().anyMatch(row -> row.key().equals(key)));
        }

        private static String failure(TimelineRow row) {
            return row.step()
                    .filter(step -> step.state() == Step.State.FAILED)
                    .flatMap(Step::run)
                    .map(run -> operation(row))
                    .orElse("");
        }

        private static String operation(TimelineRow row) {
            return row.step()
                    .flatMap(Step::run)
                    .map(run -> run.operation().workflow() + " " + row.key())
                    .orElse("");
        }
    }
}
