package dev.corral.console.solve;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.Reveal;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What samples ask for, of the human agent where it tells, else of the task file, which is read once. For the FX thread. */
final class TaskTexts {
    private final PageContext context;
    private final Threads threads;
    private final Solving solving;
    private final Map<String, String> known = new HashMap<>();
    private final Set<String> read = new HashSet<>();

    TaskTexts(PageContext context, Threads threads, Solving solving) {
        this.context = context;
        this.threads = threads;
        this.solving = solving;
    }

    /**
     * The text of a session's sample; empty while it is not known.
     *
     * @param later called when it is
     */
    String of(SolveStatus status, Runnable later) {
        String id = status.session().id();
        solving.human(id).ifPresent(human -> known.put(id, human.instructions()));
        if (!status.session().taskFile().isEmpty() && !known.containsKey(id) && read.add(id)) {
            read(
                    new Reveal.Sample(
                            Path.of(status.session().taskFile()),
                            status.session().task(),
                            status.session().sample()),
                    text -> {
                        known.putIfAbsent(id, text);
                        later.run();
                    });
        }
        return known.getOrDefault(id, "");
    }

    /** Reads the text of a sample off its task file. */
    void read(Reveal.Sample sample, Consumer<String> text) {
        threads.background(
                "solve-task",
                () -> context.corral().taskFiles().load(sample.taskFile(), Optional.of(sample.task())).stream()
                        .flatMap(task -> task.samples().stream())
                        .filter(one -> one.id().equals(sample.sample()))
                        .findFirst()
                        .map(EvalSample::input)
                        .orElse(""),
                text,
                failure -> context.tell().accept(Notice.of(Problem.of(failure))));
    }
}
