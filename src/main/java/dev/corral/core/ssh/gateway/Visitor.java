package dev.corral.core.ssh.gateway;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody who is in: carries between their terminal and what the door opens for them. */
final class Visitor implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(Visitor.class);
    private static final int COPY_SIZE = 32 * 1024;
    private static final Duration TELLING = Duration.ofSeconds(2);

    private final Door door;
    private final Session session;
    private final PublicKey key;
    private final String from;
    private final Consumer<Visitor> left;
    private final ReentrantLock writing = new ReentrantLock();
    private InputStream typed = InputStream.nullInputStream();
    private OutputStream shown = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, words, immediately) -> {};
    private @Nullable Terminal terminal;
    private boolean gone;

    /** @param left called when it is over */
    Visitor(Door door, Session session, PublicKey key, String from, Consumer<Visitor> left) {
        this.door = door;
        this.session = session;
        this.key = key;
        this.from = from;
        this.left = left;
    }

    /** Whether it came over this connection. */
    boolean of(Session other) {
        return session == other;
    }

    @Override
    public void setInputStream(InputStream in) {
        typed = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        shown = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        // A terminal has one stream only.
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        Thread.ofVirtual().name("handed-over").start(() -> visit(environment));
    }

    private void visit(Environment environment) {
        int status = 1;
        try {
            status = through(environment);
        } catch (ExpectedFailure e) {
            show(line(e.getMessage()) + (e.nextStep().isEmpty() ? "" : line(e.nextStep())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("a terminal that was handed over met a bug", e);
            show(line("This is a bug in Corral. Tell whoever gave you this terminal."));
        } finally {
            left.accept(this);
            exit.onExit(status);
        }
    }

    private static String line(String text) {
        return text.replaceAll("\\R", " ") + "\r\n";
    }

    private int through(Environment environment) throws InterruptedException {
        Terminal opened = door.open(new Door.Visit(
                key,
                from,
                number(environment, Environment.ENV_COLUMNS, 80),
                number(environment, Environment.ENV_LINES, 24),
                environment.getEnv().getOrDefault(Environment.ENV_TERM, "")));
        try (opened) {
            synchronized (this) {
                terminal = opened;
                if (gone) {
                    return 1;
                }
            }
            environment.addSignalListener(
                    (channel, signal) -> opened.resize(
                            number(environment, Environment.ENV_COLUMNS, 80),
                            number(environment, Environment.ENV_LINES, 24)),
                    Signal.WINCH);
            Thread.ofVirtual().name("handed-over-keys").start(() -> keys(opened));
            output(opened);
            int status = opened.exitStatus().join();
            return status < 0 ? 255 : status;
        }
    }

    private static int number(Environment environment, String name, int otherwise) {
        try {
            return Integer.parseInt(environment.getEnv().getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private void keys(Terminal opened) {
        try {
            OutputStream keys = opened.input();
            byte[] buffer = new byte[COPY_SIZE];
            for (int count = typed.read(buffer); count >= 0; count = typed.read(buffer)) {
                keys.write(buffer, 0, count);
                keys.flush();
            }
            // What was typed to its end, as from a file, is still to be done and shown; whose connection is gone is
            // destroyed.
            keys.close();
        } catch (IOException e) {
            LOG.debug("nothing more is typed", e);
            // The shell has gone away, or takes nothing any more.
            opened.close();
        }
    }

    private void output(Terminal opened) {
        byte[] buffer = new byte[COPY_SIZE];
        try {
            InputStream output = opened.output();
            for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                writing.lock();
                try {
                    shown.write(buffer, 0, count);
                    shown.flush();
                } finally {
                    writing.unlock();
                }
            }
        } catch (IOException e) {
            LOG.debug("nothing more can be shown", e);
            opened.close();
        }
    }

    /** Shows a line of our own, unless the person's terminal takes nothing at this moment. Waits for two seconds at most. */
    void tell(String words) {
        show("\r\n[Corral] " + line(words));
    }

    private void show(String text) {
        Thread showing = Thread.ofVirtual().name("handed-over-word").start(() -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            try {
                if (!writing.tryLock(TELLING.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                try {
                    shown.write(bytes);
                    shown.flush();
                } finally {
                    writing.unlock();
                }
                synchronized (this) {
                    if (terminal != null) {
                        terminal.told(bytes);
                    }
                }
            } catch (IOException e) {
                LOG.debug("nothing more can be shown", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            // Whoever reads nothing holds up nobody.
            showing.join(TELLING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void destroy(ChannelSession channel) {
        Thread.ofVirtual().name("handed-over-end").start(this::end);
    }

    /** Ends the shell. Blocks for some seconds at most. */
    void end() {
        Terminal opened;
        synchronized (this) {
            gone = true;
            opened = terminal;
        }
        if (opened != null) {
            opened.close();
        }
    }
}
