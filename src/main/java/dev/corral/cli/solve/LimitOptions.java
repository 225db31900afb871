package dev.corral.cli.solve;

import dev.corral.core.solve.journal.AtLimit;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options about the limit of active time. A choice must not be called as a command is, which it would be taken for. */
final class LimitOptions {
    @Option(
            names = "--active-limit",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description =
                    "How long the clock may run; pauses do not count. Warns 10 min and 2 min before. Kept while the window, "
                            + "solve attach or solve status --wait follows the session.")
    private int seconds;

    @Option(
            names = "--at-limit",
            paramLabel = "WHAT",
            converter = Choice.class,
            description =
                    "What happens then: ask (default), stop-clock, hand-in (the answer that was checked or scored last; without one "
                            + "the clock is paused) or give-up.")
    private @Nullable AtLimit then;

    /** How long the clock may run; 0 for no limit. */
    int seconds() {
        return seconds;
    }

    /** What happens then. */
    AtLimit then() {
        return then == null ? AtLimit.ASK : then;
    }

    static final class Seconds implements ITypeConverter<Integer> {
        private static final int MOST = 9_999_999;

        @Override
        public Integer convert(String text) {
            if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) < 1) {
                throw new TypeConversionException("'" + text + "' is no number of seconds from 1 to " + MOST);
            }
            return Integer.parseInt(text);
        }
    }

    static final class Choice implements ITypeConverter<AtLimit> {
        @Override
        public AtLimit convert(String text) {
            AtLimit choice = AtLimit.of(text.replace('-', '_'));
            if (choice == null) {
                throw new TypeConversionException("'" + text + "' is none of "
                        + Arrays.stream(AtLimit.values())
                                .map(one -> one.word().replace('_', '-'))
                                .collect(Collectors.joining(", ")));
            }
            return choice;
        }
    }
}
