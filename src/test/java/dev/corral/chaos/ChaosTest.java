package dev.corral.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class ChaosTest {
    private static final int KILLS = 6;

    @TempDir
    Path temp;

    @Test
    void nothingIsLostAndNothingLivingIsTouched() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        boolean holds = Chaos.stub(temp, List.of(), KILLS, new PrintStream(said, true, StandardCharsets.UTF_8));
        assertThat(holds).as(said.toString(StandardCharsets.UTF_8)).isTrue();
    }
}
