package dev.corral.core.solve.batch;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.journal.SolveOptions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What stays the same of a batch: the file {@code batch.json}.
 *
 * @param id        names it
 * @param createdAt when it began
 * @param who       the person who solves
 * @param samples   the samples, in the order in which they are solved
 * @param options   how
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Batch(String id, Instant createdAt, String who, List<Item> samples, SolveOptions options) {
    /** Checks that what names it is there, and fills the rest. */
    public Batch {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(createdAt, "created_at");
        who = Objects.requireNonNullElse(who, "");
        samples = samples == null ? List.of() : List.copyOf(samples);
        options = options == null ? SolveOptions.usual() : options;
    }

    /**
     * The number of a sample, from 0; -1 if there is none.
     *
     * @param sample its id, or {@code TASK/ID}
     * @throws ExpectedFailure if several have that id
     */
    int number(String sample) {
        List<Integer> fitting = IntStream.range(0, samples.size())
                .filter(i -> samples.get(i).sample().equals(sample)
                        || samples.get(i).name().equals(sample))
                .boxed()
                .toList();
        if (fitting.size() > 1) {
            throw ExpectedFailure.usage(
                    "Several samples of the batch are called " + sample + ": "
                            + String.join(
                                    ", ",
                                    fitting.stream()
                                            .map(i -> samples.get(i).name())
                                            .toList()) + ".",
                    "Name the task, too.");
        }
        return fitting.isEmpty() ? -1 : fitting.getFirst();
    }

    /**
     * One sample of it.
     *
     * @param taskFile the task file, absolute
     * @param task     the task's name
     * @param sample   the sample's id
     */
    public record Item(String taskFile, String task, String sample) {
        /** Fills what is absent. */
        public Item {
            taskFile = Objects.requireNonNullElse(taskFile, "");
            task = Objects.requireNonNullElse(task, "");
            sample = Objects.requireNonNullElse(sample, "");
        }

        /** Task and sample. */
        String name() {
            return task + "/" + sample;
        }
    }
}
