package dev.corral.core.vagrant;

import dev.corral.core.base.PlainText;
import dev.corral.core.vagrant.failure.TellingLines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
    private static final Pattern BACKTRACE =
            Pattern.compile("^\\s+from .*:\\d+:in |^\\s+\\.\\.\\. \\d+ levels\\.\\.\\.$");
    private static final Pattern NOT_OF_THE_USER =
            Pattern.compile("/gems/|/lib/ruby/|<internal:|/vendor_ruby/|/embedded/");
    private static final Pattern RETURNS = Pattern.compile("\r");
    private static final int KEPT_LINES = 60;
    private static final int KEPT_FRAMES = 8;
    private static final int LONGEST_KEPT = 4000;

    /** Gets the news of the stream; by default it hears nothing of it. */
    public interface Listener {
        /** One that hears nothing: what went wrong is asked for afterwards. */
        Listener NONE = new Listener() {};

        /** Vagrant named its machines, in the order of the Vagrantfile. */
        default void machines(Set<String> names) {}

        /** A phase began on its machine; the one before it on that machine is over. */
        default void phase(Phase phase, Instant at) {}

        /** A machine has this address or forwarded port. */
        default void address(String machine, String address) {}

        /** A machine answers over SSH. */
        default void booted(String machine) {}
    }

    /** Says which provisioner of the Vagrantfile it is that Vagrant says to run. */
    @FunctionalInterface
    public interface Placing {
        /** Its place, counted from 1; this is the next one, which is right where all of them run. */
        int place(String machine, Phase.Provisioner next);
    }

    private final Listener listener;
    private final Placing placing;
    private final Set<String> machines = new LinkedHashSet<>();
    private final Map<String, Phase> phases = new LinkedHashMap<>();
    private final Map<String, Integer> provisioners = new HashMap<>();
    private final Map<String, TellingLines> recent = new LinkedHashMap<>();
    private final List<String> plain = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private String errorClass = "";
    private String errorText = "";
    private String lastMachine = "";
    private boolean guests;
    private boolean begun;
    private int frames;

    /** Tells news to {@code listener}. */
    public UpOutput(Listener listener) {
        this(listener, (machine, next) -> next.position());
    }

    /** The same for a command that runs some provisioners only. */
    public UpOutput(Listener listener, Placing placing) {
        this.listener = listener;
        this.placing = placing;
    }

    /** Reads one raw line. */
    public void line(String raw) {
        // Progress of an image upload comes as one long line of carriage returns; its last part is the newest.
        String line = RETURNS.splitAsStream(raw)
                .filter(part -> !PlainText.of(part).isBlank())
                .reduce("", (before, newest) -> newest);
        Optional<MachineReadable> parsed = MachineReadable.parse(line);
        if (parsed.isEmpty()) {
            String text = PlainText.of(line);
            // The rest of a long backtrace would push out the line that says what happened.
            frames = BACKTRACE.matcher(text).find() ? frames : 0;
            if (!BACKTRACE.matcher(text).find()
                    || !NOT_OF_THE_USER.matcher(text).find() && frames++ < KEPT_FRAMES) {
                keepAll(plain, text);
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
            withoutMachine(text);
            return;
        }
        lastMachine = machine;
        // Most verbs have no phases. What Vagrant ends with may be said of a machine that it never came to.
        begun |= !event.field(0).equals("error");
        phases.remove("");
        // What a script in a guest prints comes as detail, and may look like Vagrant's own words.
        boolean strange = event.field(0).equals("detail")
                && phase(machine)
                        .filter(now -> now.kind() == PhaseKind.PROVISION || now.kind() == PhaseKind.TRIGGER)
                        .isPresent();
        if (!strange) {
            tell(text, machine);
        }
        text.lines().forEach(part -> keep(machine, PlainText.of(part)));
    }

    private void tell(String text, String machine) {
        Phases.beginningWith(text, machine, phase(machine), provisioners.getOrDefault(machine, 0))
                // Each provisioner is one of its own, even where the next has the same words.
                .filter(phase -> phase.provisioner().isPresent() || !phase.equals(phases.get(machine)))
                .map(phase -> placed(machine, phase))
                .ifPresent(phase -> {
                    phases.put(machine, phase);
                    guests |= !phase.kind().beforeGuests();
                    recent.put(machine, new TellingLines(KEPT_LINES));
                    listener.phase(phase, Instant.now());
                });
        Matcher address = ADDRESS.matcher(text);
        if (address.find()) {
            listener.address(machine, address.group(1));
        }
        if (text.strip().startsWith("Machine booted and ready")) {
            listener.booted(machine);
        }
    }

    private Phase placed(String machine, Phase phase) {
        if (phase.provisioner().isEmpty()) {
            return phase;
        }
        Phase.Provisioner next = phase.provisioner().get();
        provisioners.put(machine, next.position());
        return Phase.of(new Phase.Provisioner(next.name(), next.type(), placing.place(machine, next)), machine);
    }

    // A trigger of a whole command belongs to no machine; nobody is told of it as of a machine's phase, but it can
    // fail.
    private void withoutMachine(String text) {
        Optional<Phase> trigger =
                Phases.beginningWith(text, "", phase(""), 0).filter(phase -> phase.kind() == PhaseKind.TRIGGER);
        if (trigger.isPresent()) {
            lastMachine = "";
            begun = true;
            phases.put("", trigger.get());
            recent.put("", new TellingLines(KEPT_LINES));
        } else if (phase("").isPresent()) {
            text.lines().forEach(part -> keep("", PlainText.of(part)));
        }
    }

    private void keep(String machine, String line) {
        if (!line.isBlank()) {
            recent.computeIfAbsent(machine, made -> new TellingLines(KEPT_LINES))
                    .add(shortened(line));
        }
    }

    private static String shortened(String line) {
        return line.length() > LONGEST_KEPT ? PlainText.line(line, LONGEST_KEPT) : line.stripTrailing();
    }

    private static void keep(List<String> lines, String line) {
        if (!line.isBlank()) {
            keepAll(lines, line);
        }
    }

    private static void keepAll(List<String> lines, String line) {
        lines.add(shortened(line));
        if (lines.size() > KEPT_LINES) {
            lines.removeFirst();
        }
    }

    /** The machines named so far, in the order of the Vagrantfile. */
    public Set<String> machines() {
        return new LinkedHashSet<>(machines);
    }

    /** The phase that a machine is in; empty before its first. */
    public Optional<Phase> phase(String machine) {
        return Optional.ofNullable(phases.get(machine));
    }

    /** How many provisioners Vagrant said it runs on a machine. */
    public int provisioners(String machine) {
        return provisioners.getOrDefault(machine, 0);
    }

    /** The machine that spoke last; empty before any did. */
    public String lastMachine() {
        return lastMachine;
    }

    /** The machine that the failure is about: the one that Vagrant's error names, else the one that spoke last. */
    public String failedMachine() {
        return namedMachine().orElse(lastMachine);
    }

    /** The machine that Vagrant's error names in its own words; what it quotes may name any. */
    Optional<String> namedMachine() {
        return Optional.of(FAILED_ON.matcher(OwnWords.of(errorText)))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .filter(machines::contains);
    }

    /** Whether the guest of any machine may have had its say by now. */
    boolean guestsSpoke() {
        return guests;
    }

    /** Whether anything was begun on a machine, or a trigger of the whole command. */
    public boolean begun() {
        return begun;
    }

    /** The last lines of a machine's present phase. */
    public List<String> recentLines(String machine) {
        TellingLines lines = recent.get(machine);
        return lines == null ? List.of() : lines.last();
    }

    /** The lines of what a machine does now that tell most of what went wrong, so many at most, in their order. */
    public List<String> tellingLines(String machine, int most) {
        TellingLines lines = recent.get(machine);
        return lines == null ? List.of() : lines.best(most);
    }

    /** Lines outside the machine-readable form: errors that came before Vagrant was set up, and backtraces. */
    public List<String> plainLines() {
        return plain.stream().filter(line -> !line.isBlank()).toList();
    }

    /** The same with the blank lines that part paragraphs. */
    public String plainText() {
        return String.join("\n", plain);
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
