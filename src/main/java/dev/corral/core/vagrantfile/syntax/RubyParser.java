package dev.corral.core.vagrantfile.syntax;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.vagrant.ruby.KeptRuby;
import dev.corral.core.vagrant.ruby.RubyProgram;
import dev.corral.core.vagrantfile.Problem.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts as Ruby with Ruby's own parser, and runs none of them: a file that nobody has said may run can be read. The parser is a
 * process that is kept, so that a usual file takes a few milliseconds. Thread-safe; blocks.
 */
public final class RubyParser implements AutoCloseable {
    /** In characters; longer texts are not read. */
    static final int LONGEST = 2 << 20;

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final KeptRuby ruby;

    /**
     * @param vagrant   tells the program {@code vagrant}, whose Ruby is used
     * @param variables the variables that Vagrant would run with
     */
    public RubyParser(Supplier<Path> vagrant, Map<String, String> variables) {
        Map<String, String> own = new HashMap<>(variables);
        own.put("CORRAL_SYNTAX", "serve");
        ruby = new KeptRuby(
                () -> RubyProgram.of(vagrant.get(), variables), KeptRuby.script(RubyParser.class, "parse.rb"), own);
    }

    /** What the script answers. */
    private record Answer(
            @Nullable String failure,
            @Nullable List<Fault> errors,
            @Nullable List<Folded> folds,
            @Nullable List<Name> variables,
            @Nullable List<Bound> bound,
            @Nullable List<Setting> settings) {}

    private record Fault(int line, int column, int end, String kind, String message) {}

    // These and the settings in the script's order, without names: there are thousands.
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    private record Folded(int first, int last, String kind, String label) {}

    private record Name(String name, int line, int column, int end) {}

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    private record Bound(String name, String path, int first, int last) {}

    // See Word.
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    private record Setting(
            String of,
            List<Word> parts,
            String kind,
            int line,
            int column,
            @Nullable Word value,
            @Nullable Word type) {}

    /**
     * Reads a text.
     *
     * @param name how the text is called where something goes wrong
     * @param text the text
     * @throws ExpectedFailure       if there is no Ruby, or it does not answer
     * @throws CancellationException if the calling thread is interrupted
     */
    public ParsedRuby parse(String name, String text) {
        if (text.length() > LONGEST) {
            return new ParsedRuby(
                    List.of(new Mark(1, 1, 2, Severity.WARNING, "The file is too long to be checked as it is typed.")),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
        }
        try {
            String said = ruby.ask(Json.mapper().writeValueAsString(Map.of("text", text)), LIMIT);
            Answer answer = Json.mapper().readValue(said, Answer.class);
            if (answer.failure != null) {
                throw unread(name, answer.failure, null);
            }
            return of(answer);
        } catch (JsonProcessingException e) {
            throw unread(name, "it gave no answer that can be read", e);
        } catch (TimeoutException e) {
            throw unread(name, "it took longer than " + LIMIT.toSeconds() + " s", e);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("Reading " + name + " was stopped.");
            }
            throw unread(name, String.valueOf(e.getMessage()), e);
        }
    }

    private static ExpectedFailure unread(String name, String why, @Nullable Exception cause) {
        return ExpectedFailure.failed(
                "Ruby could not read " + name + ": " + why + ".", "Check that ruby runs in a terminal.", cause);
    }

    private static ParsedRuby of(Answer answer) {
        return new ParsedRuby(
                list(answer.errors).stream()
                        .map(one -> new Mark(
                                one.line,
                                one.column,
                                Math.max(one.end, one.column + 1),
                                Severity.ERROR,
                                SyntaxWords.of(one.kind, one.message)))
                        .distinct()
                        .sorted(Comparator.comparing(Mark::line).thenComparing(Mark::column))
                        .toList(),
                list(answer.folds).stream()
                        .map(one -> new Fold(one.first, one.last, Fold.Kind.valueOf(upper(one.kind)), one.label))
                        .toList(),
                list(answer.variables).stream()
                        .map(one -> new VariableUse(one.name, one.line, one.column, one.end))
                        .toList(),
                list(answer.bound).stream()
                        .map(one -> new BlockVariable(one.name, one.path, one.first, one.last))
                        .toList(),
                list(answer.settings).stream()
                        .map(one -> new SettingUse(
                                one.of,
                                List.copyOf(one.parts),
                                SettingUse.Kind.valueOf(upper(one.kind)),
                                one.line,
                                one.column,
                                Optional.ofNullable(one.value),
                                Optional.ofNullable(one.type)))
                        .toList());
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** Ends the process. */
    @Override
    public void close() {
        ruby.close();
    }
}
