package dev.corral.core.solve.journal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * One line of a session's journal.
 *
 * @param at    when, by the wall clock
 * @param upMs  as in {@link Moment}
 * @param runMs as in {@link Moment}
 * @param boot  as in {@link Moment}
 * @param kind  what it tells
 * @param by    who did it, in a word: {@code guest}, {@code window}, {@code command line}, {@code corral}, or a person's name
 * @param text  a note, an answer, a reason; verbatim and untrusted
 * @param about the interval or machine that it is about
 * @param more  further facts
 * @param seq   which line of the journal it is, from 1; 0 before it was read
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SolveEntry(
        Instant at,
        long upMs,
        long runMs,
        String boot,
        EntryKind kind,
        String by,
        String text,
        String about,
        Map<String, String> more,
        @JsonIgnore int seq) {
    /** Names an event of Inspect in {@link #more()}, so that two who saw it count it once. */
    public static final String UUID = "uuid";

    /** In a {@link EntryKind#BEAT} entry: how many seconds before it the person did something beside the machine. */
    public static final String HERE = "here";

    /** In a {@link EntryKind#SUBMIT} or {@link EntryKind#QUIT} entry: Inspect's answer is empty, which may mean either. */
    public static final String UNCLEAR = "unclear";

    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int LONGEST_FACT = 4 * 1024;

    /** Fills what is absent, and cuts what is too long to be kept. */
    public SolveEntry {
        boot = Objects.requireNonNullElse(boot, "");
        by = Objects.requireNonNullElse(by, "");
        text = cut(Objects.requireNonNullElse(text, ""), LONGEST_TEXT);
        about = cut(Objects.requireNonNullElse(about, ""), LONGEST_FACT);
        more = more == null ? Map.of() : shortened(more);
    }

    /** An entry about what happens now. */
    public static SolveEntry now(EntryKind kind, String by) {
        return at(Moment.now(), kind, by);
    }

    /** An entry about a moment. */
    public static SolveEntry at(Moment moment, EntryKind kind, String by) {
        return new SolveEntry(moment.at(), moment.upMs(), moment.runMs(), moment.boot(), kind, by, "", "", Map.of(), 0);
    }

    /** The same with a text. */
    public SolveEntry withText(String words) {
        return new SolveEntry(at, upMs, runMs, boot, kind, by, words, about, more, seq);
    }

    /** The same about something. */
    public SolveEntry withAbout(String what) {
        return new SolveEntry(at, upMs, runMs, boot, kind, by, text, what, more, seq);
    }

    /** The same with further facts. */
    public SolveEntry withMore(Map<String, String> facts) {
        return new SolveEntry(at, upMs, runMs, boot, kind, by, text, about, facts, seq);
    }

    /** The same as that line of the journal. */
    public SolveEntry numbered(int line) {
        return new SolveEntry(at, upMs, runMs, boot, kind, by, text, about, more, line);
    }

    /** When it was. */
    public Moment moment() {
        return new Moment(at, upMs, runMs, boot);
    }

    /** A further fact; empty if it has none of that name. */
    public String fact(String name) {
        return more.getOrDefault(name, "");
    }

    /** Whether it is only known that there is no answer, not whether that was handed in or given up. */
    public boolean unclear() {
        return !fact(UNCLEAR).isEmpty();
    }

    private static String cut(String words, int most) {
        return words.length() <= most
                ? words
                : words.substring(0, Character.isHighSurrogate(words.charAt(most - 1)) ? most - 1 : most);
    }

    private static Map<String, String> shortened(Map<String, String> facts) {
        return facts.entrySet().stream()
                .filter(fact -> fact.getKey() != null && fact.getValue() != null)
                .limit(40)
                .collect(java.util.stream.Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, fact -> cut(fact.getValue(), LONGEST_FACT)));
    }
}
