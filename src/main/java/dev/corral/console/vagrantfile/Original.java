package dev.corral.console.vagrantfile;

import dev.corral.console.page.Reveal;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Located;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which file is opened for a sandbox or a sample.
 *
 * @param file       the original, or the copy when that is all there is, as a start names it
 * @param forReading why it is not to be changed; empty for the original
 */
record Original(Path file, Optional<String> forReading) {

    /**
     * Finds it. Blocks.
     *
     * @throws ExpectedFailure if neither is there
     */
    static Original of(Reveal.Vagrantfile wanted) {
        Optional<Path> original = wanted.original().filter(Files::isRegularFile);
        if (original.isPresent()) {
            return new Original(Located.of(original.get()), Optional.empty());
        }
        Optional<Path> copy = wanted.copy().filter(Files::isRegularFile);
        if (copy.isPresent()) {
            String why = wanted.original()
                    .map(gone -> "The original is not there any more: " + gone
                            + ". This is the sandbox's copy, to be read only.")
                    .orElse("Nobody knows where this was copied from. It is the sandbox's own, to be read only.");
            return new Original(Located.of(copy.get()), Optional.of(why));
        }
        throw ExpectedFailure.notFound(
                "This Vagrantfile is not there any more.",
                wanted.original()
                        .or(wanted::copy)
                        .map(file -> "It was " + file + ".")
                        .orElse(""));
    }
}
