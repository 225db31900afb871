package dev.corral.console.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a task's text as Markdown has it. Only what helps reading is known: headings, lists, code, bold. Everything else stays as
 * it was written, since a task may be about just that. Pure.
 *
 * @param kind  what it is
 * @param level how deep: of a heading, from 1
 * @param spans what it says
 */
public record MarkdownBlock(Kind kind, int level, List<Span> spans) {
    private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.*?)\\s*#*");
    private static final Pattern ITEM = Pattern.compile("\\s{0,12}(?:[-*+]|(\\d{1,3})[.)])\\s+(.*)");
    private static final Pattern INLINE = Pattern.compile("`([^`]+)`|\\*\\*([^*]+)\\*\\*|__([^_]+)__");
    private static final int MOST = 2_000;

    /** Sorts of pieces. */
    public enum Kind {
        HEADING,
        TEXT,
        ITEM,
        CODE
    }

    /**
     * A stretch of it.
     *
     * @param text what it says, made plain
     * @param look how it looks
     */
    public record Span(String text, Look look) {}

    /** How a stretch looks. */
    public enum Look {
        PLAIN,
        BOLD,
        CODE
    }

    /** Reads a text. */
    public static List<MarkdownBlock> read(String text) {
        List<MarkdownBlock> blocks = new ArrayList<>();
        List<String> paragraph = new ArrayList<>();
        List<String> code = new ArrayList<>();
        boolean fenced = false;
        for (String line : Texts.block(text).split("\n", -1)) {
            if (blocks.size() >= MOST) {
                break;
            }
            boolean fence = line.strip().startsWith("```");
            if (fenced || fence) {
                if (fence) {
                    flush(paragraph, blocks);
                    if (fenced) {
                        blocks.add(code(code));
                        code.clear();
                    }
                    fenced = !fenced;
                } else {
                    code.add(line);
                }
                continue;
            }
            line(line, paragraph, blocks);
        }
        flush(paragraph, blocks);
        if (!code.isEmpty()) {
            blocks.add(code(code));
        }
        return blocks;
    }

    private static void line(String line, List<String> paragraph, List<MarkdownBlock> blocks) {
        Matcher heading = HEADING.matcher(line);
        Matcher item = ITEM.matcher(line);
        if (line.isBlank()) {
            flush(paragraph, blocks);
        } else if (heading.matches()) {
            flush(paragraph, blocks);
            blocks.add(new MarkdownBlock(Kind.HEADING, heading.group(1).length(), spans(heading.group(2))));
        } else if (item.matches()) {
            flush(paragraph, blocks);
            String mark = item.group(1) == null ? "•  " : item.group(1) + ".  ";
            List<Span> spans = new ArrayList<>(List.of(new Span(mark, Look.PLAIN)));
            spans.addAll(spans(item.group(2)));
            blocks.add(new MarkdownBlock(Kind.ITEM, 0, spans));
        } else {
            paragraph.add(line);
        }
    }

    private static void flush(List<String> paragraph, List<MarkdownBlock> blocks) {
        if (!paragraph.isEmpty()) {
            // Breaks stay: data sets hold texts that were never meant to be Markdown.
            blocks.add(new MarkdownBlock(Kind.TEXT, 0, spans(String.join("\n", paragraph))));
            paragraph.clear();
        }
    }

    private static MarkdownBlock code(List<String> lines) {
        return new MarkdownBlock(Kind.CODE, 0, List.of(new Span(String.join("\n", lines), Look.CODE)));
    }

    private static List<Span> spans(String text) {
        List<Span> spans = new ArrayList<>();
        Matcher matcher = INLINE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (matcher.start() > from) {
                spans.add(new Span(text.substring(from, matcher.start()), Look.PLAIN));
            }
            spans.add(
                    matcher.group(1) != null
                            ? new Span(matcher.group(1), Look.CODE)
                            : new Span(matcher.group(2) == null ? matcher.group(3) : matcher.group(2), Look.BOLD));
            from = matcher.end();
        }
        if (from < text.length()) {
            spans.add(new Span(text.substring(from), Look.PLAIN));
        }
        return spans;
    }
}
