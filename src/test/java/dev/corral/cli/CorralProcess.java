package dev.corral.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Json;
import dev.corral.core.operation.StubWorld;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The command line as a process of its own, as people and scripts run it. */
public final class CorralProcess {
    private final Process process;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Thread> readers;

    /**
     * How it ended.
     *
     * @param exitCode the exit code
     * @param stdout   standard output
     * @param stderr   standard error
     */
    public record Ended(int exitCode, byte[] stdout, byte[] stderr) {
        @Override
        public String toString() {
            return "exit code " + exitCode + "\n" + out() + "\n" + err();
        }

        /** Standard output as text. */
        public String out() {
            return new String(stdout, StandardCharsets.UTF_8);
        }

        /** Standard error as text. */
        public String err() {
            return new String(stderr, StandardCharsets.UTF_8);
        }

        /** Standard output as one JSON document. */
        public JsonNode json() {
            try {
                return Json.mapper().readTree(stdout);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + out(), e);
            }
        }
    }

    private CorralProcess(Process process, byte[] stdin) {
        this.process = process;
        readers = List.of(pump(process.getInputStream(), out), pump(process.getErrorStream(), err));
        Thread.ofVirtual().start(() -> {
            try (var to = process.getOutputStream()) {
                to.write(stdin);
            } catch (IOException e) {
                // It did not read to the end: some commands read nothing.
                return;
            }
        });
    }

    private static Thread pump(InputStream from, ByteArrayOutputStream to) {
        return Thread.ofVirtual().start(() -> {
            try (from) {
                from.transferTo(to);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Starts it with exactly these variables. */
    public static CorralProcess start(Map<String, String> variables, byte[] stdin, String... arguments) {
        return start(List.of(), variables, stdin, arguments);
    }

    /** Runs it to its end where it sees no other process, such as runs of Inspect of other tests. For root. */
    static Ended runAlone(Map<String, String> variables, String... arguments) throws InterruptedException {
        return start(List.of("unshare", "--pid", "--fork", "--mount-proc"), variables, new byte[0], arguments)
                .await();
    }

    private static CorralProcess start(
            List<String> within, Map<String, String> variables, byte[] stdin, String... arguments) {
        List<String> command = new ArrayList<>(within);
        // A shell that runs tests in the background has INT or HUP ignored, and everything below it would inherit that.
        command.addAll(List.of("env", "--default-signal=INT,HUP"));
        command.addAll(ProgramUnderTest.command());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File(System.getProperty("java.io.tmpdir")));
        builder.environment().clear();
        builder.environment().putAll(variables);
        try {
            return new CorralProcess(builder.start(), stdin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end, without input. */
    public static Ended run(Map<String, String> variables, String... arguments) throws InterruptedException {
        return start(variables, new byte[0], arguments).await();
    }

    /** Waits for its end. */
    public Ended await() throws InterruptedException {
        if (!process.waitFor(Duration.ofMinutes(3).toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end: " + out + err);
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return new Ended(process.exitValue(), out.toByteArray(), err.toByteArray());
    }

    /** What it has said on standard output so far. */
    public String outSoFar() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What it has said on standard error so far. */
    public String saidSoFar() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Waits until something holds while this process runs. */
    public void until(BooleanSupplier condition) throws InterruptedException {
        StubWorld.until(() -> {
            if (!process.isAlive() && !condition.getAsBoolean()) {
                throw new AssertionError("it ended before: " + out + err);
            }
            return condition.getAsBoolean();
        });
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Whether it runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Sends INT, as Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
        signal("INT");
    }

    /** Sends a signal by its name. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + process.pid())
                .start()
                .waitFor();
    }
}
