package dev.corral.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules that the compiled classes do not show. */
@Tag("unit")
class SourceRulesTest {
    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_LINE = 140;
    private static final int MOST_FILES = 25;
    private static final Pattern EMPTY_CATCH = Pattern.compile("catch\\s*\\([^)]*\\)\\s*\\{\\s*\\}");
    private static final Pattern LEFT_OVER = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
    private static final Pattern SWITCHED_OFF = Pattern.compile("@" + "Disabled\\b");
    private static final Pattern TAG = Pattern.compile("@" + "Tag\\(\\s*([^)]*?)\\s*\\)");
    private static final Set<String> TAGS = Stream.of(
                    "unit", "vm_required", "inspect_eval", "any_user", "no_mutation", "once", "screenshots")
            .map(word -> '"' + word + '"')
            .collect(Collectors.toUnmodifiableSet());
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:abstract|final|sealed|non-sealed|static) )*(?:class|interface|record|enum|@interface) ",
            Pattern.MULTILINE);
    // Possessive, because a long annotation would take all of the stack otherwise.
    private static final Pattern DOCUMENTED =
            Pattern.compile("\\*/\\s*(?:@[A-Za-z]+(?:\\((?:[^()]++|\\([^()]*+\\))*+\\))?\\s*+)*+$");

    @Test
    void noFileIsLong() {
        assertThat(offenders(
                        sources("src", ".java", ".py"),
                        (Text file) -> lines(file) > LONGEST_FILE ? List.of(lines(file) + " lines") : List.of()))
                .isEmpty();
    }

    @Test
    void noLineIsLong() {
        assertThat(offenders(sources("src", ".java", ".py", ".rb", ".css"), (Text file) -> file.content
                        .lines()
                        .filter(line -> line.length() > LONGEST_LINE)
                        .toList()))
                .isEmpty();
    }

    @Test
    void noPackageIsCrowded() {
        Map<Path, Long> files = sources("src", ".java").stream()
                .filter(file -> !file.path.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(file -> file.path.getParent(), Collectors.counting()));
        assertThat(files).isNotEmpty().allSatisfy((folder, count) -> assertThat(count)
                .as("files in %s", folder)
                .isLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void everyPackageSaysThatNullIsTheException() {
        // NullAway looks only at what is marked.
        List<Path> folders = sources("src/main/java", ".java").stream()
                .map(file -> file.path.getParent())
                .distinct()
                .toList();
        assertThat(folders).isNotEmpty().allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                .content()
                .contains("\n@NullMarked\npackage "));
    }

    @Test
    void noCatchBlockIsEmpty() {
        assertThat(offenders(sources("src", ".java"), (Text file) -> matches(EMPTY_CATCH, file.content)))
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(offenders(
                        sources("src", ".java", ".py", ".rb", ".css"),
                        (Text file) -> file.path.endsWith("SourceRulesTest.java")
                                ? List.of()
                                : matches(LEFT_OVER, file.content)))
                .isEmpty();
    }

    @Test
    void noTestIsSwitchedOff() {
        assertThat(offenders(sources("src/test", ".java"), (Text file) -> matches(SWITCHED_OFF, file.content)))
                .isEmpty();
    }

    @Test
    void everyTestClassHasATag() {
        assertThat(offenders(
                        sources("src/test", ".java"),
                        (Text file) -> file.content.contains("@Test")
                                        && !file.content.contains("@Tag(\"")
                                        && !file.path.endsWith("SourceRulesTest.java")
                                ? List.of("no tag")
                                : List.of()))
                .isEmpty();
    }

    @Test
    void noTestHasATagThatNothingChoosesBy() {
        // A tag with a slip of the pen leaves its test out, or in, and nobody is told.
        assertThat(offenders(
                        sources("src/test/java", ".java"),
                        (Text file) -> file.path.endsWith("SourceRulesTest.java")
                                ? List.of()
                                : TAG.matcher(file.content)
                                        .results()
                                        .map(result -> result.group(1))
                                        .filter(tag -> !TAGS.contains(tag))
                                        .toList()))
                .isEmpty();
    }

    @Test
    void publicTypesAreDocumented() {
        assertThat(offenders(sources("src/main", ".java"), (Text file) -> {
                    List<String> bare = new ArrayList<>();
                    Matcher matcher = PUBLIC_TYPE.matcher(file.content);
                    while (matcher.find()) {
                        if (!DOCUMENTED
                                .matcher(file.content.substring(0, matcher.start()))
                                .find()) {
                            bare.add(matcher.group());
                        }
                    }
                    return bare;
                }))
                .isEmpty();
    }

    private record Text(Path path, String content) {}

    private static long lines(Text file) {
        return file.content.lines().count();
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group().strip())
                .toList();
    }

    private static List<String> offenders(List<Text> files, Function<Text, List<String>> rule) {
        assertThat(files).as("the sources are found").isNotEmpty();
        return files.stream()
                .flatMap(file -> rule.apply(file).stream().map(what -> file.path + ": " + what))
                .toList();
    }

    private static List<Text> sources(String folder, String... endings) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .map(file -> new Text(file, read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
