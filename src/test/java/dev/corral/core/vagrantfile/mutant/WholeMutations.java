package dev.corral.core.vagrantfile.mutant;

import dev.corral.core.vagrantfile.mutant.Mutation.Phase;
import java.util.List;
import java.util.random.RandomGenerator;

/** What concerns the file as a whole: its name, its line ends, what it prints, and text in it that is no Ruby. */
final class WholeMutations {
    private static final List<String> PRINTS = List.of(
            "puts \"==> default: primary: true\"",
            "print \"no end of line\"",
            "p({ machines: [\"ghost\"] })",
            "pp ARGV",
            "$stdout.puts [\"1,default,action,up,start\", \"\"]",
            "STDOUT.write \"\\e[31mred\\e[0m\\n\"; STDOUT.flush",
            "$stderr.print \"Größe\\r\\n\"",
            "warn \"a warning\", \"and another\"",
            "printf(\"%s %d%%\\n\", \"loading\", 100)",
            "puts \"\\xff\\xfe\".b",
            "puts \"x\" * 9_000",
            "system(\"echo\", \"from a program\")",
            "putc 65; putc ?\\n",
            "$stdout << \"{\\\"event\\\":\\\"began\\\"}\" << \"\\n\"",
            "puts `echo 1`",
            "$stdout.sync = true",
            "STDOUT.puts caller.inspect");
    private static final List<String> COMMENTS = List.of(
            "# config.vm.define \"ghost\", primary: true",
            "=begin\nconfig.vm.define \"ghost\"\nrequire_relative \"no/such/file\"\nVagrant.configure(\"2\") do |config|\n=end",
            "# require_relative 'absent'; YAML.load_file(\"absent.yml\")",
            "#config.vm.provision \"shell\", path: \"absent.sh\"",
            "# ENV.fetch(\"NO_SUCH_VARIABLE\")",
            "# -*- mode: ruby -*-\n# vi: set ft=ruby :",
            "# encoding? \\ \" ' #{ %w[",
            "ghost = %q(config.vm.define \"ghost\", primary: true)\nghost.length",
            "$ghost = <<GHOST\nVagrant.configure(\"2\") { |config| config.vm.define \"ghost\" }\nload \"absent.rb\"\nGHOST",
            "if false\n  require_relative \"no/such/file\"\n  Vagrant.configure(\"2\") { |one| one.vm.define \"ghost\" }\nend",
            "def never\n  File.read(\"absent.txt\")\nend",
            "/config.vm.define \"(.*)\"/.match?(\"config.vm.define\")");
    private static final List<String> NAMES = List.of(
            "Vagrantfile.lab", "my lab.rb", "Vagrantfile-ü", "lab", ".vagrantfile", "vagrantfile.d.rb", "VAGRANTFILE");

    private WholeMutations() {}

    static List<Mutation> all() {
        return List.of(
                new Mutation("printing", Phase.WHOLE, (mutant, random) -> insert(mutant, random, PRINTS)),
                new Mutation("misleading-text", Phase.WHOLE, (mutant, random) -> insert(mutant, random, COMMENTS)),
                new Mutation("magic-comment", Phase.WHOLE, WholeMutations::magic),
                new Mutation("end-section", Phase.WHOLE, WholeMutations::end),
                new Mutation("byte-order-mark", Phase.WHOLE, WholeMutations::mark),
                new Mutation("crlf", Phase.WHOLE, WholeMutations::crlf),
                new Mutation("other-name", Phase.WHOLE, WholeMutations::name));
    }

    private static boolean insert(Mutant mutant, RandomGenerator random, List<String> what) {
        int at = mutant.isText() ? mutant.afterStub() : -1;
        if (at < 0) {
            return false;
        }
        StringBuilder lines = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            lines.append(Literals.any(random, what)).append('\n');
        }
        if (random.nextBoolean()) {
            mutant.append(lines.toString());
        } else {
            mutant.ruby(mutant.ruby().substring(0, at) + lines + mutant.ruby().substring(at));
        }
        return true;
    }

    private static boolean magic(Mutant mutant, RandomGenerator random) {
        if (!mutant.isText()
                || mutant.ruby().startsWith("\uFEFF")
                || mutant.ruby().startsWith("#")) {
            return false;
        }
        mutant.ruby(Literals.any(
                        random,
                        List.of(
                                "# frozen_string_literal: true\n\n",
                                "# -*- mode: ruby; coding: utf-8 -*-\n",
                                "#!/usr/bin/env ruby\n# frozen-string-literal: true\n",
                                "# encoding: UTF-8\n# warn_indent: true\n"))
                + mutant.ruby());
        return true;
    }

    private static boolean end(Mutant mutant, RandomGenerator random) {
        if (!mutant.isText() || mutant.endSection() < mutant.ruby().length()) {
            return false;
        }
        mutant.ruby(mutant.ruby()
                + "__END__\n"
                + Literals.any(
                        random,
                        List.of("config.vm.define \"ghost\"\n", "", "do do do end }\n", "--- !ruby/object:X\n")));
        return true;
    }

    private static boolean mark(Mutant mutant, RandomGenerator random) {
        if (!mutant.isText() || mutant.ruby().startsWith("\uFEFF")) {
            return false;
        }
        mutant.ruby("\uFEFF" + mutant.ruby());
        return true;
    }

    private static boolean crlf(Mutant mutant, RandomGenerator random) {
        // A line that goes on behind a backslash, or ends in a single sign, means another thing then.
        if (!mutant.isText()
                || mutant.ruby().contains("\r")
                || mutant.ruby().contains("\\\n")
                || mutant.ruby().contains("#!")) {
            return false;
        }
        mutant.ruby(mutant.ruby().replace("\n", "\r\n"));
        return true;
    }

    private static boolean name(Mutant mutant, RandomGenerator random) {
        String name = Literals.any(random, NAMES);
        if (!mutant.isMovable() || mutant.has(name) || mutant.isLookedFor()) {
            return false;
        }
        mutant.rename(name);
        return true;
    }
}
