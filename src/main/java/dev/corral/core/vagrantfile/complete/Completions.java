package dev.corral.core.vagrantfile.complete;

import dev.corral.core.vagrantfile.complete.Candidate.Kind;
import dev.corral.core.vagrantfile.keys.ConfigKey;
import dev.corral.core.vagrantfile.keys.ConfigKeys;
import dev.corral.core.vagrantfile.keys.Explanations;
import dev.corral.core.vagrantfile.syntax.ParsedRuby;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says what can be written at a place of a Vagrantfile. */
public final class Completions {
    private static final int MOST = 500;
    private static final Pattern ENV =
            Pattern.compile(".*\\bENV(?:\\[|\\.(?:fetch|key\\?|has_key\\?)\\s*\\(?)\\s*[\"'](\\w*)");
    private static final Pattern KEY =
            Pattern.compile("(?:.*[^\\w.@$:\"'])?([a-z_]\\w*)((?:\\.[a-z_]\\w*)*)\\.([a-z_]\\w*)?");
    private static final Pattern OPTION_VALUE =
            Pattern.compile(".*[,({ ]([a-z_]+)(?::\\s*|\\s*=>\\s*)[\"':]([\\w./-]*)");
    private static final Pattern ASSIGNED = Pattern.compile(".*[\\w)]\\s*=\\s*\\[?[\"':]([\\w./: -]*)");
    private static final Pattern FIRST = Pattern.compile("[^,]*[a-z_]\\s*\\(?\\s*[\"':]([\\w./-]*)");
    private static final Pattern OPTION = Pattern.compile(".*,\\s*(?::)?([a-z_]\\w*)?");
    private static final Pattern NAME = Pattern.compile("\\s*([a-z_]\\w*)?");
    private static final Pattern TYPE =
            Pattern.compile("[^,]*[a-z_]\\s*\\(?\\s*[\"':]([\\w-]+)[\"']?.*", Pattern.DOTALL);
    private static final Pattern TYPE_OPTION = Pattern.compile(".*\\btype(?::|\\s*=>)\\s*[\"':]([\\w-]+).*");
    private static final List<String> NETWORKS = List.of("private_network", "public_network", "forwarded_port");

    private final Caret caret;
    private final ParsedRuby parsed;
    private final Names names;
    private final ConfigKeys keys;

    private Completions(Caret caret, ParsedRuby parsed, Names names) {
        this.caret = caret;
        this.parsed = parsed;
        this.names = names;
        this.keys = names.known().keys();
    }

    /**
     * What can be written at the caret: those that begin with what stands before it, or have it inside, the former first.
     *
     * @param text   the text
     * @param line   the caret's line, counted from 1
     * @param column the caret's column, counted from 1: the caret stands before the character of that column
     * @param parsed what the text said when it was read last; it may be some letters older
     * @param names  what there is
     */
    public static List<Candidate> at(String text, int line, int column, ParsedRuby parsed, Names names) {
        Caret caret = Caret.of(text, line, column);
        return caret.comment() ? List.of() : new Completions(caret, parsed, names).found();
    }

    private List<Candidate> found() {
        Matcher variable = caret.ends(ENV);
        if (variable.matches()) {
            List<String> all = Stream.concat(
                            parsed.variables().stream().map(one -> one.name()), names.variables().stream())
                    .distinct()
                    .sorted()
                    .toList();
            return words(all, Kind.VARIABLE, variable.group(1));
        }
        Matcher key = caret.ends(KEY);
        if (key.matches() && quotesAreEven()) {
            String written = key.group(3) == null ? "" : key.group(3);
            return caret.path(key.group(1), key.group(2), parsed)
                    .map(path -> keys(path, written))
                    .orElse(List.of());
        }
        return caret.path(parsed).map(this::inCall).orElseGet(this::bound);
    }

    private boolean quotesAreEven() {
        return caret.before().chars().filter(one -> one == '"').count() % 2 == 0
                && caret.before().chars().filter(one -> one == '\'').count() % 2 == 0;
    }

    private List<Candidate> keys(String path, String written) {
        return fitting(
                written,
                keys.offered(path)
                        .map(one -> new Candidate(
                                one.name(),
                                caret.from(written),
                                path.isEmpty() ? Kind.PART : kind(one.kind()),
                                Hover.words(keys, path.isEmpty() ? one.name() : path + "." + one.name())))
                        .toList());
    }

    private static Kind kind(ConfigKey.Kind kind) {
        return switch (kind) {
            case SETTING, READER -> Kind.SETTING;
            case METHOD -> Kind.METHOD;
            case BLOCK -> Kind.BLOCK;
        };
    }

    private List<Candidate> inCall(String path) {
        Matcher value = caret.ends(OPTION_VALUE);
        if (value.matches()) {
            return optionValues(path, value.group(1), value.group(2));
        }
        Matcher assigned = caret.ends(ASSIGNED);
        if (assigned.matches()) {
            return assigned(path, assigned.group(1));
        }
        Matcher first = caret.ends(FIRST);
        if (first.matches()) {
            return arguments(path, first.group(1));
        }
        Matcher option = caret.ends(OPTION);
        return option.matches() && quotesAreEven()
                ? options(path, option.group(1) == null ? "" : option.group(1))
                : List.of();
    }

    private List<Candidate> optionValues(String path, String option, String written) {
        Collection<String> values =
                switch (path + ":" + option) {
                    case "vm.provision:type" -> keys.provisioners();
                    case "vm.synced_folder:type" -> keys.syncedFolders();
                    case "vm.provision:run" -> List.of("once", "always", "never");
                    case "vm.network:type" -> List.of("dhcp");
                    case "vm.network:protocol" -> List.of("tcp", "udp");
                    default -> option.equals("only_on") ? machines() : List.of();
                };
        return words(values, option.equals("only_on") ? Kind.MACHINE : Kind.WORD, written);
    }

    private List<Candidate> assigned(String path, String written) {
        return switch (path) {
            case "vm.box" -> words(names.known().boxes(), Kind.BOX, written);
            case "vm.communicator" -> words(keys.communicators(), Kind.WORD, written);
            case "vm.guest" -> words(keys.guests(), Kind.WORD, written);
            case "trigger.before.only_on", "trigger.after.only_on" -> words(machines(), Kind.MACHINE, written);
            default -> List.of();
        };
    }

    private List<Candidate> arguments(String path, String written) {
        return switch (path) {
            case "vm.provision" -> words(keys.provisioners(), Kind.WORD, written);
            case "vm.provider" -> words(keys.providers(), Kind.WORD, written);
            case "vm.network" -> words(NETWORKS, Kind.WORD, written);
            default -> List.of();
        };
    }

    private List<Candidate> options(String path, String written) {
        Map<String, String> all = new LinkedHashMap<>(Explanations.options(path));
        if (path.equals("vm.provision")) {
            Matcher option = caret.ends(TYPE_OPTION);
            Matcher first = caret.ends(TYPE);
            String type = option.matches() ? option.group(1) : first.matches() ? first.group(1) : "";
            keys.offered("provisioner." + type)
                    .filter(one -> one.kind() == ConfigKey.Kind.SETTING)
                    .forEach(one ->
                            all.putIfAbsent(one.name(), Hover.words(keys, "provisioner." + type + "." + one.name())));
        }
        List<Candidate> found = new ArrayList<>();
        all.forEach((name, words) -> found.add(new Candidate(name + ": ", caret.from(written), Kind.OPTION, words)));
        return fitting(written, found);
    }

    private List<Candidate> bound() {
        Matcher name = caret.ends(NAME);
        if (!name.matches()) {
            return List.of();
        }
        String written = name.group(1) == null ? "" : name.group(1);
        return fitting(
                written,
                parsed.boundIn(caret.line())
                        .map(one -> new Candidate(
                                one.name(),
                                caret.from(written),
                                Kind.NAME,
                                one.path().isEmpty() ? "The configuration" : "Settings of " + one.path()))
                        .distinct()
                        .toList());
    }

    private List<String> machines() {
        return Stream.concat(parsed.machines().stream(), names.machines().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private List<Candidate> words(Collection<String> all, Kind kind, String written) {
        return fitting(
                written,
                all.stream()
                        .map(name -> new Candidate(name, caret.from(written), kind, ""))
                        .toList());
    }

    private static List<Candidate> fitting(String written, List<Candidate> all) {
        return all.stream()
                .filter(one -> one.insert().contains(written) && !one.insert().equals(written))
                .sorted(Comparator.comparing((Candidate one) -> !one.insert().startsWith(written))
                        .thenComparing(one -> one.explanation().isEmpty())
                        .thenComparing(Candidate::insert))
                .limit(MOST)
                .toList();
    }
}
