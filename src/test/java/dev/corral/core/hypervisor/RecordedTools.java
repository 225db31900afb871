package dev.corral.core.hypervisor;

import dev.corral.core.base.Environment;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.RunningProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Gives recorded answers instead of running programs. virsh's own commands are taken apart by virsh's rules, so that a name
 * that would break out of its quotes is noticed: it asks for something that nobody recorded.
 */
public final class RecordedTools implements HypervisorTools {
    private final Map<String, Map<String, String>> virsh = new HashMap<>();
    private final Map<String, String> programs = new HashMap<>();
    private final Set<String> present = new HashSet<>();
    private final Set<String> silent = new HashSet<>();
    private final List<String> ran = new ArrayList<>();
    private final Map<String, HypervisorTools> elsewhere = new HashMap<>();

    /** Reads a file of {@code ### command} lines, each followed by what virsh printed for it. */
    public RecordedTools libvirt(String uri, Path file) throws IOException {
        String text = Files.readString(file);
        for (String part : text.split("(?m)^### ")) {
            int end = part.indexOf('\n');
            if (end > 0) {
                libvirt(uri, part.substring(0, end), part.substring(end + 1));
            }
        }
        return this;
    }

    /** Records one answer of virsh; words of the command are separated by single spaces, without quotes. */
    public RecordedTools libvirt(String uri, String command, String answer) {
        present.add("virsh");
        virsh.computeIfAbsent(uri, name -> new HashMap<>()).put(command, answer);
        return this;
    }

    /** A connection that fails. */
    public RecordedTools silent(String uri) {
        present.add("virsh");
        silent.add(uri);
        return this;
    }

    /** Records the answer of a whole command line. */
    public RecordedTools program(String command, String answer) {
        present.add(command.substring(0, command.indexOf(' ')));
        programs.put(command, answer);
        return this;
    }

    /** What answers where a variable, {@code NAME=value}, leads the programs elsewhere. */
    public RecordedTools elsewhere(String variable, HypervisorTools tools) {
        elsewhere.put(variable, tools);
        return this;
    }

    @Override
    public HypervisorTools in(Environment environment) {
        return environment.variables().entrySet().stream()
                .map(entry -> elsewhere.get(entry.getKey() + "=" + entry.getValue()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(this);
    }

    /** The command lines that were run. */
    public List<String> ran() {
        return ran;
    }

    @Override
    public boolean has(String program) {
        return present.contains(program);
    }

    @Override
    public ProcessResult run(List<String> command, Duration limit) throws IOException {
        ran.add(String.join(" ", command));
        if (!command.getFirst().equals("virsh")) {
            String answer = programs.get(String.join(" ", command));
            return answer == null
                    ? failed("no such thing")
                    : new ProcessResult(0, answer.getBytes(StandardCharsets.UTF_8), new byte[0]);
        }
        String uri = command.get(command.indexOf("-c") + 1);
        if (silent.contains(uri) || !virsh.containsKey(uri)) {
            return failed("error: failed to connect to the hypervisor");
        }
        Map<String, String> answers = virsh.get(uri);
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        for (List<String> words : commands(command.getLast())) {
            if (words.getFirst().equals("echo")) {
                out.append(String.join(" ", words.subList(1, words.size())));
            } else if (answers.containsKey(String.join(" ", words))) {
                out.append(answers.get(String.join(" ", words)));
            } else if (!String.join(" ", words).equals("list --uuid")) {
                err.append("error: unknown command: '")
                        .append(String.join(" ", words))
                        .append("'\n");
            }
        }
        return new ProcessResult(
                0,
                out.toString().getBytes(StandardCharsets.UTF_8),
                err.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public RunningProcess follow(List<String> command, OutputStream out) throws IOException {
        throw new IOException("recorded answers tell no events");
    }

    private static ProcessResult failed(String reason) {
        return new ProcessResult(1, new byte[0], (reason + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes a line apart as virsh does: semicolons end a command, apostrophes and quotes hold words together, a backslash
     * keeps what follows.
     */
    public static List<List<String>> commands(String line) {
        List<List<String>> commands = new ArrayList<>(List.of(new ArrayList<>()));
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == 0 && (c == ' ' || c == ';')) {
                if (word != null) {
                    commands.getLast().add(word.toString());
                    word = null;
                }
                if (c == ';') {
                    commands.add(new ArrayList<>());
                }
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else {
                word.append(c);
            }
        }
        if (word != null) {
            commands.getLast().add(word.toString());
        }
        commands.removeIf(List::isEmpty);
        return commands;
    }
}
