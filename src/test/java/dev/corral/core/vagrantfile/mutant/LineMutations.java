package dev.corral.core.vagrantfile.mutant;

import dev.corral.core.vagrantfile.mutant.Mutation.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other shapes for statements: braces, loops, conditions, heredocs, methods called in other ways. */
final class LineMutations {
    private static final Pattern OPENING =
            Pattern.compile("(\\s*)([\\w:.]+)(?:\\((.*)\\)|\\s+([^=|{]*[^=|{ ]))?\\s+do(\\s*\\|[^|]*\\|)?");
    private static final Pattern KEYWORD =
            Pattern.compile("(if|unless|while|until|for|case|begin|def|class|module|loop)\\b.*");
    private static final Pattern STATEMENT = Pattern.compile("(\\s*)(\\w+\\.vm\\.(\\w+)(?: |\\().*\\S)");
    private static final Pattern CALL =
            Pattern.compile("(\\s*\\w+)\\.vm\\.(define|provision|network|synced_folder) (\\S.*)");
    private static final Pattern PLAIN_STRING =
            Pattern.compile("((?:path|inline|source): )([\"'])([^\"'\\\\#]+)\\2(?![\\w\"'.])");
    private static final List<String> LOOPS = List.of(
            "1.times { %s }",
            "[nil].each do |_|\n%s\nend",
            "[0].map { %s }",
            "%%w[x].each_with_index { |_, _| %s }",
            "{ a: 1 }.each { |_key, _value| %s }",
            "for _ in [1] do\n%s\nend",
            "begin\n%s\nend while false",
            "begin\n%s\nensure\n  nil\nend",
            "loop do\n%s\nbreak\nend",
            "1.upto(1) { %s }",
            "1.step(1, 1) { %s }",
            "(1..1).each_entry { %s }",
            "[[1, [2, 3]]].each { |_, (_, _)| %s }",
            "[1].each_slice(2).to_a.each { |_few| %s }",
            "[1].inject(0) { |_sum, _| %s; 1 }",
            "{ a: [1] }.each_pair { |_, many| many.each { %s } }",
            "Hash[[[:a, 1]]].each_value { %s }",
            "[1].cycle(1) { %s }",
            "-> { %s }.call",
            "lambda do\n%s\nend.()",
            "proc { %s }[]",
            "Enumerator.new { |y| y << 1 }.each { |_| %s }",
            "Thread.new { %s }.join",
            "[1].lazy.map { %s }.to_a",
            "self.then { %s }");
    private static final List<String> CONDITIONS = List.of(
            "%s if true",
            "%s unless false",
            "if __FILE__ != \"\"\n%s\nend",
            "unless 1 > 2 then %s end",
            "true and (%s)",
            "case 1\nwhen 1\n%s\nwhen 2\n  raise \"never\"\nend",
            "(%s) if ENV[\"NO_SUCH_SWITCH\"].nil?",
            "if ENV.key?(\"NO_SUCH_SWITCH\")\n  raise \"never\"\nelse\n%s\nend",
            "%s if Vagrant::VERSION >= \"1\"",
            "while true\n%s\nbreak\nend",
            "%s if ARGV.first != \"no-such-command\"",
            "%s unless Dir.exist?(\"no-such-folder\")",
            "%s if File.exist?(__FILE__)",
            "true && begin %s end");

    private LineMutations() {}

    static List<Mutation> all() {
        return List.of(
                new Mutation("braces", Phase.LINES, LineMutations::braces),
                new Mutation("loops", Phase.LINES, (mutant, random) -> wrap(mutant, random, LOOPS)),
                new Mutation("conditions", Phase.LINES, (mutant, random) -> wrap(mutant, random, CONDITIONS)),
                new Mutation("heredocs", Phase.LINES, LineMutations::heredocs),
                new Mutation("sends", Phase.LINES, LineMutations::sends));
    }

    // A block's end is what stands alone below its first letter.
    private static boolean braces(Mutant mutant, RandomGenerator random) {
        if (!mutant.isText()) {
            return false;
        }
        List<String> lines = mutant.lines();
        boolean changed = false;
        for (int i = 0; i < lines.size(); i++) {
            Matcher opening = OPENING.matcher(lines.get(i));
            if (!opening.matches() || KEYWORD.matcher(opening.group(2)).matches() || random.nextInt(3) == 0) {
                continue;
            }
            String given = opening.group(3) == null ? opening.group(4) : opening.group(3);
            int end = lines.subList(i, lines.size()).indexOf(opening.group(1) + "end");
            if (end < 0 || (given != null && given.contains("<<")) || (given != null && given.matches("[.&].*"))) {
                continue;
            }
            String block = opening.group(5) == null ? "" : opening.group(5);
            lines.set(i, opening.group(1) + opening.group(2) + (given == null ? "" : "(" + given + ")") + " {" + block);
            lines.set(i + end, opening.group(1) + "}");
            changed = true;
        }
        mutant.lines(lines);
        return changed;
    }

    // Lines that are whole statements by themselves.
    private static List<Integer> statements(List<String> lines) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean follows = i > 0 && lines.get(i - 1).matches(".*[,\\\\]\\s*(#.*)?");
            Matcher statement = STATEMENT.matcher(line);
            if (!follows
                    && statement.matches()
                    && !line.matches(".*([,\\\\{(\\[|+=]|<<.*|\\bdo( \\|.*)?)\\s*")
                    && !line.contains("<<")
                    && !line.contains(" # ")
                    && balanced(line)) {
                found.add(i);
            }
        }
        return found;
    }

    private static boolean balanced(String line) {
        return count(line, '{') == count(line, '}')
                && count(line, '(') == count(line, ')')
                && count(line, '[') == count(line, ']')
                && !line.contains(" do |");
    }

    private static long count(String line, char sign) {
        return line.chars().filter(one -> one == sign).count();
    }

    private static boolean wrap(Mutant mutant, RandomGenerator random, List<String> forms) {
        if (!mutant.isText()) {
            return false;
        }
        List<String> lines = mutant.lines();
        boolean changed = false;
        for (int i : statements(lines)) {
            if (random.nextInt(3) == 0) {
                continue;
            }
            Matcher statement = STATEMENT.matcher(lines.get(i));
            if (statement.matches()) {
                lines.set(
                        i,
                        statement.group(1)
                                + Literals.any(random, forms)
                                        .formatted(statement.group(2))
                                        .replace("\n", "\n" + statement.group(1)));
                changed = true;
            }
        }
        mutant.lines(lines);
        return changed;
    }

    private static boolean heredocs(Mutant mutant, RandomGenerator random) {
        if (!mutant.isText()) {
            return false;
        }
        List<String> lines = mutant.lines();
        for (int i = 0; i < lines.size(); i++) {
            Matcher string = PLAIN_STRING.matcher(lines.get(i));
            if (!string.find() || lines.get(i).contains("# ") || mutant.ruby().contains("<<")) {
                continue;
            }
            String name = Literals.any(random, List.of("TEXT", "SCRIPT", "end_", "Ende", "VAGRANTFILE"));
            String way = Literals.any(
                    random,
                    List.of(
                            "<<~%s.strip",
                            "<<~'%s'.strip",
                            "<<-%s.strip",
                            "<<-\"%s\".chomp.lstrip",
                            "<<%s.strip",
                            "<<~%s.lines.map(&:strip).first",
                            "<<~%s.tr(\"\\n\", \"\")"));
            lines.set(
                    i,
                    lines.get(i).substring(0, string.start())
                            + string.group(1)
                            + way.formatted(name)
                            + lines.get(i).substring(string.end()));
            String gap = way.startsWith("<<%") ? "" : "    ";
            lines.add(i + 1, "    " + string.group(3));
            lines.add(i + 2, gap + name);
            mutant.lines(lines);
            return true;
        }
        return false;
    }

    private static boolean sends(Mutant mutant, RandomGenerator random) {
        if (!mutant.isText()) {
            return false;
        }
        List<String> lines = mutant.lines();
        boolean changed = false;
        for (int i : statements(lines)) {
            Matcher call = CALL.matcher(lines.get(i));
            if (call.matches() && !call.group(3).matches(".*( if | unless | \\? | and |[{]).*")) {
                String form = Literals.any(
                        random,
                        List.of(
                                "%s.vm.send(:%s, %s)",
                                "%s.vm.public_send(\"%s\", %s)",
                                "%s.vm.__send__(:%s, %s)",
                                "%s&.vm&.%s(%s)",
                                "%s.vm.method(:%s).call(%s)",
                                "%s.vm.%s(*[%s])",
                                "%s.vm.tap { |it_vm| it_vm.%s(%s) }",
                                "%s.vm::%s(%s)"));
                // Keywords are no part of a list.
                String given = call.group(3);
                if (form.contains("*[") && given.contains(":")) {
                    continue;
                }
                lines.set(i, form.formatted(call.group(1), call.group(2), given));
                changed = true;
            }
        }
        mutant.lines(lines);
        return changed;
    }
}
