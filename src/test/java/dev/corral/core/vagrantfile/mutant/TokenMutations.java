package dev.corral.core.vagrantfile.mutant;

import dev.corral.core.vagrantfile.mutant.Mutation.Phase;
import dev.corral.core.vagrantfile.mutant.RubyTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Other names and other ways to write words and strings. */
final class TokenMutations {
    private static final List<String> VARIABLES =
            List.of("c", "cfg", "vagrant_config", "конфиг", "_box", "it_", "größe", "self_", "define", "config2", "vm");
    private static final List<String> CONSTANTS = List.of("LAB_X", "Xs", "Ünit", "A1_", "CONFIGURED");

    private final Map<String, RubyTokens> known;

    TokenMutations(Map<String, RubyTokens> known) {
        this.known = known;
    }

    List<Mutation> all() {
        return List.of(
                mutation("rename-variables", TokenMutations::variables),
                mutation("rename-constants", TokenMutations::constants),
                mutation("quotes", (tokens, mutant, random) -> strings(tokens, random, false)),
                mutation("computed-strings", (tokens, mutant, random) -> strings(tokens, random, true)),
                mutation("word-arrays", TokenMutations::words),
                mutation("symbols", TokenMutations::symbols),
                mutation("hash-rockets", TokenMutations::labels),
                mutation("spaces", TokenMutations::spaces));
    }

    private interface Change {
        boolean apply(RubyTokens tokens, Mutant mutant, RandomGenerator random);
    }

    // Each begins with what the file is now, which only those of this class have touched.
    private Mutation mutation(String name, Change change) {
        return new Mutation(name, Phase.TOKENS, (mutant, random) -> {
            RubyTokens tokens = known.get(mutant.ruby());
            if (tokens == null) {
                return false;
            }
            RubyTokens changed = tokens.copy();
            if (!change.apply(changed, mutant, random)) {
                return false;
            }
            mutant.ruby(changed.text());
            known.putIfAbsent(changed.text(), changed);
            return true;
        });
    }

    // What is evaluated in another file's place sees the names of this one.
    private static boolean isClosed(Mutant mutant) {
        return !mutant.ruby().contains("eval") && !mutant.ruby().contains("binding");
    }

    private static boolean variables(RubyTokens tokens, Mutant mutant, RandomGenerator random) {
        if (!isClosed(mutant)) {
            return false;
        }
        Set<String> names = new TreeSet<>();
        boolean inside = false;
        for (int i = 0; i < tokens.tokens().size(); i++) {
            Token one = tokens.at(i);
            if (one.is("op", "|")) {
                inside = !inside
                        && (tokens.before(i).is("kw", "do") || tokens.before(i).is("lbrace"));
            } else if (inside && one.is("ident") && !one.text().startsWith("_")) {
                names.add(one.text());
            }
        }
        Map<String, String> others = new TreeMap<>();
        int first = random.nextInt(VARIABLES.size());
        for (String name : names) {
            String other = VARIABLES.get((first + others.size()) % VARIABLES.size())
                    + (others.size() < VARIABLES.size() ? "" : others.size());
            if (tokens.tokens().stream().noneMatch(one -> one.text().equals(other))) {
                others.put(name, other);
            }
        }
        return rename(tokens, "ident", others);
    }

    private static boolean constants(RubyTokens tokens, Mutant mutant, RandomGenerator random) {
        if (!isClosed(mutant) || mutant.files().size() > 4) {
            return false;
        }
        Map<String, String> others = new TreeMap<>();
        for (int i = 0; i < tokens.tokens().size(); i++) {
            Token one = tokens.at(i);
            boolean free = !tokens.before(i).is("op", "::") && !tokens.before(i).is("period");
            if (one.is("const")
                    && free
                    && (tokens.after(i).is("op", "=") || tokens.before(i).is("kw", "class"))) {
                if (!List.of("File", "Dir", "Vagrant", "IO").contains(one.text())) {
                    others.putIfAbsent(one.text(), Literals.any(random, CONSTANTS) + others.size());
                }
            }
        }
        return rename(tokens, "const", others);
    }

    private static boolean rename(RubyTokens tokens, String type, Map<String, String> others) {
        boolean changed = false;
        for (int i = 0; i < tokens.tokens().size(); i++) {
            Token one = tokens.at(i);
            Token before = tokens.before(i);
            String other = others.get(one.text());
            boolean method =
                    before.is("period") || before.is("op", "::") || before.is("op", "&.") || before.is("symbeg");
            if (one.is(type) && other != null && !method) {
                tokens.tokens().set(i, new Token(type, other));
                changed = true;
            }
        }
        return changed;
    }

    // Only whole strings without anything that has a meaning of its own in them.
    private static boolean strings(RubyTokens tokens, RandomGenerator random, boolean computed) {
        boolean changed = false;
        for (int i = 0; i + 2 < tokens.tokens().size(); i++) {
            Token content = tokens.at(i + 1);
            if (!tokens.at(i).is("tstring_beg")
                    || !content.is("tstring_content")
                    || !tokens.at(i + 2).is("tstring_end")
                    || !content.text().matches("[^\\\\#\"'\\n]+")
                    || random.nextInt(4) == 0) {
                continue;
            }
            // One string right behind another is one with it; after an operator a bracket would begin arguments.
            if (tokens.after(i + 2).is("tstring_beg") || tokens.before(i).is("tstring_end")) {
                continue;
            }
            String text = computed ? Literals.computed(random, content.text()) : Literals.of(random, content.text());
            replace(tokens, i, 3, new Token("literal", text));
            changed = true;
        }
        return changed;
    }

    private static void replace(RubyTokens tokens, int at, int count, Token by) {
        List<Token> part = tokens.tokens().subList(at, at + count);
        part.clear();
        part.add(by);
    }

    private static boolean words(RubyTokens tokens, Mutant mutant, RandomGenerator random) {
        boolean changed = false;
        for (int i = 0; i < tokens.tokens().size(); i++) {
            if (!tokens.at(i).is("qwords_beg")) {
                continue;
            }
            List<String> words = new ArrayList<>();
            int end = i + 1;
            while (!tokens.at(end).is("tstring_end")) {
                if (tokens.at(end).is("tstring_content")) {
                    words.add(Literals.of(random, tokens.at(end).text()));
                }
                end++;
            }
            String array =
                    switch (random.nextInt(4)) {
                        case 0 -> "[" + String.join(", ", words) + "]";
                        case 1 -> "[\n    " + String.join(",\n    ", words) + ",\n  ]";
                        case 2 -> "[*" + "[" + String.join(", ", words) + "]]";
                        default -> "Array([" + String.join(", ", words) + "])";
                    };
            replace(tokens, i, end - i + 1, new Token("literal", array));
            changed = true;
        }
        return changed;
    }

    private static boolean symbols(RubyTokens tokens, Mutant mutant, RandomGenerator random) {
        boolean changed = false;
        for (int i = 0; i + 1 < tokens.tokens().size(); i++) {
            Token name = tokens.at(i + 1);
            if (tokens.at(i).is("symbeg", ":")
                    && name.is("ident")
                    && !tokens.before(i).is("kw", "alias")) {
                String text = List.of(":\"%s\"", ":'%s'", "%%s(%s)", "%%s[%s]", "\"%s\".to_sym", "'%s'.intern")
                        .get(random.nextInt(6))
                        .formatted(name.text());
                // After an ampersand stands a method's name, and a string is no procedure.
                if (tokens.before(i).is("op", "&") && !text.startsWith(":")) {
                    continue;
                }
                replace(tokens, i, 2, new Token("literal", text));
                changed = true;
            }
        }
        return changed;
    }

    private static boolean labels(RubyTokens tokens, Mutant mutant, RandomGenerator random) {
        if (mutant.ruby().contains("def ") || mutant.ruby().contains("->(")) {
            return false;
        }
        boolean changed = false;
        for (int i = 0; i < tokens.tokens().size(); i++) {
            Token one = tokens.at(i);
            Token next = tokens.after(i);
            if (one.is("label")
                    && !next.is("comma")
                    && !next.is("rparen")
                    && !next.is("rbrace")
                    && !next.is("ignored_nl")) {
                String name = one.text().substring(0, one.text().length() - 1);
                String text = List.of(":%s =>", ":\"%s\" =>", ":%s=>", "\"%s\":", "'%s':")
                        .get(random.nextInt(5))
                        .formatted(name);
                tokens.tokens().set(i, new Token("literal", text));
                changed = true;
            }
        }
        return changed;
    }

    private static boolean spaces(RubyTokens tokens, Mutant mutant, RandomGenerator random) {
        boolean changed = false;
        for (int i = 0; i < tokens.tokens().size(); i++) {
            Token one = tokens.at(i);
            if (one.is("comma") && tokens.at(i + 1).is("sp") && random.nextInt(3) > 0) {
                String gap = List.of(
                                "  ",
                                "\t",
                                "\n      ",
                                " \\\n      ",
                                "\n      # primary: true, path: \"no.sh\"\n      ")
                        .get(random.nextInt(5));
                // A comma in a block's parameters or behind a bare word may not end its line everywhere.
                tokens.tokens().set(i + 1, new Token("sp", tokens.at(i + 2).is("ident") ? "  " : gap));
                changed = true;
            }
        }
        return changed;
    }
}
