package dev.corral.cli.recording;

import dev.corral.cli.terminal.LocalTerminal;
import dev.corral.core.recording.export.Times;
import dev.corral.core.recording.replay.Mark;
import dev.corral.core.recording.replay.Pauses;
import dev.corral.core.recording.replay.PlayClock;
import dev.corral.core.recording.replay.Player;
import dev.corral.core.recording.replay.Recording;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Plays a recording in the terminal of the command line, by keys. */
final class TerminalPlayer implements AutoCloseable {
    private static final long FRAME_MS = 40;
    private static final long STEP = 5_000_000;
    private static final long USUAL_PAUSE = 2_000_000;
    private static final String ENTER = "\u001b[?1049h\u001b[2J";
    private static final String LEAVE = "\u001b[0m\u001b[?25h\u001b[?1049l";
    private static final int QUIT = -1;

    private final Recording recording;
    private final LocalTerminal terminal;
    private final Player player;
    private final PlayClock clock = new PlayClock(System::nanoTime);
    private final FrameText text = new FrameText();
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final BlockingQueue<Integer> keys = new ArrayBlockingQueue<>(64);
    private final Thread leaving = new Thread(this::giveBack, "replay-leaving");
    private boolean skips;

    TerminalPlayer(Recording recording, LocalTerminal terminal) throws IOException {
        this.recording = recording;
        this.terminal = terminal;
        this.player = new Player(recording);
    }

    void begin(long micros, double speed, Pauses pauses) {
        skips = pauses.limit() != Long.MAX_VALUE;
        clock.skip(pauses);
        clock.speed(speed);
        clock.go(micros);
        clock.play(true);
    }

    /** Plays until a key ends it, or its end is there and a key is pressed. */
    void play() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(leaving);
        terminal.raw();
        write(ENTER);
        Thread.ofVirtual().name("replay-keys").start(this::readKeys);
        boolean more = true;
        while (more) {
            if (recording.read().isDone()) {
                clock.end(recording.length());
            }
            show();
            Integer key = keys.poll(FRAME_MS, TimeUnit.MILLISECONDS);
            while (key != null && more) {
                more = key != QUIT && key(key);
                key = keys.poll();
            }
        }
    }

    private void show() throws IOException {
        LocalTerminal.Size size = terminal.size();
        long at = clock.at();
        String length = recording.read().isDone() ? Times.clock(recording.length()) : "…";
        String below = String.format(
                Locale.ROOT,
                " %s %s / %s  %sx%s  q ends, space pauses",
                clock.playing() ? "play " : "pause",
                Times.clock(at),
                length,
                clock.speed() == Math.rint(clock.speed())
                        ? String.valueOf((int) clock.speed())
                        : String.valueOf(clock.speed()),
                skips ? "  pauses skipped" : "");
        write(text.draw(
                player.at(at),
                size.columns(),
                size.rows(),
                below.substring(0, Math.min(below.length(), size.columns()))));
        if (recording.read().isDone() && at >= recording.length() && clock.playing()) {
            clock.play(false);
        }
    }

    // False ends it.
    private boolean key(int key) throws IOException {
        switch (key) {
            case 'q', 3, 4 -> {
                return false;
            }
            case ' ' -> clock.play(!clock.playing());
            case '+', '=' -> clock.speed(clock.speed() * 2);
            case '-' -> clock.speed(clock.speed() / 2);
            case 'C' + 256, 'l' -> clock.go(clock.at() + STEP);
            case 'D' + 256, 'h' -> clock.go(clock.at() - STEP);
            case 'n' -> mark(1);
            case 'p' -> mark(-1);
            case 'i' -> {
                skips = !skips;
                clock.skip(skips ? recording.pauses(USUAL_PAUSE) : Pauses.none());
            }
            case 12 -> text.forget();
            default -> {
                // No key of ours.
            }
        }
        return true;
    }

    private void mark(int by) {
        long at = clock.at();
        List<Mark> marks = recording.marks();
        // While it plays, the mark just passed is the one that somebody wants to leave.
        marks.stream()
                .filter(mark -> by > 0 ? mark.micros() > at : mark.micros() < at - 1_000_000)
                .reduce((first, second) -> by > 0 ? first : second)
                .ifPresent(mark -> clock.go(mark.micros()));
    }

    private void readKeys() {
        try {
            InputStream in = new FileInputStream(FileDescriptor.in);
            int state = 0;
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == 27) {
                    state = 1;
                } else if (state == 1 && (c == '[' || c == 'O')) {
                    state = 2;
                } else {
                    keys.put(state == 2 ? c + 256 : c);
                    state = 0;
                }
            }
            keys.put(QUIT);
        } catch (IOException e) {
            // The terminal has gone away.
            keys.clear();
            keys.add(QUIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(String drawn) throws IOException {
        out.write(drawn.getBytes(StandardCharsets.UTF_8));
    }

    private void giveBack() {
        try {
            write(LEAVE);
        } catch (IOException e) {
            // A terminal that has gone away needs nothing.
            return;
        } finally {
            terminal.restore();
        }
    }

    @Override
    public void close() throws IOException {
        giveBack();
        player.close();
    }
}
