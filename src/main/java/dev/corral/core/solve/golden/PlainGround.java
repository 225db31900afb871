package dev.corral.core.solve.golden;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.InventoryMonitor;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.Operations;
import dev.corral.core.operation.StartRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A sandbox without a run of Inspect, for what needs no score. */
final class PlainGround implements GoldenGround {
    private final InventoryMonitor inventory;
    private final Operations operations;
    private final StartRequest request;
    private final boolean keep;
    private final Optional<String> login;
    private @Nullable Operation start;

    PlainGround(
            InventoryMonitor inventory,
            Operations operations,
            StartRequest request,
            boolean keep,
            Optional<String> login) {
        this.inventory = inventory;
        this.operations = operations;
        this.request = request;
        this.keep = keep;
        this.login = login;
    }

    @Override
    public String start() throws InterruptedException {
        Operation begun = operations.start(request);
        start = begun;
        try {
            begun.done().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        }
        inventory.refresh();
        return begun.sandbox();
    }

    @Override
    public Outcome submit(String answer) {
        return new Outcome(false, Map.of(), "no score was asked for");
    }

    @Override
    public boolean end() {
        if (start == null) {
            return false;
        }
        String sandbox = start.sandbox();
        boolean there = inventory.refresh().sandbox(sandbox).isPresent();
        if (there && !keep) {
            try {
                operations.destroy(sandbox).done().join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof ExpectedFailure failure ? failure : e;
            }
            return false;
        }
        return there;
    }

    @Override
    public String session() {
        return "";
    }

    @Override
    public String log() {
        return "";
    }

    @Override
    public String sandbox() {
        return start == null ? "" : start.sandbox();
    }

    @Override
    public Optional<String> login() {
        return login;
    }
}
