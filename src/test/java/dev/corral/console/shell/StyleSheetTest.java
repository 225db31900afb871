package dev.corral.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class StyleSheetTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/corral/console");
    private static final Pattern STYLE_CALL = Pattern.compile(
            "getStyleClass\\(\\)\\.(?:add|addAll|setAll)\\(([^;]*)\\);|Icons\\.of\\(([^;]*)\\)|styleClass = \"([a-z-]+)\"");
    private static final Pattern NAME = Pattern.compile("\"([a-z]+(?:-[a-z]+)+)\"");
    private static final double READABLE = 4.5;

    private static String sheet() {
        try (var in = StyleSheetTest.class.getResourceAsStream("/dev/corral/console/corral.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> sources() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")
                            && !path.toString().contains("terminal"))
                    .toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private static Map<String, String> colours(String theme) {
        Matcher block = Pattern.compile("\\.corral-" + theme + " \\{([^}]*)}").matcher(sheet());
        assertThat(block.find()).isTrue();
        Map<String, String> colours = new TreeMap<>();
        Matcher line = Pattern.compile("(-c-[a-z-]+): ([^;]+);").matcher(block.group(1));
        while (line.find()) {
            colours.put(line.group(1), line.group(2));
        }
        return colours;
    }

    @Test
    void everyStyleClassInUseIsInTheSheet() throws IOException {
        String sheet = sheet();
        Set<String> missing = new TreeSet<>();
        for (String source : sources()) {
            Matcher call = STYLE_CALL.matcher(source);
            while (call.find()) {
                Matcher name = NAME.matcher(call.group());
                while (name.find()) {
                    if (!sheet.contains("." + name.group(1))) {
                        missing.add(name.group(1));
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void noColourStandsInTheCode() throws IOException {
        // What a recording is drawn with are colours of the guest's program, as in a terminal.
        assertThat(sources())
                .filteredOn(source -> !source.contains("class ScreenCanvas "))
                .noneMatch(source -> source.contains("Color.web(")
                        || source.contains("Color.rgb(")
                        || source.matches("(?s).*\"#[0-9a-fA-F]{6}\".*"));
    }

    @Test
    void coloursStandInTheFirstTwoBlocksOnly() {
        String sheet = sheet();
        String rules = sheet.substring(sheet.indexOf("/* The names that"));
        assertThat(Pattern.compile("#[0-9a-fA-F]{3,8}\\b|rgba?\\(")
                        .matcher(rules)
                        .results()
                        .map(result -> result.group()))
                .isEmpty();
    }

    @Test
    void bothThemesNameTheSameColoursAndEveryOneInUse() {
        Set<String> used = new TreeSet<>();
        Matcher use = Pattern.compile("(?<![\\w-])(-c-[a-z-]+)(?![\\w:-])").matcher(sheet());
        while (use.find()) {
            used.add(use.group(1));
        }
        assertThat(colours("dark").keySet()).isEqualTo(colours("light").keySet());
        assertThat(colours("dark").keySet()).containsAll(used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void textCanBeReadOnEveryGround(String theme) {
        Map<String, String> colours = colours(theme);
        for (String ground : List.of("-c-background", "-c-panel", "-c-raised", "-c-sunken", "-c-hover")) {
            for (String text : List.of(
                    "-c-text",
                    "-c-muted",
                    "-c-ready",
                    "-c-changing",
                    "-c-failed",
                    "-c-stray",
                    "-c-pinned",
                    "-c-link")) {
                assertReadable(colours, text, ground);
            }
        }
        for (String text :
                List.of("-c-text", "-c-muted-selected", "-c-ready", "-c-changing", "-c-failed", "-c-stray")) {
            assertReadable(colours, text, "-c-selection");
        }
        assertReadable(colours, "-c-main-text", "-c-main");
        assertReadable(colours, "-c-main-text", "-c-main-hover");
        assertReadable(colours, "-c-destructive-text", "-c-destructive");
        assertReadable(colours, "-c-destructive-text", "-c-destructive-hover");
        assertReadable(colours, "-c-text", "-c-failed-soft");
        assertReadable(colours, "-c-failed", "-c-failed-soft");
    }

    private static void assertReadable(Map<String, String> colours, String text, String ground) {
        double one = luminance(Color.web(colours.get(text)));
        double other = luminance(Color.web(colours.get(ground)));
        double contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        assertThat(contrast).as(text + " on " + ground).isGreaterThanOrEqualTo(READABLE);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
