package dev.corral.console;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Subscription;
import dev.corral.core.code.CodeUpdate;
import dev.corral.core.operation.DestroyGuard;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.OperationTask;
import dev.corral.core.operation.Operations;
import dev.corral.core.operation.RunningOperations;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrantfile.TrustGiven;
import dev.corral.core.vagrantfile.diff.Difference;
import dev.corral.core.vagrantfile.hook.Selection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Notes what it is asked to do and lets the test say how it goes; what is launched really runs. */
final class FixtureOperations implements Operations {
    private final List<String> asked;
    private final List<StartRequest> requests;
    private final RunningOperations launched;
    private final List<FixtureWorkflow> running = new CopyOnWriteArrayList<>();
    private final List<Consumer<Operation>> followers = new CopyOnWriteArrayList<>();
    private volatile List<String> changed = List.of();
    private volatile List<Difference> differences = List.of();
    private volatile List<String> planned = List.of();
    private final List<Selection> selections;
    private volatile List<LogLine> said = List.of();
    private volatile Optional<ExpectedFailure> failure = Optional.empty();

    FixtureOperations(
            List<String> asked, List<StartRequest> requests, List<Selection> selections, RunningOperations launched) {
        this.asked = asked;
        this.selections = selections;
        this.requests = requests;
        this.launched = launched;
    }

    /** Lets starts, verbs and destroys fail before they begin, or not any more. */
    void fail(Optional<ExpectedFailure> why) {
        failure = why;
    }

    /** The lines that every Vagrant command prints. */
    void say(List<LogLine> lines) {
        said = lines;
    }

    /** What every sandbox has changed of its code. */
    void change(List<String> words) {
        changed = words;
    }

    /** What of every sandbox is saved and not active. */
    void differ(List<Difference> found) {
        differences = found;
    }

    /** The files that every original has and its sandbox has not. */
    void plan(List<String> places) {
        planned = places;
    }

    /** The workflow that was begun last. */
    FixtureWorkflow last() {
        return running.getLast();
    }

    private void mayFail() {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private Operation begin(OperationKind kind, String sandbox) {
        FixtureWorkflow workflow =
                new FixtureWorkflow(!kind.decidesState() ? "wf-" + asked.size() : "wf-" + sandbox, kind, sandbox);
        running.add(workflow);
        followers.forEach(follower -> follower.accept(workflow));
        return workflow;
    }

    @Override
    public List<String> changed(String sandbox) {
        return changed;
    }

    @Override
    public Operation start(StartRequest request) {
        mayFail();
        requests.add(request);
        asked.add("start " + request.origin().sample() + (request.keepFailed() ? " keep" : ""));
        return begin(OperationKind.START, "new-0000000" + asked.size());
    }

    @Override
    public Operation run(String sandbox, String machine, MachineVerb command, Consumer<LogLine> lines) {
        mayFail();
        asked.add(command.word() + " " + String.join(" ", command.after())
                + (command.after().isEmpty() ? "" : " ") + sandbox + "/" + machine);
        selections.add(command.selection());
        said.forEach(lines);
        return begin(command.kind(), sandbox);
    }

    @Override
    public Operation updateCode(String sandbox, Optional<TrustGiven> trust, Consumer<CodeUpdate> done) {
        mayFail();
        asked.add("update code " + sandbox);
        done.accept(plannedUpdate(sandbox, trust));
        return begin(OperationKind.UPDATE_CODE, sandbox);
    }

    @Override
    public CodeUpdate plannedUpdate(String sandbox, Optional<TrustGiven> trust) {
        return new CodeUpdate(List.of(), planned, List.of(), List.of(), List.of(), List.of());
    }

    @Override
    public List<Difference> differences(String sandbox, Optional<TrustGiven> trust) {
        mayFail();
        return differences;
    }

    @Override
    public Operation destroy(String sandbox) {
        mayFail();
        asked.add("destroy " + sandbox);
        return begin(OperationKind.DESTROY, sandbox);
    }

    @Override
    public Operation destroy(Path directory, DestroyGuard guard) {
        guard.check(Optional.empty());
        return destroy(directory.getFileName().toString());
    }

    @Override
    public Operation shutDown(Path directory, DestroyGuard guard) {
        asked.add("shut down " + directory.getFileName());
        return begin(OperationKind.SHUT_DOWN, directory.getFileName().toString());
    }

    @Override
    public Operation destroyMachine(String sandbox, String machine) {
        asked.add("destroy " + sandbox + "/" + machine);
        return begin(OperationKind.DESTROY_MACHINE, sandbox);
    }

    @Override
    public void takeBack(String sandbox) {
        asked.add("take back " + sandbox);
    }

    @Override
    public void pin(Path directory, Optional<Manifest.Pin> pin) {
        pin(directory.getFileName().toString(), pin.isPresent());
    }

    @Override
    public void pin(String sandbox, boolean pinned) {
        asked.add((pinned ? "pin " : "unpin ") + sandbox);
    }

    @Override
    public List<Operation> running() {
        return Stream.concat(running.stream(), launched.list().stream())
                .map(Operation.class::cast)
                .toList();
    }

    @Override
    public <T extends OperationTask> T launch(T operation) {
        return launched.launch(operation);
    }

    @Override
    public Subscription listen(Consumer<Operation> begun) {
        followers.add(begun);
        Subscription others = launched.listen(begun);
        return () -> {
            followers.remove(begun);
            others.close();
        };
    }
}
