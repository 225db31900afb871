package dev.corral.console.editor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class FileTextTest {
    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static FileText of(String text) {
        return FileText.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a\n",
                "a\r\nb\r\n",
                "a\rb\r",
                "a\r\nb\nc\rd",
                "\n\r\n\r",
                "\uFEFFa\n",
                "ä→😀\n",
                "\t\u000b\f\u0085\u2028x\n",
                "a\r\r\nb"
            })
    void whatNobodyEditsIsWrittenAsItWas(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        FileText read = FileText.of(bytes);
        assertThat(read.text()).doesNotContain("\r", "\uFEFF");
        assertThat(read.bytes()).isEqualTo(bytes);
        assertThat(read.with(read.text()).bytes()).isEqualTo(bytes);
    }

    @Test
    void bytesThatAreNoUtf8AreGivenBackToo() {
        byte[] bytes = new byte[255];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i + 1);
        }
        FileText read = FileText.of(bytes);
        assertThat(read.form()).contains("ISO-8859-1");
        assertThat(read.bytes()).isEqualTo(bytes);
        assertThat(FileText.of(latin("caf\u00e9\r\n"))
                        .with("caf\u00e9 \u00fc\n")
                        .bytes())
                .isEqualTo(latin("caf\u00e9 \u00fc\r\n"));
        assertThatThrownBy(() -> FileText.of(latin("caf\u00e9")).with("→").bytes())
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("encoding");
    }

    @Test
    void utf16StaysUtf16() {
        byte[] bytes = "\uFEFFaä\r\n".getBytes(StandardCharsets.UTF_16LE);
        FileText read = FileText.of(bytes);
        assertThat(read.text()).isEqualTo("aä\n");
        assertThat(read.form()).isEqualTo("CRLF · UTF-16LE");
        assertThat(read.bytes()).isEqualTo(bytes);
    }

    @Test
    void eachLineKeepsItsEndWhateverIsEditedAroundIt() {
        FileText mixed = of("a\r\nb\nc\r\nd\ne");
        assertThat(new String(mixed.with("a\nX\nb\nd\ne\nY\n").bytes(), StandardCharsets.UTF_8))
                .satisfies(text -> {
                    assertThat(text).startsWith("a\r\n").contains("b\n", "d\n");
                    assertThat(text.replace("\r\n", "\n")).isEqualTo("a\nX\nb\nd\ne\nY\n");
                });
        assertThat(new String(of("a\r\nb\r\n").with("a\nnew\nb\n").bytes(), StandardCharsets.UTF_8))
                .isEqualTo("a\r\nnew\r\nb\r\n");
    }

    @Test
    void anyEditOfMixedEndsIsTheTextThatWasTyped() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append("abc".charAt(random.nextInt(3)))
                        .append(new String[] {"\n", "\r\n", "\r", ""}[random.nextInt(4)]);
            }
            FileText read = of(text.toString());
            String now =
                    read.text().replaceFirst("b", "x\ny").replaceFirst("c\n", "") + (random.nextBoolean() ? "\n" : "");
            byte[] bytes = read.with(now).bytes();
            assertThat(FileText.of(bytes).text()).isEqualTo(now);
        }
    }

    @Test
    void whatIsNoTextIsSaidSo() {
        assertThatThrownBy(() -> FileText.of(new byte[] {1, 0, 2}))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("no text");
        assertThatThrownBy(() -> of("a\n" + "x".repeat(30_000)))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("Line 2 has 30000 characters");
    }

    @Test
    void theUnusualIsNamed() {
        assertThat(of("a\n").form()).isEmpty();
        assertThat(of("a\r\n").form()).isEqualTo("CRLF");
        assertThat(of("a\r\nb\n").form()).isEqualTo("mixed line ends");
        assertThat(of("\uFEFFa").form()).isEqualTo("byte order mark");
    }
}
