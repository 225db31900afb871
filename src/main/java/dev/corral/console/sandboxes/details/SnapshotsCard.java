package dev.corral.console.sandboxes.details;

import dev.corral.console.fx.Background;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.Texts;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.Machines;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.SnapshotTree;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.operation.NamedSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;

/**
 * The saved states of the chosen VMs, and a field for a new one's name. Where the hypervisor can be asked it is, each time the row
 * is chosen; otherwise only a click asks Vagrant, which takes locks. For the FX thread.
 */
final class SnapshotsCard extends Card {
    private static final int MOST_SHOWN = 30;
    /** Deeper ones stand below each other: the buttons need their room. */
    private static final int DEEPEST_SHOWN = 6;

    private static final double STEP_PX = 14;

    private final MachineCommands commands;
    private final VBox rows = new VBox(4);
    private final Label word = new Label();
    private final Button list = new Button("List snapshots");
    private final TextField name = new TextField();
    private final Button save = new Button("Save");
    private final Label problem = new Label();
    private Optional<Machines> shown = Optional.empty();
    private String shownIds = "";
    private int asked;

    SnapshotsCard(MachineCommands commands) {
        super("Snapshots");
        this.commands = commands;
        setId("snapshots");
        word.getStyleClass().add("muted");
        word.setWrapText(true);
        problem.setWrapText(true);
        problem.getStyleClass().add("failure-sentence");
        list.getStyleClass().add("quiet-button");
        list.setId("list-snapshots");
        list.setTooltip(new Tooltip("Runs vagrant snapshot list"));
        list.setOnAction(event -> shown.ifPresent(machines -> commands.list(
                machines, lines -> show(machines, Snapshots.listed(NamedSnapshot.of(lines), onlyName(machines))))));
        name.setId("snapshot-name");
        name.setPromptText("Name of a new snapshot");
        name.setAccessibleText("Name of a new snapshot");
        name.setOnAction(event -> save());
        name.textProperty().addListener((all, before, text) -> tell(""));
        HBox.setHgrow(name, Priority.ALWAYS);
        save.setId("save-snapshot");
        save.getStyleClass().add("quiet-button");
        save.setMinWidth(Region.USE_PREF_SIZE);
        save.setOnAction(event -> save());
        HBox field = new HBox(8, name, save);
        setBody(word, list, rows, field, problem);
        tell("");
        setShown(false);
    }

    /**
     * Shows the snapshots of these VMs.
     *
     * @param obstacle why nothing can be done with snapshots now; empty when something can
     */
    void update(Optional<Machines> machines, String obstacle) {
        Optional<Machines> existing =
                machines.filter(wanted -> !wanted.existing().isEmpty());
        setShown(existing.isPresent());
        rows.setDisable(!obstacle.isEmpty());
        save.setDisable(!obstacle.isEmpty());
        list.setDisable(!obstacle.isEmpty());
        String ids = existing.map(wanted -> wanted.key()
                        + wanted.existing().stream().map(MachineView::id).toList())
                .orElse("");
        shown = existing;
        if (!ids.equals(shownIds)) {
            shownIds = ids;
            rows.getChildren().clear();
            name.clear();
            tell("");
            ask();
        }
    }

    /** Puts the cursor where a new snapshot gets its name. */
    void focus() {
        name.requestFocus();
    }

    private void ask() {
        int turn = ++asked;
        say("", false);
        shown.ifPresent(machines -> Background.run(
                "snapshots",
                () -> {
                    Map<String, List<VmSnapshot>> found = new LinkedHashMap<>();
                    for (MachineView machine : machines.existing()) {
                        Optional<List<VmSnapshot>> told = commands.ask(machine);
                        if (told.isEmpty()) {
                            return Optional.<Map<String, List<VmSnapshot>>>empty();
                        }
                        found.put(machine.name(), told.get());
                    }
                    return Optional.of(found);
                },
                found -> {
                    if (turn == asked) {
                        found.ifPresentOrElse(
                                all -> show(machines, all), () -> say("Only Vagrant can tell which there are.", true));
                    }
                },
                failure -> {
                    if (turn == asked) {
                        say(Problem.of(failure).sentence(), true);
                    }
                }));
    }

    private void show(Machines machines, Map<String, List<VmSnapshot>> perVm) {
        if (shown.filter(now -> now.key().equals(machines.key())).isEmpty()) {
            return;
        }
        List<Snapshots.Saved> saved = Snapshots.join(perVm);
        int vms = machines.existing().size();
        List<Node> lines = new ArrayList<>();
        SnapshotTree.of(saved.stream().limit(MOST_SHOWN).toList(), Snapshots.Saved::snapshot)
                .forEach(placed -> lines.add(line(machines, placed.one(), placed.depth(), vms)));
        rows.getChildren().setAll(lines);
        say(
                saved.isEmpty()
                        ? "None. A snapshot is a state to go back to."
                        : saved.size() > MOST_SHOWN ? "The newest " + MOST_SHOWN + " of " + saved.size() : "",
                false);
    }

    private Node line(Machines machines, Snapshots.Saved saved, int depth, int vms) {
        String text = Texts.line(saved.snapshot().name());
        Label title = new Label(text);
        title.getStyleClass().add("machine-text");
        title.setMinWidth(0);
        String parent = saved.snapshot()
                .parent()
                .map(name -> "\nCame from " + Texts.line(name))
                .orElse("");
        title.setAccessibleText(text + parent.replace("\nCame", ", came"));
        title.setTooltip(new Tooltip(text
                + parent
                + saved.snapshot().takenAt().map(at -> "\n" + Formats.exact(at)).orElse("")));
        boolean all = saved.vms().size() == vms;
        String owners = vms == 1
                ? ""
                : all
                        ? vms + " VMs"
                        : saved.vms().stream()
                                .map(machines::shortName)
                                .reduce((a, b) -> a + ", " + b)
                                .orElse("");
        String age = saved.snapshot()
                .takenAt()
                .map(at -> Formats.ago(at, Instant.now()))
                .orElse("");
        Label note = new Label(owners + (owners.isEmpty() || age.isEmpty() ? "" : " · ") + age);
        note.getStyleClass().add("muted");
        note.setMinWidth(0);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button restore = new Button("Restore");
        restore.getStyleClass().add("quiet-button");
        restore.setMinWidth(Region.USE_PREF_SIZE);
        restore.setAccessibleText("Restore " + text);
        restore.setOnAction(
                event -> now().ifPresent(current -> commands.restore(current, saved.snapshot(), this::ask)));
        Button delete = new Button(null, Icons.of(MaterialDesignD.DELETE_OUTLINE));
        delete.getStyleClass().addAll("icon-button", "delete-snapshot");
        delete.setMinWidth(Region.USE_PREF_SIZE);
        delete.setAccessibleText("Delete " + text);
        delete.setTooltip(new Tooltip("Delete " + text));
        delete.setOnAction(event -> now().ifPresent(current -> commands.delete(current, saved.snapshot(), this::ask)));
        // Vagrant would stop in the middle, with some VMs back and others not.
        restore.setDisable(!all);
        delete.setDisable(!all);
        restore.getStyleClass().add("restore-snapshot");
        HBox line = new HBox(8, title, note, space, restore, delete);
        line.setAlignment(Pos.CENTER_LEFT);
        line.setPadding(new Insets(0, 0, 0, Math.min(depth, DEEPEST_SHOWN) * STEP_PX));
        return line;
    }

    private Optional<Machines> now() {
        return shown;
    }

    private void save() {
        String wanted = name.getText().strip();
        if (wanted.isEmpty() || save.isDisabled()) {
            name.requestFocus();
            return;
        }
        shown.ifPresent(machines -> {
            try {
                commands.save(machines, wanted, this::ask);
                name.clear();
            } catch (ExpectedFailure e) {
                tell(e.getMessage() + " " + e.nextStep());
            }
        });
    }

    private static String onlyName(Machines machines) {
        return machines.existing().stream().map(MachineView::name).findFirst().orElse("");
    }

    private void say(String text, boolean vagrant) {
        word.setText(text);
        show(word, !text.isEmpty());
        show(list, vagrant);
    }

    private void tell(String text) {
        problem.setText(text);
        show(problem, !text.isEmpty());
    }

    private static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }
}
