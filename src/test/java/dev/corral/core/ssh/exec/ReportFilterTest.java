package dev.corral.core.ssh.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ReportFilterTest {
    private static final String MARKER = "\u001ecorral-0123456789ab ";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10_000})
    void findsReportsInPiecesOfAnySize(int piece) throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        ReportFilter filter = new ReportFilter(new RemoteCommand("", MARKER, 2), rest);
        byte[] all = ("hello from .bashrc\n\u001ecorral\u001e" + MARKER + "4711\nsudo: unable to resolve host\n"
                        + MARKER + "+\nreal\n" + MARKER + "9\n")
                .getBytes(StandardCharsets.UTF_8);
        for (int start = 0; start < all.length; start += piece) {
            filter.write(all, start, Math.min(piece, all.length - start));
        }

        assertThat(filter.pid()).isCompletedWithValue(4711L);
        assertThat(filter.commandStarted()).isTrue();
        assertThat(filter.noise())
                .isEqualTo("hello from .bashrc\n\u001ecorral\u001esudo: unable to resolve host".strip());
        assertThat(rest.toString(StandardCharsets.UTF_8)).isEqualTo("real\n" + MARKER + "9\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10_000})
    void withoutAReportNothingStarted(int piece) throws IOException {
        ReportFilter filter = new ReportFilter(new RemoteCommand("", MARKER, 1), new ByteArrayOutputStream());
        byte[] all = "This account is currently not available.\n".getBytes(StandardCharsets.UTF_8);
        for (int start = 0; start < all.length; start += piece) {
            filter.write(all, start, Math.min(piece, all.length - start));
        }

        assertThat(filter.commandStarted()).isFalse();
        assertThat(filter.noise()).isEqualTo("This account is currently not available.");
    }
}
