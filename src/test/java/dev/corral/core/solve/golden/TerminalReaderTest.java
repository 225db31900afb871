package dev.corral.core.solve.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Marks in what a terminal shows, however much there is and in whatever pieces it comes. */
@Tag("unit")
class TerminalReaderTest {
    private static final String MARK = "\u001eabc ";
    private static final String FLOOD = "y\n".repeat(3 << 19);
    private static final Duration LONG = Duration.ofMinutes(1);

    // All of it is read before anything is asked for.
    private static TerminalReader reader(String text, int piece) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        TerminalReader reader = new TerminalReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public synchronized int read(byte[] block, int offset, int length) {
                        int read = super.read(block, offset, Math.min(length, piece));
                        if (read < 0) {
                            end.countDown();
                        }
                        return read;
                    }

                    @Override
                    public int read(byte[] block) {
                        return read(block, 0, block.length);
                    }
                },
                MARK);
        end.await();
        return reader;
    }

    @Test
    void marksAreFoundBeforeBetweenAndBehindWhatIsTooMuch() throws InterruptedException {
        TerminalReader reader =
                reader("one" + MARK + "begin\u001e" + FLOOD + MARK + "0\u001etwo" + MARK + "7\u001e" + FLOOD, 8 << 10);
        assertThat(reader.next(LONG)).isEqualTo(new TerminalReader.Read("one", "begin", false, false));
        TerminalReader.Read much = reader.next(LONG);
        assertThat(much.word()).isEqualTo("0");
        assertThat(much.cut()).isTrue();
        assertThat(much.text()).startsWith("y\ny\n").hasSizeLessThan(FLOOD.length());
        assertThat(reader.next(LONG)).isEqualTo(new TerminalReader.Read("two", "7", false, false));
        TerminalReader.Read last = reader.next(LONG);
        assertThat(last.word()).isEmpty();
        assertThat(last.ended()).isTrue();
    }

    @Test
    void aMarkMayComeInPieces() throws InterruptedException {
        TerminalReader reader = reader("\u001eab" + MARK + "0\u001e\u001e" + MARK + "12\u001e", 1);
        assertThat(reader.next(LONG)).isEqualTo(new TerminalReader.Read("\u001eab", "0", false, false));
        assertThat(reader.next(LONG)).isEqualTo(new TerminalReader.Read("\u001e", "12", false, false));
    }

    @Test
    void aWordIsBounded() throws InterruptedException {
        String no = MARK + "x".repeat(17) + "\u001e";
        TerminalReader reader = reader(no + MARK + "x".repeat(16) + "\u001e", 5);
        assertThat(reader.next(LONG)).isEqualTo(new TerminalReader.Read(no, "x".repeat(16), false, false));
    }
}
