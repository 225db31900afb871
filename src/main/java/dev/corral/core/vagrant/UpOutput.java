package dev.corral.core.vagrant;

import dev.corral.core.base.PlainText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the stream of {@code vagrant up --machine-readable}: machine names, phases with times, addresses and what went
 * wrong. Feed it every line; it tells news to its listener. Not thread-safe.
 */
public final class UpOutput {
    private static final Pattern ADDRESS = Pattern.compile("SSH address: (\\S+)");
    private static final Pattern ANSI = Pattern.compile("\u001B\\[[0-9;]*m");
    // Several machines come up at once, so the one that spoke last need not be the one that failed.
    private static final Pattern FAILED_ON = Pattern.compile("action on the\\s+'([^']+)'\\s+machine");
    private static final Pattern BACKTRACE = Pattern.compile("^\\s+from \\S+:\\d+:in ");
    private static final int KEPT_LINES = 60;

    /** Gets the news of the stream. */
    public interface Listener {
        /** Vagrant named its machines, in the order of the Vagrantfile. */
        void machines(Set<String> names);

        /** A phase began on a machine; the one before it on that machine is over. */
        void phase(String machine, String phase, Instant at);

        /** A machine has this address or forwarded port. */
        void address(String machine, String address);

        /** A machine answers over SSH. */
        void booted(String machine);
    }

    private final Listener listener;
    private final Set<String> machines = new LinkedHashSet<>();
    private final Map<String, String> phases = new LinkedHashMap<>();
    private final Map<String, List<String>> recent = new LinkedHashMap<>();
    private final List<String> plain = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private String errorClass = "";
    private String errorText = "";
    private String lastMachine = "";

    /** Tells news to {@code listener}. */
    public UpOutput(Listener listener) {
        this.listener = listener;
    }

    /** Reads one raw line. */
    public void line(String raw) {
        // Progress of an image upload comes as one long line of carriage returns; its last part is the newest.
        String line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
        Optional<MachineReadable> parsed = MachineReadable.parse(line.substring(line.lastIndexOf('\r') + 1));
        if (parsed.isEmpty()) {
            String text = PlainText.of(line.substring(line.lastIndexOf('\r') + 1));
            // The rest of a long backtrace would push out the line that says what happened.
            if (!BACKTRACE.matcher(text).find() || text.contains("Vagrantfile")) {
                keep(plain, text);
            }
            return;
        }
        MachineReadable event = parsed.get();
        switch (event.type()) {
            case "metadata" -> metadata(event);
            case "ui" -> message(event);
            case "error-exit" -> {
                errorClass = event.field(0);
                errorText = ANSI.matcher(event.field(1)).replaceAll("");
            }
            default -> {
                // Bookkeeping that nobody asked for.
            }
        }
    }

    private void metadata(MachineReadable event) {
        if (event.field(0).equals("provider") && !event.target().isEmpty() && machines.add(event.target())) {
            listener.machines(new LinkedHashSet<>(machines));
        }
    }

    private void message(MachineReadable event) {
        String text = ANSI.matcher(event.text()).replaceAll("");
        String machine = event.target();
        if (event.field(0).equals("error")) {
            text.lines().forEach(part -> keep(errors, PlainText.of(part)));
        }
        if (machine.isEmpty() || !machines.contains(machine)) {
            return;
        }
        lastMachine = machine;
        Phases.beginningWith(text)
                .filter(phase -> !phase.equals(phases.get(machine)))
                .ifPresent(phase -> {
                    phases.put(machine, phase);
                    recent.put(machine, new ArrayList<>());
                    listener.phase(machine, phase, Instant.now());
                });
        text.lines()
                .forEach(part -> keep(recent.computeIfAbsent(machine, name -> new ArrayList<>()), PlainText.of(part)));
        Matcher address = ADDRESS.matcher(text);
        if (address.find()) {
            listener.address(machine, address.group(1));
        }
        if (text.strip().startsWith("Machine booted and ready")) {
            listener.booted(machine);
        }
    }

    private static void keep(List<String> lines, String line) {
        if (line.isBlank()) {
            return;
        }
        lines.add(line.stripTrailing());
        if (lines.size() > KEPT_LINES) {
            lines.removeFirst();
        }
    }

    /** The machines named so far, in the order of the Vagrantfile. */
    public Set<String> machines() {
        return new LinkedHashSet<>(machines);
    }

    /** The phase that a machine is in; empty before its first. */
    public String phase(String machine) {
        return phases.getOrDefault(machine, "");
    }

    /** The machine that spoke last; empty before any did. */
    public String lastMachine() {
        return lastMachine;
    }

    /** The machine that the failure is about: the one that Vagrant's error names, else the one that spoke last. */
    public String failedMachine() {
        Matcher matcher = FAILED_ON.matcher(errorText);
        return matcher.find() && machines.contains(matcher.group(1)) ? matcher.group(1) : lastMachine;
    }

    /** The last lines of a machine's present phase. */
    public List<String> recentLines(String machine) {
        return List.copyOf(recent.getOrDefault(machine, List.of()));
    }

    /** Lines outside the machine-readable form: errors that came before Vagrant was set up, and backtraces. */
    public List<String> plainLines() {
        return List.copyOf(plain);
    }

    /** Lines that Vagrant marked as errors. */
    public List<String> errorLines() {
        return List.copyOf(errors);
    }

    /** Vagrant's error class, for instance {@code Vagrant::Errors::BoxNotFound}; empty when it named none. */
    public String errorClass() {
        return errorClass;
    }

    /** Vagrant's error message; may have several lines or none. */
    public String errorText() {
        return errorText;
    }
}
