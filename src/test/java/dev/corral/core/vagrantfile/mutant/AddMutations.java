package dev.corral.core.vagrantfile.mutant;

import dev.corral.core.vagrantfile.mutant.Mutation.Phase;
import java.util.List;
import java.util.random.RandomGenerator;

/** More machines, which come from data of all kinds, more folders, and variables. */
final class AddMutations {
    private AddMutations() {}

    /** What stands in a file, and the Ruby that reads it from a path. */
    private interface Form {
        String content(Machines machines, RandomGenerator random);
    }

    static List<Mutation> all() {
        return List.of(
                data(
                        "settings-yaml",
                        ".yml",
                        (machines, random) -> machines.yaml(),
                        List.of(
                                "YAML.load_file(%s)",
                                "YAML.safe_load(File.read(%s))",
                                "YAML.load(IO.read(%s))",
                                "YAML::load(File.open(%s))",
                                "File.open(%s) { |file| YAML.safe_load(file) }",
                                "Psych.safe_load_file(%s)",
                                "YAML.parse_file(%s).to_ruby",
                                "YAML.load_stream(File.read(%s)).first",
                                "YAML.load(Pathname.new(%s).read)",
                                "YAML.load(File.new(%s).read)",
                                "YAML.load(File.foreach(%s).inject(:+))",
                                "YAML.unsafe_load_file(%s)")),
                data(
                        "settings-json",
                        ".json",
                        (machines, random) -> machines.json(),
                        List.of(
                                "JSON.parse(File.read(%s))",
                                "JSON.load_file(%s)",
                                "JSON.load(File.open(%s))",
                                "JSON.parse(IO.binread(%s).force_encoding(\"UTF-8\"))",
                                "File.open(%s, \"r:UTF-8\") { |file| JSON.load(file) }",
                                "JSON.parse(Pathname(%s).read(encoding: \"UTF-8\"))",
                                "YAML.load_file(%s)")),
                data(
                        "settings-erb",
                        ".yml.erb",
                        AddMutations::erb,
                        List.of(
                                "YAML.load(ERB.new(File.read(%s)).result)",
                                "YAML.safe_load(ERB.new(File.read(%s), trim_mode: \"-\").result(binding))",
                                "YAML.load(ERB.new(IO.read(%s)).result_with_hash({}))",
                                "YAML.safe_load(ERB.new(File.readlines(%s).join).result)")),
                data(
                        "settings-csv",
                        ".csv",
                        (machines, random) -> machines.csv(),
                        List.of(
                                "CSV.read(%s, headers: true).map { |row| row.to_h.merge(\"primary\" => row[\"primary\"] == \"true\", "
                                        + "\"autostart\" => row[\"autostart\"] == \"true\") }",
                                "CSV.parse(File.read(%s), headers: true).map { |row| { \"name\" => row[\"name\"], "
                                        + "\"script\" => row[\"script\"] } }",
                                "File.readlines(%s, chomp: true).drop(1).map { |line| { \"name\" => line.split(\",\").first } }")),
                data(
                        "settings-ruby",
                        ".rb",
                        (machines, random) -> machines.ruby(random),
                        List.of(
                                "eval(File.read(%s))",
                                "eval(IO.read(%s), nil, \"settings\")",
                                "instance_eval(File.read(%s))",
                                "Object.new.instance_eval(File.read(%s))",
                                "TOPLEVEL_BINDING.eval(File.read(%s))")),
                new Mutation("settings-inline", Phase.ADDITIONS, AddMutations::inline),
                new Mutation("settings-glob", Phase.ADDITIONS, AddMutations::globbed),
                new Mutation("settings-optional", Phase.ADDITIONS, AddMutations::optional),
                new Mutation("environment", Phase.ADDITIONS, AddMutations::environment),
                new Mutation("synced-folders", Phase.ADDITIONS, AddMutations::folders));
    }

    private static Mutation data(String name, String ending, Form form, List<String> ways) {
        return new Mutation(name, Phase.ADDITIONS, (mutant, random) -> {
            if (!mutant.isMovable()) {
                return false;
            }
            String place = MoveMutations.place(
                    random,
                    Literals.any(random, List.of("settings", "my settings ", ".hidden", "ünï"))
                            + mutant.next()
                            + ending);
            mutant.add(place, form.content(Machines.some(random, mutant), random));
            String path = MoveMutations.path(random, place);
            String read = Literals.any(random, ways).formatted(path);
            block(mutant, random, read);
            return true;
        });
    }

    private static String erb(Machines machines, RandomGenerator random) {
        String yaml = machines.yaml();
        return Literals.any(
                        random,
                        List.of(
                                "<%# a comment %>\n",
                                "<% 2.times do |i| %># <%= i %>\n<% end %>", "# <%= ENV['USER'] %>\n", ""))
                + (yaml.contains("primary: false") ? yaml.replace("primary: false", "primary: <%= 1 > 2 %>") : yaml);
    }

    // In a block of its own, whose version and shape are chosen.
    private static void block(Mutant mutant, RandomGenerator random, String read) {
        String name = "machines_" + mutant.next();
        boolean outside = random.nextBoolean();
        String from = outside ? name : "(" + read + ")";
        String body = Machines.definitions(random, from);
        String opening = Literals.any(
                random,
                List.of(
                        "Vagrant.configure(\"2\") do |config|",
                        "Vagrant.configure('2') { |config|",
                        "Vagrant.configure 2 do |config|",
                        "Vagrant::configure(\"2\") do |config|",
                        "Vagrant.configure(2.to_s) do |config|",
                        "Vagrant::Config.run(\"2\") do |config|"));
        mutant.append("require \"yaml\"; require \"json\"; require \"erb\"; require \"csv\"; require \"pathname\"\n"
                + (outside ? name + " = " + read + "\n" : "")
                + opening + "\n  " + body + "\n" + (opening.contains("{") ? "}" : "end") + "\n");
    }

    private static boolean inline(Mutant mutant, RandomGenerator random) {
        if (!mutant.isMovable()) {
            return false;
        }
        String ruby = Machines.some(random, mutant).ruby(random);
        block(
                mutant,
                random,
                Literals.any(random, List.of(ruby, ruby + ".freeze", ruby + ".sort_by { |one| one[\"name\"] }")));
        return true;
    }

    private static boolean globbed(Mutant mutant, RandomGenerator random) {
        if (!mutant.isMovable()) {
            return false;
        }
        String folder = Literals.any(random, List.of("vms", "vm defs", "../vms-above", "a/b", "[odd]", "Größe"))
                + mutant.next();
        for (int i = 0; i <= random.nextInt(3); i++) {
            mutant.add(folder + "/m" + i + ".yml", "name: g" + mutant.next() + "\nscript: ''\n");
        }
        if (random.nextBoolean()) {
            mutant.add(folder + "/readme.txt", "Nothing of use.\n");
        }
        String path = MoveMutations.path(random, folder);
        String files = Literals.any(
                random,
                List.of(
                        "Dir.glob(\"*.yml\", base: PATH).sort.map { |name| File.join(PATH, name) }",
                        "Dir.children(PATH).select { |name| name.end_with?(\".yml\") }.sort.map { |name| File.join(PATH, name) }",
                        "Dir.entries(PATH).grep(/\\.yml\\z/).sort.map { |name| \"#{PATH}/#{name}\" }",
                        "Dir.each_child(PATH).to_a.sort.grep(/yml$/).map { |name| File.join(PATH, name) }",
                        "Pathname.new(PATH).children.map(&:to_s).sort.select { |name| name =~ /\\.yml\\Z/ }",
                        "Pathname.new(PATH).glob(\"*.{yml,yaml}\").map(&:to_s).sort",
                        "Pathname.new(PATH).entries.map(&:to_s).grep(/yml/).sort.map { |name| File.join(PATH, name) }",
                        "Dir.new(PATH).each.to_a.sort.select { |name| name[-4..] == \".yml\" }.map { |name| File.join(PATH, name) }",
                        "Dir.chdir(PATH) { Dir[\"*.yml\"].sort.map { |name| File.expand_path(name) } }"));
        block(mutant, random, "(" + files.replace("PATH", "(" + path + ")") + ").map { |file| YAML.load_file(file) }");
        return true;
    }

    private static boolean optional(Mutant mutant, RandomGenerator random) {
        if (!mutant.isMovable()) {
            return false;
        }
        String place = MoveMutations.place(random, "local" + mutant.next() + ".yml");
        if (random.nextBoolean()) {
            mutant.add(place, Machines.some(random, mutant).yaml());
        }
        String path = Literals.of(random, place);
        String read = Literals.any(
                        random,
                        List.of(
                                "File.exist?(PATH) ? YAML.load_file(PATH) : []",
                                "(YAML.load_file(PATH) rescue [])",
                                "begin; YAML.load_file(PATH); rescue Errno::ENOENT; []; end",
                                "File.file?(PATH) && YAML.load_file(PATH) || []",
                                "Array((YAML.load_file(PATH) if File.readable?(PATH)))",
                                "Dir.glob(PATH).flat_map { |file| YAML.load_file(file) }",
                                "(Pathname.new(PATH).exist? ? YAML.load(Pathname.new(PATH).read) : [])",
                                "File.size?(PATH).to_i > 2 ? YAML.load_file(PATH) : []",
                                "[PATH, \"/no/such\"].select { |one| test(?e, one) }.flat_map { |one| YAML.load_file(one) }",
                                "File.stat(PATH).then { YAML.load_file(PATH) } rescue []",
                                "(File.open(PATH) { |file| YAML.load(file) } if FileTest.exist?(PATH)) || []"))
                .replace("PATH", path);
        block(mutant, random, "(" + read + ")");
        return true;
    }

    private static boolean environment(Mutant mutant, RandomGenerator random) {
        if (!mutant.isMovable()) {
            return false;
        }
        String name =
                Literals.any(random, List.of("LAB_NAME", "course_id", "X", "TEAM_TOKEN", "ÜBUNG")) + mutant.next();
        String usual = "env" + mutant.next();
        if (random.nextBoolean()) {
            mutant.environment().put(name, "set" + mutant.next());
        }
        String value = Literals.any(
                        random,
                        List.of(
                                "ENV.fetch(\"N\", \"D\")",
                                "ENV.fetch('N') { 'D' }",
                                "ENV[\"N\"] || \"D\"",
                                "ENV.to_h.fetch(\"N\", \"D\")",
                                "(ENV.key?(\"N\") ? ENV[\"N\"] : \"D\")",
                                "ENV.values_at(\"N\").compact.first || \"D\"",
                                "(ENV[\"N\"].to_s.empty? ? \"D\" : ENV[\"N\"])",
                                "ENV.slice(\"N\").values.first || \"D\"",
                                "ENV.each.to_h.fetch(\"N\", \"D\")",
                                "ENV.select { |key, _| key == \"N\" }.values.first || \"D\"",
                                "(ENV.find { |key, _| key == \"N\" } || [nil, \"D\"]).last",
                                "{ \"N\" => \"D\" }.merge(ENV.to_h)[\"N\"]",
                                "begin; ENV.fetch(\"N\"); rescue KeyError; \"D\"; end",
                                "(ENV.include?(\"N\") && ENV[\"N\"]) || \"D\"",
                                "ENV.assoc(\"N\")&.last || \"D\"",
                                "(ENV[\"N\"] ||= \"D\")",
                                "%x(printenv N || echo D).strip",
                                "ENV.filter_map { |key, value| value if key == \"N\" }.first || \"D\"",
                                "ENV.to_a.to_h[\"N\"] || \"D\"",
                                "(ENV.has_key?(\"N\") and ENV.fetch(\"N\")) || \"D\""))
                .replace("\"N\"", Literals.of(random, name))
                .replace("'N'", Literals.of(random, name))
                .replace(" N ", " " + name + " ")
                .replace("\"D\"", Literals.of(random, usual))
                .replace("'D'", Literals.of(random, usual))
                .replace(" D)", " " + usual + ")");
        block(mutant, random, "[{ \"name\" => (" + value + "), \"autostart\" => true }]");
        return true;
    }

    private static boolean folders(Mutant mutant, RandomGenerator random) {
        if (!mutant.isMovable()) {
            return false;
        }
        String folder = MoveMutations.place(
                random, Literals.any(random, List.of("results", "my data", "Größe", "data")) + mutant.next());
        switch (random.nextInt(4)) {
            case 0 -> mutant.addFolder(folder);
            case 1 -> mutant.add(folder + "/.gitkeep", "");
            case 2 -> {
                mutant.add(folder + "/a file", "1\n");
                mutant.add(folder + "/sub/.hidden", "2\n");
                mutant.addFolder(folder + "/empty");
            }
            default -> {
                mutant.add(folder + "/real.txt", "1\n");
                mutant.addLink(folder + "/link.txt", "real.txt");
                mutant.addLink(folder + "/up", ".");
            }
        }
        String path = MoveMutations.path(random, folder);
        String statement = Literals.any(
                random,
                List.of(
                        "config.vm.synced_folder PATH, \"/data\"",
                        "config.vm.synced_folder(PATH, \"/data\", type: \"rsync\")",
                        "config.vm.synced_folder PATH, \"/data\", disabled: false,\n    create: true",
                        "config.vm.synced_folder PATH, \"/data\" if Dir.exist?(PATH)",
                        "config.vm.synced_folder PATH, \"/data\" if Dir.empty?(PATH) || true",
                        "config.vm.provision \"file\", source: PATH, destination: \"/tmp/data\"",
                        "config.vm.define Dir.children(PATH).length.to_s + \"files\"",
                        "config.vm.define(Dir.glob(\"**/*\", File::FNM_DOTMATCH, base: PATH).length.to_s + \"found\")",
                        "config.vm.hostname = \"h#{Dir[File.join(PATH, \"*\")].size}\""));
        mutant.append("require \"pathname\"\nVagrant.configure(\"2\") do |config|\n  " + statement.replace("PATH", path)
                + "\nend\n");
        return true;
    }
}
