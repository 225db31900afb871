package dev.corral.core.inspect.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ListingHelperTest {

    @Test
    void carriesEveryModuleOfThePlugin() throws IOException {
        Path script = new ListingHelper().script(ListingHelper.LIST);

        assertThat(script).isRegularFile();
        assertThat(modules(script.resolveSibling("python/vagrantsandbox")))
                .containsExactlyInAnyOrderElementsOf(modules(Path.of("src/main/python/vagrantsandbox")));
    }

    private static List<String> modules(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".py"))
                    .toList();
        }
    }
}
