package dev.corral.core.vagrantfile.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Ways to write a string in Ruby. */
final class Literals {
    private static final List<String> DELIMITERS = List.of("()", "[]", "{}", "<>", "||", "!!", "//", "~~");

    private Literals() {}

    /** A literal that means this text. */
    static String of(RandomGenerator random, String text) {
        List<String> ways = new ArrayList<>(List.of(quoted(text)));
        if (text.chars().noneMatch(sign -> sign < ' ')) {
            ways.add("'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'");
        }
        if (text.chars().noneMatch(sign -> sign < ' ' || sign == '\\' || sign == '#')) {
            DELIMITERS.stream()
                    .filter(pair -> text.indexOf(pair.charAt(0)) < 0 && text.indexOf(pair.charAt(1)) < 0)
                    .forEach(pair -> {
                        ways.add("%q" + pair.charAt(0) + text + pair.charAt(1));
                        ways.add("%Q" + pair.charAt(0) + text + pair.charAt(1));
                    });
        }
        return ways.get(random.nextInt(ways.size()));
    }

    /** An expression in brackets that makes this text while the file runs. */
    static String computed(RandomGenerator random, String text) {
        int middle = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
        String head = of(random, text.substring(0, middle));
        String tail = of(random, text.substring(middle));
        String whole = of(random, text);
        List<String> ways = List.of(
                head + " + " + tail,
                "[" + head + ", " + tail + "].join",
                "\"#{" + head + "}#{" + tail + "}\"",
                "format(\"%s%s\", " + head + ", " + tail + ")",
                "\"%s\" % " + whole,
                head + ".dup << " + tail,
                head + ".dup.concat(" + tail + ")",
                quoted(new StringBuilder(text).reverse().toString()) + ".reverse",
                "[" + text.codePoints().mapToObj(Integer::toString).collect(Collectors.joining(", "))
                        + "].pack(\"U*\")",
                whole + ".to_sym.to_s",
                "String.new(" + whole + ")",
                "{ key: " + whole + " }.fetch(:key)",
                "{ key: " + whole + " }.values.first",
                "->(part) { part + " + tail + " }.call(" + head + ")",
                "proc { " + whole + " }.()",
                "begin " + whole + " end",
                "true ? " + whole + " : nil",
                "nil || " + whole,
                "[nil, " + whole + "].compact.first",
                "Struct.new(:value).new(" + whole + ").value",
                "(_, kept = [1, " + whole + "]; kept)",
                "catch(:found) { throw :found, " + whole + " }",
                "case 1 when Integer then " + whole + " end",
                whole + ".then { |one| one }",
                whole + ".tap { |one| one.length }");
        return "(" + ways.get(random.nextInt(ways.size())) + ")";
    }

    private static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("#", "\\#")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + "\"";
    }

    static <T> T any(RandomGenerator random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
