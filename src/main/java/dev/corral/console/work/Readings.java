package dev.corral.console.work;

import dev.corral.console.fx.Threads;
import dev.corral.console.settings.TrustStore;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.vagrantfile.ReadFiles;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolveRequest;
import dev.corral.core.vagrantfile.TrustGiven;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks Vagrant what Vagrantfiles mean, which runs them: only what the user has said may run, or after the same question that a start
 * asks. For the FX thread; what blocks runs elsewhere.
 */
public final class Readings {
    private final Corral corral;
    private final Threads threads;
    private final TrustStore trust;
    private final TrustQuestion question;
    private final Set<Wanted> asked = new HashSet<>();

    private record Wanted(Path file, String title) {}

    Readings(Corral corral, Threads threads, TrustStore trust, TrustQuestion question) {
        this.corral = corral;
        this.threads = threads;
        this.trust = trust;
        this.question = question;
    }

    /**
     * What a Vagrantfile means, if it may run as it is.
     *
     * @param said   gets the answer, in which {@link Resolution#anyFailure} may say why it could not be told; empty when the user would
     *               have to be asked first
     * @param failed gets why Vagrant could not be asked
     */
    public void known(ResolveRequest request, Consumer<Optional<Resolution>> said, Consumer<Throwable> failed) {
        known(request.vagrantfile(), may -> examine(request, may), said, failed);
    }

    /**
     * What a Vagrantfile means, after the question where one is needed.
     *
     * @param title  what to call it in the question
     * @param said   gets the answer
     * @param failed gets why Vagrant could not be asked
     */
    public void ask(ResolveRequest request, String title, Consumer<Resolution> said, Consumer<Throwable> failed) {
        ask(request.vagrantfile(), title, may -> examine(request, may), said, failed);
    }

    /**
     * Does something that runs a Vagrantfile, if that may run as it is.
     *
     * @param work   does it, away from the FX thread, with what the user's word covers
     * @param done   gets what came of it; empty when the user would have to be asked first
     * @param failed gets what it threw
     */
    public <T> void known(
            Path vagrantfile,
            Function<Optional<TrustGiven>, T> work,
            Consumer<Optional<T>> done,
            Consumer<Throwable> failed) {
        threads.background(
                "read-vagrantfile",
                () -> trust.unknown(vagrantfile).isPresent()
                        ? Optional.<T>empty()
                        : Optional.of(work.apply(trust.given(vagrantfile))),
                done,
                failed);
    }

    /**
     * Does something that runs a Vagrantfile, after the question where one is needed. The same once more while it is being asked about
     * does nothing.
     *
     * @param title  what to call it in the question
     * @param work   does it, away from the FX thread, with what the user's word covers
     * @param done   gets what came of it
     * @param failed gets what it threw
     */
    public <T> void ask(
            Path vagrantfile,
            String title,
            Function<Optional<TrustGiven>, T> work,
            Consumer<T> done,
            Consumer<Throwable> failed) {
        Wanted wanted = new Wanted(vagrantfile, title);
        if (!asked.add(wanted)) {
            return;
        }
        question.judge(new TrustQuestion.Start(
                vagrantfile,
                title,
                title,
                () -> asked.add(wanted),
                () -> asked.remove(wanted),
                may -> threads.background(
                        "read-vagrantfile",
                        () -> work.apply(may.get()),
                        result -> {
                            asked.remove(wanted);
                            done.accept(result);
                        },
                        failure -> {
                            asked.remove(wanted);
                            failed.accept(failure);
                        })));
    }

    /**
     * A person has saved a file here; see {@link TrustStore#saved}. Reads and writes files: not for the FX thread.
     *
     * @param before the SHA-256 of what the file held and the window showed, in hexadecimal digits
     * @param after  the same of what was saved
     */
    public void saved(Path file, String before, String after) {
        trust.saved(file, before, after);
    }

    private Resolution examine(ResolveRequest request, Optional<TrustGiven> given) {
        if (given.isPresent() && !given.get().files().hold()) {
            throw ExpectedFailure.failed(
                    "Nothing of it was run: "
                            + ReadFiles.words(given.get().files().changes())
                            + " since you said that the Vagrantfile may run.",
                    "Ask again: it is shown as it is then.");
        }
        Resolution resolution = corral.vagrantfiles().examine(request);
        given.ifPresent(word -> learn(word, resolution));
        return resolution;
    }

    /**
     * Lets the next word be about what Vagrant read now, too. What was known stays as it was said to be, for this is hashed after Vagrant
     * has run: a file that somebody has changed meanwhile was seen by nobody. Reads files.
     */
    static void learn(TrustGiven word, Resolution resolution) {
        ReadFiles read = ReadFiles.of(resolution);
        if (word.files().hold()) {
            word.keep().accept(read.with(word.files()));
        }
    }
}
