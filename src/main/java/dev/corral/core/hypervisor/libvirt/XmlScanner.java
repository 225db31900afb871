package dev.corral.core.hypervisor.libvirt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks once over the tags of an XML text. Hundreds of small documents are read for one view of a machine, and this
 * takes a tenth of what a general parser does, most of all the first time. It knows no document types and so resolves
 * no entity but the five that every XML has.
 */
final class XmlScanner {
    private final String text;
    private final List<String> open = new ArrayList<>();
    private int position;
    private int tagStart;
    private int tagEnd;
    private String name = "";
    private boolean start;
    private boolean emptyElement;

    XmlScanner(String text) {
        this.text = text;
    }

    /**
     * Moves to the next start or end of an element; an empty element has both.
     *
     * @return false at the end of the text
     * @throws IOException if the text is no well-formed XML or ends too early
     */
    boolean next() throws IOException {
        if (start && emptyElement) {
            start = false;
            open.removeLast();
            return true;
        }
        if (!start && !name.isEmpty()) {
            name = "";
        }
        while (true) {
            int less = text.indexOf('<', position);
            if (less < 0) {
                if (!open.isEmpty()) {
                    throw new IOException("the XML ends inside of " + open.getLast());
                }
                return false;
            }
            if (text.startsWith("<!--", less)) {
                position = after("-->", less + 4);
            } else if (text.startsWith("<![CDATA[", less)) {
                position = after("]]>", less + 9);
            } else if (text.startsWith("<?", less)) {
                position = after("?>", less + 2);
            } else if (text.startsWith("<!", less)) {
                throw new IOException("the XML has a declaration of its own");
            } else {
                tag(less);
                return true;
            }
        }
    }

    private void tag(int less) throws IOException {
        boolean closing = less + 1 < text.length() && text.charAt(less + 1) == '/';
        tagStart = less + (closing ? 2 : 1);
        tagEnd = endOfTag(tagStart);
        position = tagEnd + 1;
        emptyElement = !closing && text.charAt(tagEnd - 1) == '/';
        int end = emptyElement ? tagEnd - 1 : tagEnd;
        int space = text.indexOf(' ', tagStart, end);
        name = text.substring(tagStart, space < 0 ? end : space).strip();
        start = !closing;
        if (start) {
            open.add(name);
        } else if (open.isEmpty() || !open.removeLast().equals(name)) {
            throw new IOException("the XML closes " + name + " where it is not open");
        }
    }

    // A value may hold a closing bracket, so values are stepped over one by one. Searches are much quicker than a look
    // at each character.
    private int endOfTag(int from) throws IOException {
        int end = text.indexOf('>', from);
        int equals = end < 0 ? -1 : text.indexOf('=', from, end);
        while (equals >= 0 && end >= 0) {
            int close = text.indexOf(text.charAt(equals + 1), equals + 2);
            if (close < 0) {
                end = -1;
            } else {
                end = close > end ? text.indexOf('>', close) : end;
                equals = end < 0 ? -1 : text.indexOf('=', close, end);
            }
        }
        if (end < 0) {
            throw new IOException("the XML ends inside of a tag");
        }
        return end;
    }

    /**
     * Goes to the end of the started element without a look at what is in it.
     *
     * @throws IOException if it does not end
     */
    void skip() throws IOException {
        if (emptyElement) {
            return;
        }
        int end = text.indexOf("</" + name + ">", position);
        // An element of the same name inside, or text that is no markup, needs a closer look.
        if (end >= 0 && text.indexOf("<" + name, position, end) < 0 && text.indexOf("<!", position, end) < 0) {
            position = end;
            return;
        }
        int depth = open.size();
        while (open.size() >= depth && next()) {
            continue;
        }
        start = false;
        emptyElement = false;
    }

    private int after(String end, int from) throws IOException {
        int found = text.indexOf(end, from);
        if (found < 0) {
            throw new IOException("the XML ends inside of a comment");
        }
        return found + end.length();
    }

    /** Whether this is the start of an element. */
    boolean start() {
        return start;
    }

    /** The element's name. */
    String name() {
        return name;
    }

    /** How many elements are open, the started one included, an ended one not. */
    int depth() {
        return open.size();
    }

    /** The name of the open element at a depth, counted from 1; empty when nothing is open so deep. */
    String open(int depth) {
        return depth <= open.size() ? open.get(depth - 1) : "";
    }

    /** Whether an element of this name is open. */
    boolean inside(String element) {
        return open.contains(element);
    }

    /** An attribute of the started element, empty when it has none of this name. */
    String attribute(String wanted) {
        int i = tagStart + name.length();
        while (i < tagEnd) {
            int equals = text.indexOf('=', i);
            if (equals < 0 || equals >= tagEnd - 1) {
                return "";
            }
            char quote = text.charAt(equals + 1);
            int end = text.indexOf(quote, equals + 2);
            if (end < 0 || end > tagEnd) {
                return "";
            }
            if (text.substring(i, equals).strip().equals(wanted)) {
                return decoded(text.substring(equals + 2, end));
            }
            i = end + 1;
        }
        return "";
    }

    /** The text between the started element's tag and the next tag. */
    String text() {
        if (emptyElement) {
            return "";
        }
        int end = text.indexOf('<', position);
        return decoded(text.substring(position, end < 0 ? text.length() : end));
    }

    private static String decoded(String raw) {
        int ampersand = raw.indexOf('&');
        if (ampersand < 0) {
            return raw;
        }
        StringBuilder plain = new StringBuilder(raw.length());
        int from = 0;
        while (ampersand >= 0) {
            int end = raw.indexOf(';', ampersand);
            if (end < 0) {
                break;
            }
            plain.append(raw, from, ampersand).append(entity(raw.substring(ampersand + 1, end)));
            from = end + 1;
            ampersand = raw.indexOf('&', from);
        }
        return plain.append(raw, from, raw.length()).toString();
    }

    private static String entity(String word) {
        return switch (word) {
            case "lt" -> "<";
            case "gt" -> ">";
            case "amp" -> "&";
            case "quot" -> "\"";
            case "apos" -> "'";
            default -> character(word);
        };
    }

    private static String character(String word) {
        try {
            if (word.startsWith("#x")) {
                return Character.toString(Integer.parseInt(word.substring(2), 16));
            }
            if (word.startsWith("#")) {
                return Character.toString(Integer.parseInt(word.substring(1)));
            }
        } catch (IllegalArgumentException e) {
            return "\uFFFD";
        }
        return "&" + word + ";";
    }
}
