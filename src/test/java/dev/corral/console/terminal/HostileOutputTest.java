package dev.corral.console.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import dev.corral.console.fx.FxThread;
import dev.corral.console.terminal.output.BoundedWriter;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What a hostile guest prints, through the real emulator in a real window: it lives on, and neither memory nor time runs away. */
@Tag("unit")
@Timeout(600)
@ExtendWith(ApplicationExtension.class)
class HostileOutputTest {
    private static final long MOST_MORE_BYTES = 64L * 1024 * 1024;
    // Far beyond what a busy machine needs: what is looked for goes on for minutes, or for ever.
    private static final Duration MOST_TIME = Duration.ofSeconds(120);
    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(30);
    private static final String HUGE = "2147483647";
    /** Ends any string and brings the screen to a known state; what follows must be seen. */
    private static final String AFTERWARDS =
            "\u0018\u001b\\\n\u001b[r\u001b[?1049l\u001b[?6l\u001b[?7h\u001b[4l\u001b(B\u000f\u001b[0m\u001b[2J\u001b[HALIVE ";

    private TerminalPane pane;
    private volatile byte[] output = new byte[0];
    private int printed;
    private long before = -1;

    @Start
    void show(Stage stage) {
        Application.setUserAgentStylesheet(new PrimerDark().getUserAgentStylesheet());
        pane = new TerminalPane((columns, rows) -> new Printed(output), TerminalTheme.DARK);
        stage.setScene(new Scene(pane, 760, 420));
        stage.show();
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(pane::close);
    }

    private static List<String> attacks() {
        List<String> all = new ArrayList<>(List.of(
                "\u001b[8;" + HUGE + ";" + HUGE + "t",
                "\u001b[4;" + HUGE + ";" + HUGE + "t",
                "\u001b[" + HUGE + ";" + HUGE + "H".repeat(3),
                "\u001b[" + HUGE + "d\u001b[" + HUGE + "G.\n",
                "\u001b[" + HUGE + ";" + HUGE + "r\n\u001b[" + HUGE + "S",
                "\u001b[10;2r\n\n\u001b[5S",
                "\u001b[0;0r\u001b[0;0H\u001b[1A\u001bM\u001bM",
                "\u001b[1;3r\u001b[24;1H" + "\u001bE".repeat(200_000),
                "\u001b[1;3r\u001b[24;1H" + "\u001bDx".repeat(50_000),
                "\u001b[22;0t".repeat(200_000),
                "\u001b]2;" + "t".repeat(3000) + "\u0007\u001b[22;2t",
                "\u001b]8;;http://" + "a:".repeat(900) + "\u0007link\n",
                "\u001b]52;c;" + "QUJD".repeat(100_000) + "\u0007",
                "\u001bPq" + "#0~\n".repeat(100_000),
                "\u001b]0;" + "x".repeat(2_000_000),
                "\u001b[" + "1;".repeat(1_000_000) + "m",
                "\u001b[" + ":".repeat(100_000) + "m",
                "\u001b[38;5;" + HUGE + "mx\u001b[48;2;999;999;999mx",
                "\u001b[6n".repeat(500_000),
                "\u001b]11;?\u0007".repeat(100_000),
                "e" + "\u0301".repeat(100_000),
                "\ud83d".repeat(1000) + "\ude00".repeat(1000),
                "\u001b[?3h\u001b[?5h\u001b[?6h\u001b[" + HUGE + "B.\u001b[?3l",
                "\u0007".repeat(100_000),
                "\u001bc".repeat(2_000),
                "\u001b[?1049h\u001b[?1049l".repeat(5_000),
                "\u001b[?1049h",
                "\u001b7\u001b8".repeat(50_000),
                "http://".repeat(20_000) + "\n",
                "\u001b[3g" + "\t".repeat(10_000),
                "\u001b[?2147483647h\u001b[" + "9".repeat(250) + "h"));
        for (char end : "@ABCDEFGHJKLMPSTXZ`abcdefghlmnpqrstuy".toCharArray()) {
            all.add(("x\u001b[" + HUGE + end + "\u001b[-1" + end + "\u001b[;;;" + end + "\u001b[?" + HUGE + end)
                    .repeat(50));
        }
        return all;
    }

    @Test
    void survivesEachKnownAttack() throws Exception {
        for (String attack : attacks()) {
            print(attack.getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_261_127})
    void survivesWhatChanceMakesOfSequences(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> pieces = attacks();
        StringBuilder text = new StringBuilder();
        while (text.length() < 300_000) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    String piece = pieces.get(random.nextInt(pieces.size()));
                    int from = random.nextInt(piece.length());
                    text.append(piece, from, Math.min(piece.length(), from + random.nextInt(60)));
                }
                case 1 ->
                    text.append("\u001b[")
                            .append(random.nextInt(40))
                            .append(';')
                            .append(random.nextInt(100))
                            .append((char) (0x40 + random.nextInt(63)));
                case 2 -> text.append('\u001b').append((char) (0x20 + random.nextInt(95)));
                case 3 -> text.append((char) random.nextInt(0x20));
                case 4 -> text.append("wörter 漢字 😀 ").append((char) random.nextInt(0x10000));
                default ->
                    text.append("\u001b[?").append(random.nextInt(2100)).append(random.nextBoolean() ? 'h' : 'l');
            }
        }
        print(text.toString().getBytes(StandardCharsets.UTF_8));
        byte[] noise = new byte[300_000];
        random.nextBytes(noise);
        print(noise);
    }

    @Test
    void answersThatNobodyReadsDoNotPileUp() {
        BoundedWriter writer = new BoundedWriter(Thread.ofVirtual().factory());
        CountDownLatch taken = new CountDownLatch(1);
        for (int i = 0; i < 3 * BoundedWriter.MOST_WAITING; i++) {
            writer.execute(() -> awaitQuietly(taken));
        }
        assertThat(writer.getQueue().size()).isLessThanOrEqualTo(BoundedWriter.MOST_WAITING);
        taken.countDown();
        writer.shutdownNow();
    }

    private void print(byte[] attack) throws Exception {
        if (before < 0) {
            before = kept();
        }
        String begins =
                new String(attack, 0, Math.min(40, attack.length), StandardCharsets.UTF_8).replace('\u001b', '^');
        String mark = "ALIVE " + ++printed;
        byte[] after = (AFTERWARDS + printed + "\r\n").getBytes(StandardCharsets.UTF_8);
        output = new byte[attack.length + after.length];
        System.arraycopy(attack, 0, output, 0, attack.length);
        System.arraycopy(after, 0, output, attack.length, after.length);
        long begin = System.nanoTime();
        while (pane.getState().status() != TerminalPane.Status.DISCONNECTED) {
            Thread.sleep(10);
        }
        FxThread.run(pane::connect);
        long slowest = 0;
        while (!pane.screenText().contains(mark)) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("time until the screen shows what came after " + begins)
                    .isLessThan(MOST_TIME);
            long asked = System.nanoTime();
            CompletableFuture<Void> answer = new CompletableFuture<>();
            FxThread.later(() -> answer.complete(null));
            answer.get(MOST_TIME.toSeconds(), TimeUnit.SECONDS);
            slowest = Math.max(slowest, System.nanoTime() - asked);
            Thread.sleep(10);
        }
        assertThat(Duration.ofNanos(slowest))
                .as("the window's thread answers during " + begins)
                .isLessThan(LONGEST_FREEZE);
        if (used() - before > MOST_MORE_BYTES) {
            // Rubbish counts as well until it is collected, which is not worth its time after each attack.
            assertThat(kept() - before).as("memory kept after " + begins).isLessThan(MOST_MORE_BYTES);
        }
        assertThat(pane.screenText().lines().count()).isLessThan(100);
        assertThat(pane.historyText().lines().count()).isLessThanOrEqualTo(TerminalPane.DEFAULT_SCROLLBACK);
    }

    private static long kept() {
        System.gc();
        return used();
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A far side that prints something and ends. */
    private record Printed(byte[] bytes, InputStream output) implements TerminalConnector {
        Printed(byte[] bytes) {
            this(bytes, new ByteArrayInputStream(bytes));
        }

        @Override
        public OutputStream input() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void resize(int columns, int rows) {
            assertThat(columns).isLessThan(1000);
        }

        @Override
        public boolean isConnected() {
            return ((ByteArrayInputStream) output).available() > 0;
        }

        @Override
        public String ending() {
            return "Ended.";
        }

        @Override
        public void close() {
            ((ByteArrayInputStream) output).skip(bytes.length);
        }
    }
}
