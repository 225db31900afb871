package dev.corral.core.vagrantfile.check;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.keys.ConfigKeys;
import dev.corral.core.vagrantfile.syntax.ParsedRuby;
import dev.corral.core.vagrantfile.syntax.RubyParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the language that Vagrantfiles are written in: Ruby, the settings of the installed Vagrant, the boxes that are here.
 * Nothing of it runs a Vagrantfile. Thread-safe; blocks.
 */
public final class VagrantfileLanguage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VagrantfileLanguage.class);

    private final RubyParser parser;
    private final Supplier<ConfigKeys> keys;
    private final Supplier<List<String>> boxes;

    /**
     * @param parser reads texts; closed together with this
     * @param keys   tells the settings, which may take seconds the first time
     * @param boxes  tells the boxes that are here
     */
    public VagrantfileLanguage(RubyParser parser, Supplier<ConfigKeys> keys, Supplier<List<String>> boxes) {
        this.parser = parser;
        this.keys = keys;
        this.boxes = boxes;
    }

    /**
     * What a text says as Ruby; a few milliseconds for a usual file, some more the first time.
     *
     * @throws ExpectedFailure       if there is no Ruby
     * @throws CancellationException if the calling thread is interrupted
     */
    public ParsedRuby parse(String name, String text) {
        return parser.parse(name, text);
    }

    /**
     * The settings and boxes of this machine. Takes two or three seconds when they have not been read since Vagrant or a plugin changed.
     *
     * @throws ExpectedFailure       if Vagrant does not answer
     * @throws CancellationException if the calling thread is interrupted
     */
    public Known known() {
        return new Known(keys.get(), boxes.get());
    }

    /**
     * What is wrong with a text, in the order of its lines. Where Vagrant was asked and there is no Ruby here, because Vagrant runs in a
     * container for instance, it is what Vagrant said.
     *
     * @param resolution what Vagrant said of this text; empty if it was not asked
     * @throws ExpectedFailure       as {@link #parse} and {@link #known}, if Vagrant was not asked
     * @throws CancellationException if the calling thread is interrupted
     */
    public List<VagrantfileProblem> problems(Path vagrantfile, String text, Optional<Resolution> resolution) {
        boolean asked = resolution.isPresent();
        return VagrantfileProblems.of(
                vagrantfile,
                orElse(() -> parse(vagrantfile.toString(), text), ParsedRuby.EMPTY, asked),
                resolution,
                orElse(this::known, Known.NOTHING, asked));
    }

    private static <T> T orElse(Supplier<T> told, T nothing, boolean spared) {
        try {
            return told.get();
        } catch (ExpectedFailure e) {
            if (!spared) {
                throw e;
            }
            LOG.info("a Vagrantfile is checked by Vagrant's words alone: {}", e.getMessage());
            return nothing;
        }
    }

    /** Ends the parser. */
    @Override
    public void close() {
        parser.close();
    }
}
