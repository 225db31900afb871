package dev.corral.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Text in any pieces. */
@Tag("unit")
class Utf8ChunksTest {
    private static final String TEXT = "a é ü ≥ 日本 🦊 x\u0301 \u001b[1mz";

    @Test
    void aTextMayBeCutAtEachByte() {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            Utf8Chunks chunks = new Utf8Chunks();
            String text = chunks.take(bytes, 0, cut) + chunks.take(bytes, cut, bytes.length - cut) + chunks.end();
            assertThat(text).as("cut at %d", cut).isEqualTo(TEXT);
        }
    }

    @Test
    void bytesThatAreNoTextBecomeTheSameInWhateverPieces() {
        Random random = new Random(7);
        for (int round = 0; round < 400; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            Utf8Chunks chunks = new Utf8Chunks();
            StringBuilder text = new StringBuilder();
            int at = 0;
            while (at < bytes.length) {
                int length = 1 + random.nextInt(bytes.length - at);
                text.append(chunks.take(bytes, at, length));
                at += length;
            }
            text.append(chunks.end());
            assertThat(text.toString()).as("round %d", round).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Test
    void afterAnEndNothingIsLeftOfWhatWasBefore() {
        Utf8Chunks chunks = new Utf8Chunks();
        assertThat(chunks.take(new byte[] {(byte) 0xf0, (byte) 0x9f}, 0, 2)).isEmpty();
        assertThat(chunks.end()).isEqualTo("\ufffd");
        assertThat(chunks.take(new byte[] {'a'}, 0, 1)).isEqualTo("a");
    }
}
