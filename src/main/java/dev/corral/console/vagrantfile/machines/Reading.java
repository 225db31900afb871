package dev.corral.console.vagrantfile.machines;

import dev.corral.console.messages.Problem;
import dev.corral.console.work.Readings;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolveFailure;
import dev.corral.core.vagrantfile.ResolveRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What Vagrant says that the open file means, as it was saved last. What is not known because the file has a fault meanwhile stays as it
 * was said before. For the FX thread; Vagrant is asked elsewhere.
 */
final class Reading {
    private final Readings readings;
    private final Runnable changed;
    private final Consumer<Resolution> answered;
    private Optional<Path> file = Optional.empty();
    private Map<String, String> variables = Map.of();
    private Optional<Resolution> said = Optional.empty();
    private Optional<Resolution> latest = Optional.empty();
    private String trouble = "";
    private boolean unasked;
    private boolean underWay;
    private int asked;
    private int answers;

    /**
     * @param changed  told when there is another answer
     * @param answered told of each answer that says what the file means
     */
    Reading(Readings readings, Runnable changed, Consumer<Resolution> answered) {
        this.readings = readings;
        this.changed = changed;
        this.answered = answered;
    }

    /** Another file is open, for which these variables are set. */
    void open(Optional<Path> vagrantfile, Map<String, String> set) {
        file = vagrantfile;
        variables = Map.copyOf(set);
        said = Optional.empty();
        latest = Optional.empty();
        trouble = "";
        unasked = false;
        answers++;
        again();
    }

    /** Other variables are set for it. */
    void variables(Map<String, String> set) {
        variables = Map.copyOf(set);
        again();
    }

    /** Asks Vagrant about the file as it is now, if that may run without a question. */
    void again() {
        int turn = ++asked;
        underWay = file.isPresent();
        file.ifPresent(path -> readings.known(
                request(path),
                answer -> {
                    if (turn == asked) {
                        unasked = answer.isEmpty();
                        answer.ifPresentOrElse(this::take, this::settle);
                    }
                },
                failure -> {
                    if (turn == asked) {
                        fail(failure);
                    }
                }));
        changed.run();
    }

    /** The same, after the question where one is needed. */
    void ask() {
        int turn = ++asked;
        file.ifPresent(path -> readings.ask(
                request(path),
                "the table of what it means",
                answer -> {
                    if (turn == asked) {
                        unasked = false;
                        take(answer);
                    }
                },
                failure -> {
                    if (turn == asked) {
                        fail(failure);
                    }
                }));
    }

    private ResolveRequest request(Path path) {
        Map<String, String> given = new HashMap<>(variables);
        // The names of machines are wanted without the suffix that each sandbox has of its own.
        given.put("INSPECT_VM_SUFFIX", "");
        return ResolveRequest.of(path, given, Optional.empty());
    }

    /** Takes an answer. */
    void take(Resolution answer) {
        latest = Optional.of(answer);
        answers++;
        trouble = answer.anyFailure().map(Reading::words).orElse("");
        if (trouble.isEmpty() || said.isEmpty()) {
            said = Optional.of(answer);
        }
        if (trouble.isEmpty()) {
            answered.accept(answer);
        }
        settle();
    }

    private static String words(ResolveFailure failure) {
        return (failure.line() == null ? "" : "Line " + failure.line() + ": ") + failure.message();
    }

    private void fail(Throwable failure) {
        trouble = Problem.of(failure).sentence();
        settle();
    }

    private void settle() {
        underWay = false;
        changed.run();
    }

    /** What it means; empty while nobody knows. */
    Optional<Resolution> said() {
        return said;
    }

    /** What Vagrant said last, be it only why it can't be told; empty while nobody knows. */
    Optional<Resolution> latest() {
        return latest;
    }

    /** Another number whenever {@link #latest} was said anew, be it the same: it is about another text then. */
    int answers() {
        return answers;
    }

    /** Why it can't be told what it means now; empty when it can, or it is not known yet. */
    String trouble() {
        return trouble;
    }

    /** Whether the user has to be asked before it can be told. */
    boolean unasked() {
        return unasked;
    }

    /** Whether Vagrant is being asked. */
    boolean underWay() {
        return underWay;
    }
}
