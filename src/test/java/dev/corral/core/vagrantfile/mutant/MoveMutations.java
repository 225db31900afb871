package dev.corral.core.vagrantfile.mutant;

import dev.corral.core.vagrantfile.mutant.Mutation.Phase;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files move to other places, and what names them follows. */
final class MoveMutations {
    private static final Pattern SCRIPT =
            Pattern.compile("((?:path|source): ?|:(?:path|source) => ?)\"([\\w./-]+)\"(?=[,\\s)}]|$)");
    private static final List<String> PLACES = List.of(
            "%s",
            "tools/%s",
            "a/b/c/%s",
            "../%s",
            "../shared tools/%s",
            "../../%s",
            "../.hidden/%s",
            "Größe/%s",
            "./x/../y/%s");
    private static final List<String> NAMES = List.of(
            "step %d.sh",
            "schritt-ü%d.sh",
            "two\nlines%d.sh",
            "it's%d.sh",
            "-dash%d",
            "#{n}%d.sh",
            "[x]%d.sh",
            "a*%d.sh",
            "plain%d.sh");

    private MoveMutations() {}

    static List<Mutation> all() {
        return List.of(
                new Mutation("moved-body", Phase.MOVES, MoveMutations::body),
                new Mutation("moved-scripts", Phase.MOVES, MoveMutations::scripts),
                new Mutation("linked-scripts", Phase.MOVES, MoveMutations::linked));
    }

    /** Ruby that gives the path of what lies at this place, seen from the Vagrantfile. */
    static String path(RandomGenerator random, String place) {
        String text = Literals.of(random, place);
        return Literals.any(
                random,
                List.of(
                        text,
                        "File.join(__dir__, " + text + ")",
                        "File.expand_path(" + text + ", __dir__)",
                        "File.expand_path(" + Literals.of(random, "../" + place) + ", __FILE__)",
                        "File.expand_path(" + text + ")",
                        "Pathname.new(__dir__).join(" + text + ").to_s",
                        "(Pathname(__FILE__).expand_path.dirname + " + text + ").to_s",
                        "[__dir__, " + text + "].join(\"/\")",
                        "File.dirname(File.realpath(__FILE__)) + \"/\" + " + text,
                        "File.join(Dir.pwd, " + text + ")",
                        "File.absolute_path(" + text + ")",
                        "Pathname.pwd.join(" + text + ").cleanpath.to_s",
                        "[" + text + ", \"/no/such/place\"].find { |one| File.exist?(one) }",
                        "File.realpath(" + text + ", __dir__)"));
    }

    static String place(RandomGenerator random, String name) {
        return Literals.any(random, PLACES).replace("%s", name);
    }

    // From where the stub of a provider is there, all of it may stand elsewhere, unless it asks where it stands.
    private static boolean body(Mutant mutant, RandomGenerator random) {
        if (!mutant.isMovable()) {
            return false;
        }
        int at = mutant.afterStub();
        int end = mutant.endSection();
        String text = mutant.ruby().substring(at, end);
        if (end < mutant.ruby().length()
                || text.contains("__")
                || text.contains("require_relative")
                || text.contains("binding")
                || text.contains("caller")) {
            return false;
        }
        String place =
                place(random, "parts" + mutant.next() + Literals.any(random, List.of(".rb", ".vagrant.rb", " x.rb")));
        String path = path(random, place);
        String bare = place.substring(0, place.length() - 3);
        String relative = Literals.of(random, bare);
        String call = Literals.any(
                random,
                List.of(
                        "load " + path,
                        "Kernel.load(" + path + ")",
                        "load File.expand_path(" + Literals.of(random, place) + ", __dir__), true",
                        "require_relative " + relative,
                        "require_relative(" + Literals.of(random, place) + ")",
                        "require File.expand_path(" + relative + ", __dir__)",
                        "require Pathname.new(__dir__).join(" + relative + ").to_s",
                        "$LOAD_PATH.unshift(File.expand_path(" + Literals.of(random, folder(place))
                                + ", __dir__))\nrequire "
                                + Literals.of(random, bare.substring(bare.lastIndexOf('/') + 1)),
                        "eval(File.read(" + path + "))",
                        "eval File.read(" + path + "), binding, " + path,
                        "instance_eval(IO.read(" + path + "), " + path + ", 1)",
                        "eval(File.open(" + path + ", &:read), TOPLEVEL_BINDING)",
                        "eval(IO.readlines(" + path + ").join)",
                        "eval(File.foreach(" + path + ").to_a.join)",
                        "eval(Pathname.new(" + path + ").read, binding)",
                        "RubyVM::InstructionSequence.compile_file(" + path + ").eval",
                        "autoload_path = " + path + "\nload autoload_path if File.file?(autoload_path)",
                        "Object.new.instance_eval { load(" + path + ") }",
                        "[" + path + "].each { |one| load one }"));
        mutant.ruby(mutant.ruby().substring(0, at) + "require \"pathname\"\n" + call + "\n");
        mutant.add(place, text);
        return true;
    }

    private static String folder(String place) {
        return place.contains("/") ? place.substring(0, place.lastIndexOf('/')) : ".";
    }

    private static boolean scripts(Mutant mutant, RandomGenerator random) {
        return script(mutant, random, true, mutant::move);
    }

    private static boolean linked(Mutant mutant, RandomGenerator random) {
        return script(mutant, random, false, (from, to) -> {
            // What is shown may lie inside or, as the link tells from where it is itself, outside of the project.
            String kept = Literals.any(random, List.of("kept-", "../kept-", "deep/kept-")) + mutant.next();
            mutant.move(from, kept);
            if (random.nextBoolean() && to.contains("/")) {
                String folder = folder(to);
                mutant.addLink(folder + ".real/" + name(to), up(folder) + kept);
                mutant.addLink(folder, name(folder) + ".real");
            } else {
                mutant.addLink(to, up(folder(to)) + kept);
            }
        });
    }

    // From a folder to the Vagrantfile's, for folders below it only.
    private static String up(String folder) {
        return folder.equals(".") ? "" : "../".repeat(folder.split("/").length);
    }

    private interface Moving {
        void move(String from, String to);
    }

    private static boolean script(Mutant mutant, RandomGenerator random, boolean anywhere, Moving moving) {
        if (!mutant.isMovable()) {
            return false;
        }
        List<String> lines = mutant.lines();
        boolean changed = false;
        for (int i = 0; i < lines.size(); i++) {
            Matcher script = SCRIPT.matcher(lines.get(i));
            if (!script.find() || !mutant.has(script.group(2)) || count(mutant.ruby(), script.group(2)) > 1) {
                continue;
            }
            String place = place(random, Literals.any(random, NAMES).replace("%d", "" + mutant.next()));
            if (!anywhere && place.contains("..")) {
                place = "below" + mutant.next() + "/" + name(place);
            }
            moving.move(script.group(2), place);
            lines.set(
                    i,
                    lines.get(i).substring(0, script.start(2) - 1)
                            + path(random, place)
                            + lines.get(i).substring(script.end(2) + 1));
            changed = true;
        }
        if (changed) {
            lines.add(1, "require \"pathname\"");
            mutant.lines(lines);
        }
        return changed;
    }

    private static String name(String place) {
        return place.substring(place.lastIndexOf('/') + 1);
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }
}
