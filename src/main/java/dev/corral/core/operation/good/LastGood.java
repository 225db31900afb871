package dev.corral.core.operation.good;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.EndedSandboxes;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a sandbox's start differs from the last one of the same Vagrantfile that worked.
 *
 * @param sandbox the sandbox of the one that worked
 * @param at      when that was
 * @param changes the differences
 */
public record LastGood(String sandbox, Instant at, List<StartChange> changes) {

    /**
     * Compares. Reads files, so it blocks.
     *
     * @param cache   the cache directory
     * @param sandbox the sandbox's id, or an unambiguous part of it; also of one whose start failed and that is gone
     * @return empty if no start of that Vagrantfile has worked that anybody knows of
     * @throws ExpectedFailure if there is no such sandbox, or nothing was noted of its start
     */
    public static Optional<LastGood> of(Path cache, String sandbox) {
        SandboxFiles files = files(new SandboxStore(cache), sandbox);
        try {
            StartFacts now = GoodStarts.of(files)
                    .orElseThrow(() -> ExpectedFailure.failed(
                            "What the start of " + files.id()
                                    + " was made with was not noted: it is under way, an older "
                                    + "Corral started it, or it came to nothing before.",
                            "corral logs " + files.id() + " tells its story."));
            String vagrantfile =
                    SandboxStore.manifest(files).map(Manifest::vagrantfile).orElse(now.vagrantfile());
            return new GoodStarts(cache)
                    .of(vagrantfile)
                    .map(good -> new LastGood(good.sandbox(), good.at(), StartComparison.of(good, now)));
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "What is noted of the start of " + files.id() + " can't be read.",
                    "Give yourself access to it.",
                    e);
        }
    }

    private static SandboxFiles files(SandboxStore store, String sandbox) {
        try {
            return store.find(sandbox);
        } catch (ExpectedFailure e) {
            if (e.kind() != ExpectedFailure.Kind.NOT_FOUND) {
                throw e;
            }
            try {
                return EndedSandboxes.list(store.endedDirectory()).stream()
                        .filter(ended -> ended.id().equals(sandbox)
                                || sandbox.length() > 2
                                        && (ended.id().startsWith(sandbox)
                                                || ended.id().endsWith(sandbox)))
                        .findFirst()
                        .orElseThrow(() -> e);
            } catch (IOException unreadable) {
                e.addSuppressed(unreadable);
                throw e;
            }
        }
    }
}
