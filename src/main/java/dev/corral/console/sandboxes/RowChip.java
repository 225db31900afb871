package dev.corral.console.sandboxes;

import dev.corral.console.shared.StateStyle;
import dev.corral.console.table.Chip;
import dev.corral.console.table.FilterText;
import dev.corral.core.hypervisor.MachineState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The quick filters of the tree. */
enum RowChip {
    /** VMs that run, by what they are and not by how their rows look: while a snapshot is saved the row shows that. */
    RUNNING("Running", "VMs that run") {
        @Override
        boolean holds(Row row) {
            return row.subject() instanceof Subject.Machine machine
                    && machine.view().state() == MachineState.RUNNING;
        }
    },
    /** What failed. */
    FAILED("Failed", "Samples, sandboxes and VMs that failed") {
        @Override
        boolean holds(Row row) {
            return !(row.subject() instanceof Subject.Eval)
                    && !(row.subject() instanceof Subject.Group)
                    && row.look() == StateStyle.FAILED;
        }
    };

    private final Chip chip;

    RowChip(String title, String tip) {
        String word = name().toLowerCase(Locale.ROOT);
        this.chip = new Chip(word, title, word, tip);
    }

    /** The chip of the list. */
    Chip chip() {
        return chip;
    }

    /** Whether a row counts for it. */
    abstract boolean holds(Row row);

    /** How many rows count for a chip. */
    static long count(Chip chip, List<Row> rows) {
        return Arrays.stream(values())
                .filter(each -> each.chip.equals(chip))
                .mapToLong(each -> rows.stream().filter(each::holds).count())
                .sum();
    }

    /** The chip that a text asks for, whatever other words it has. */
    static Optional<Chip> of(String text) {
        List<String> states = FilterText.states(text);
        return Arrays.stream(values())
                .map(RowChip::chip)
                .filter(chip -> states.equals(List.of(chip.word())))
                .findFirst();
    }
}
