package dev.corral.core.vagrant.ruby;

import dev.corral.core.process.Dialogue;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Ruby that is kept, because starting one takes longer than what it is asked. It is started with the first question, and again when
 * it has died. Its script answers each line with the number of lines that follow, and those. Thread-safe: one question after the other.
 */
public final class KeptRuby implements AutoCloseable {
    private static final int MOST_LINES = 2_000;
    // They make Ruby load what belongs to somebody's project.
    private static final Set<String> LEADING = Set.of("RUBYOPT", "RUBYLIB", "BUNDLE_GEMFILE", "GEM_HOME", "GEM_PATH");

    private final Supplier<Path> program;
    private final String script;
    private final Map<String, String> variables;
    private @Nullable Dialogue dialogue;
    private boolean closed;

    /**
     * @param program   the Ruby; asked for with the first question
     * @param script    the script's text
     * @param variables all that it gets
     */
    public KeptRuby(Supplier<Path> program, String script, Map<String, String> variables) {
        this.program = program;
        this.script = script;
        Map<String, String> own = new HashMap<>(variables);
        own.keySet().removeAll(LEADING);
        this.variables = Map.copyOf(own);
    }

    /** The text of a script among the resources of that class. */
    public static String script(Class<?> near, String name) {
        try (InputStream in = Objects.requireNonNull(near.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("a resource of ours can be read: " + name, e);
        }
    }

    /**
     * Asks. If the process died over it, another is asked once more.
     *
     * @param line  the question, one line
     * @param limit how long the answer may take; the process is ended then
     * @return the answer
     * @throws TimeoutException if it took longer
     * @throws IOException      if it can not be started, died twice, or the waiting was interrupted
     */
    public synchronized String ask(String line, Duration limit) throws IOException, TimeoutException {
        if (closed) {
            throw new IOException("the Ruby that is asked was closed");
        }
        try {
            return askOnce(line, limit);
        } catch (Died e) {
            return askOnce(line, limit);
        }
    }

    private String askOnce(String line, Duration limit) throws IOException, TimeoutException {
        boolean answered = false;
        try {
            Dialogue asked = running();
            int lines;
            try {
                lines = count(asked.ask(line, limit).orElseThrow(Died::new));
            } catch (Died e) {
                throw e;
            } catch (IOException e) {
                throw Thread.currentThread().isInterrupted() ? e : new Died();
            }
            StringBuilder answer = new StringBuilder();
            for (int read = 0; read < lines; read++) {
                answer.append(asked.hear(limit).orElseThrow(Died::new));
            }
            answered = true;
            return answer.toString();
        } finally {
            if (!answered) {
                end();
            }
        }
    }

    private static int count(String said) throws IOException {
        try {
            int lines = Integer.parseInt(said.strip());
            if (lines >= 0 && lines <= MOST_LINES) {
                return lines;
            }
        } catch (NumberFormatException e) {
            throw new IOException("Ruby said something else than an answer", e);
        }
        throw new IOException("Ruby announced " + said + " lines");
    }

    private Dialogue running() throws IOException {
        Dialogue known = dialogue;
        if (known == null) {
            List<String> command =
                    new ArrayList<>(List.of(program.get().toString(), "--disable-gems", "-EUTF-8:UTF-8"));
            command.addAll(List.of("-e", script));
            known = Processes.startDialogue(command, Path.of("/"), variables);
            dialogue = known;
        }
        return known;
    }

    private void end() throws IOException {
        Dialogue known = dialogue;
        dialogue = null;
        if (known == null) {
            return;
        }
        // Who was interrupted must not leave it behind.
        boolean interrupted = Thread.interrupted();
        try {
            known.kill();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The id of the process; empty when none runs. */
    synchronized Optional<Long> pid() {
        return Optional.ofNullable(dialogue).map(Dialogue::pid);
    }

    /** Ends the process; asking is an error from now on. */
    @Override
    public synchronized void close() {
        closed = true;
        Dialogue known = dialogue;
        dialogue = null;
        if (known != null) {
            known.close();
        }
    }

    /** It ended before it had answered. */
    private static final class Died extends IOException {
        private static final long serialVersionUID = 1;

        Died() {
            super("Ruby ended before it had answered");
        }
    }
}
