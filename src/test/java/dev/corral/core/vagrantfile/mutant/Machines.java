package dev.corral.core.vagrantfile.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Some machines that are made up, and ways to write them down as data. Their scripts lie at places relative to the Vagrantfile. */
record Machines(List<Machine> all) {
    /** One of them: {@code script} is empty where it has none. */
    record Machine(String name, boolean primary, boolean autostart, String script) {}

    private static final List<String> NAMES = List.of(
            "web",
            "db.internal",
            "Kali-2024",
            "UPPER",
            "x",
            "größe",
            "ДБ",
            "a_b",
            "n-0",
            "9lives",
            "vm.d.e-f_g",
            "日本",
            "é",
            "true",
            "null",
            "default2",
            "_",
            "1.5");

    static Machines some(RandomGenerator random, Mutant mutant) {
        List<Machine> machines = new ArrayList<>();
        int first = random.nextInt(NAMES.size());
        int count = 1 + random.nextInt(3);
        int primary = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            String name = NAMES.get((first + i) % NAMES.size()) + mutant.next();
            String script = random.nextBoolean()
                    ? MoveMutations.place(
                            random,
                            Literals.any(random, List.of("s%d.sh", "s %d.sh", "ü%d.sh"))
                                    .replace("%d", "" + mutant.next()))
                    : "";
            if (!script.isEmpty()) {
                mutant.add(script, "echo " + name + "\n");
            }
            boolean first1 = i == primary && !mutant.ruby().contains("primary");
            machines.add(new Machine(name, first1, random.nextInt(4) > 0, script));
        }
        return new Machines(machines);
    }

    String yaml() {
        return all.stream()
                .map(one -> "- name: \"" + one.name + "\"\n  primary: " + one.primary + "\n  autostart: "
                        + (one.autostart ? "yes" : "no") + "\n  script: '" + one.script + "'\n")
                .collect(Collectors.joining("", "---\n# machines\n", ""));
    }

    String json() {
        return all.stream()
                .map(one -> "{\"name\": \"" + one.name + "\", \"primary\": " + one.primary + ", \"autostart\": "
                        + one.autostart + ", \"script\": \"" + one.script + "\"}")
                .collect(Collectors.joining(",\n ", "[", "]\n"));
    }

    String csv() {
        return all.stream()
                .map(one -> one.name + "," + one.primary + "," + one.autostart + "," + one.script)
                .collect(Collectors.joining("\n", "name,primary,autostart,script\n", "\n"));
    }

    /** As Ruby of its own: an array of hashes whose keys are strings. */
    String ruby(RandomGenerator random) {
        return all.stream()
                .map(one -> "{ \"name\" => " + Literals.of(random, one.name) + ", \"primary\" => " + one.primary
                        + ", \"autostart\" => " + one.autostart + ", \"script\" => "
                        + Literals.of(random, one.script) + " }")
                .collect(Collectors.joining(",\n  ", "[\n  ", "\n]"));
    }

    /** A block for each of what stands in a variable, its way to go through them chosen. */
    static String definitions(RandomGenerator random, String from) {
        String options = Literals.any(
                random,
                List.of(
                        "primary: one[\"primary\"],\n      autostart: one[\"autostart\"]",
                        "autostart: !!one[\"autostart\"], primary: one.fetch(\"primary\", false)",
                        ":primary => one[\"primary\"], :autostart => one[\"autostart\"]",
                        "**{ primary: one[\"primary\"], autostart: one[\"autostart\"] }",
                        "**one.slice(\"primary\", \"autostart\").transform_keys(&:to_sym)"));
        String provision = Literals.any(
                random,
                List.of(
                        "vm.vm.provision \"shell\", path: one[\"script\"] unless one[\"script\"].to_s.empty?",
                        "vm.vm.provision :shell, :path => one[\"script\"] if one[\"script\"].to_s != \"\"",
                        "vm.vm.provision(\"shell\") { |shell| shell.path = one[\"script\"] } if one[\"script\"].to_s.length > 0",
                        "vm.vm.provision \"shell\", inline: File.read(one[\"script\"]) unless one[\"script\"].to_s.empty?",
                        "vm.vm.provision \"s#{one[\"name\"]}\", type: \"shell\", path: File.expand_path(one[\"script\"], __dir__), "
                                + "run: \"always\" unless one[\"script\"].to_s.empty?",
                        "vm.vm.provision \"file\", source: one[\"script\"], destination: \"/tmp/x\" "
                                + "unless one[\"script\"].to_s.empty?",
                        "[one[\"script\"]].compact.reject(&:empty?).each { |path| vm.vm.provision \"shell\", path: path, "
                                + "args: [path] }"));
        String body = "config.vm.define one[\"name\"], " + options + " do |vm|\n      " + provision + "\n    end";
        return Literals.any(
                        random,
                        List.of(
                                "%s.each do |one|\n    BODY\n  end",
                                "%s.each_with_index { |one, _index|\n    BODY\n  }",
                                "%s.map do |one|\n    BODY\n  end",
                                "for one in %s do\n    BODY\n  end",
                                "all = %s.to_a\n  all.length.times do |i|\n    one = all[i]\n    BODY\n  end",
                                "all = %s.to_a.dup\n  until all.empty?\n    one = all.shift\n    BODY\n  end",
                                "all = %s.to_a\n  0.upto(all.size - 1) do |i|\n    one = all.fetch(i)\n    BODY\n  end",
                                "%s.to_a.reverse.reverse_each do |one|\n    BODY\n  end",
                                "%s.group_by { |one| one[\"name\"] }.each_pair do |_name, (one, *_)|\n    BODY\n  end",
                                "%s.each_slice(2) do |few|\n    few.each do |one|\n    BODY\n    end\n  end",
                                "%s.to_h { |one| [one[\"name\"], one] }.each_value do |one|\n    BODY\n  end",
                                "machine = lambda do |one|\n    BODY\n  end\n  %s.each(&machine)"))
                .formatted(from)
                .replace("BODY", body);
    }
}
