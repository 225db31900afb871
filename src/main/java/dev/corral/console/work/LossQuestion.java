package dev.corral.console.work;

import dev.corral.console.messages.DockPort;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Question;
import dev.corral.core.inventory.MachineView;
import java.util.ArrayList;
import java.util.List;

/** Asks before somebody's work ends, the safe answer in focus. For the FX thread. */
final class LossQuestion {
    private final MessageCenter desk;
    private final DockPort dock;

    LossQuestion(MessageCenter desk, DockPort dock) {
        this.desk = desk;
        this.dock = dock;
    }

    /** Goes on, after a question where a verb would end what somebody does. */
    void first(Verb verb, Machines machines, String title, Runnable go) {
        List<String> losses = new ArrayList<>();
        List<String> terminals = terminals(machines);
        if (verb.endsPrograms() && !terminals.isEmpty()) {
            losses.add((terminals.size() == 1
                            ? "A terminal of " + terminals.getFirst() + " is"
                            : "Terminals of " + String.join(", ", terminals) + " are")
                    + " open: what runs there ends.");
        }
        if (verb != Verb.PROVISION && SandboxCommands.inUseElsewhere(machines.sandbox())) {
            losses.add("Another process that is alive uses the sandbox.");
        }
        if (losses.isEmpty()) {
            go.run();
        } else {
            ask(title + "?", String.join(" ", losses), machines, verb.word(), go);
        }
    }

    /** The machines with an open terminal. */
    List<String> terminals(Machines machines) {
        return machines.existing().stream()
                .filter(dock::terminalOpen)
                .map(MachineView::name)
                .map(machines::shortName)
                .toList();
    }

    /** Asks; {@code yes} is only run after that answer. */
    void ask(String title, String text, Machines machines, String verb, Runnable yes) {
        desk.ask(new Question(
                title,
                text,
                victims(machines),
                List.of(
                        Question.Choice.safe("confirm-leave", "Leave it"),
                        new Question.Choice("confirm-machine", verb, Question.Tone.DESTRUCTIVE, false, yes)),
                0));
    }

    /** The names of those that it is about. */
    static List<String> victims(Machines machines) {
        return machines.existing().stream()
                .map(MachineView::name)
                .map(machines::shortName)
                .toList();
    }
}
