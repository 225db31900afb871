package dev.corral.console.vagrantfile.machines;

import dev.corral.console.page.Action;
import dev.corral.console.shared.StateLabel;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.console.vagrantfile.proof.Proof;
import dev.corral.console.work.Verb;
import dev.corral.core.inventory.MachineView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * A card for each machine, and one for a clean start beside them. Cards are changed in place, so that a link can be clicked while time goes
 * on.
 */
final class CardsView {
    private static final List<Verb> AFTER = List.of(Verb.PROVISION, Verb.RELOAD, Verb.UP, Verb.HALT);
    private static final double LEAST_PX = 220;
    private static final double MOST_PX = 520;
    private static final double GAP_PX = 10;
    private static final double HIGHEST_PX = 190;
    private static final double STATE_PX = 110;

    private final FlowPane flow = new FlowPane(GAP_PX, GAP_PX);
    private final ScrollPane scroll = new ScrollPane(flow);
    private final List<CardBox> boxes = new ArrayList<>();
    private final Links links;

    /** What the links on cards do. */
    interface Links {
        /** Opens a shell. */
        void terminal(MachineCard card);

        /** Shows the files. */
        void files(MachineCard card);

        /** Shows the network of all. */
        void network();

        /** Shows the log. */
        void log();

        /** Looks which process has locked the machine, and offers to stop it. */
        void stopHolder();

        /** Shows a sandbox among these machines. */
        void sandbox(String id);

        /** What can be asked of its machine now; empty where no sandbox has it. */
        List<CardMenu.Offered> offered(MachineCard card);

        /** Does one of those. */
        void verb(Action action, MachineCard card);

        /** Does it once nothing keeps it away any more. */
        void later(Verb verb, MachineView machine);
    }

    CardsView(Links links) {
        this.links = links;
        scroll.setId("debug-cards");
        scroll.getStyleClass().add("debug-cards");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinHeight(Region.USE_PREF_SIZE);
        scroll.setMaxHeight(HIGHEST_PX);
        scroll.setFocusTraversable(false);
        flow.getStyleClass().add("card-flow");
        flow.widthProperty().addListener(width -> arrange());
    }

    /** What is shown. */
    Region node() {
        return scroll;
    }

    /** Shows cards, and the clean start if there was one. */
    void show(List<MachineCard> cards, Optional<Proof> proof, boolean sandbox, Instant now) {
        int wanted = cards.size() + (proof.isPresent() ? 1 : 0);
        boolean other = wanted != boxes.size();
        while (boxes.size() < wanted) {
            CardBox box = new CardBox();
            boxes.add(box);
            flow.getChildren().add(box);
        }
        while (boxes.size() > wanted) {
            flow.getChildren().remove(boxes.removeLast());
        }
        for (int i = 0; i < cards.size(); i++) {
            boxes.get(i).show(cards.get(i), sandbox, links);
        }
        proof.ifPresent(one -> boxes.getLast().show(one, now, links));
        boolean any = !boxes.isEmpty();
        scroll.setVisible(any);
        scroll.setManaged(any);
        if (other) {
            arrange();
        }
    }

    private void arrange() {
        double room = flow.getWidth() - flow.snappedLeftInset() - flow.snappedRightInset();
        if (boxes.isEmpty() || room <= 0) {
            return;
        }
        flow.setPrefWrapLength(room);
        int columns = (int) Math.clamp((room + GAP_PX) / (LEAST_PX + GAP_PX), 1, boxes.size());
        double width = Math.min(MOST_PX, Math.floor((room - GAP_PX * (columns - 1)) / columns));
        boxes.forEach(box -> {
            box.setPrefWidth(width);
            box.setMaxWidth(width);
        });
    }

    /** One card. */
    private static final class CardBox extends VBox {
        private final Label name = new Label();
        private final Label primary = new Label("default");
        private final StateLabel state = new StateLabel();
        private final Label note = new Label();
        private final Label cause = new Label();
        private final Tooltip whole = new Tooltip();
        private final Tooltip holder = new Tooltip();
        private final ProgressBar progress = new ProgressBar();
        private final Hyperlink first = new Hyperlink("terminal");
        private final Hyperlink second = new Hyperlink("log");
        private final Hyperlink files = new Hyperlink("files");
        private final Hyperlink network = new Hyperlink("network");
        private final Hyperlink stop = new Hyperlink("stop who holds it…");
        private final MenuButton after = new MenuButton("run after it");
        private final CardMenu menu = new CardMenu(this);
        private final Label held = new Label();
        private final HBox row = new HBox(8, first, files, network, second, stop);
        private final HBox later = new HBox(8, after, held);
        private String border = "";

        CardBox() {
            super(5);
            getStyleClass().addAll("card", "machine-card");
            name.getStyleClass().add("row-title");
            name.setStyle("-fx-font-weight: bold;");
            name.setMinWidth(0);
            primary.getStyleClass().add("muted");
            primary.setMinWidth(Region.USE_PREF_SIZE);
            state.setMinWidth(STATE_PX);
            note.getStyleClass().add("muted");
            note.setMinWidth(0);
            cause.setWrapText(true);
            cause.setMaxHeight(38);
            // Two lines where one does not do: without a least height the card is as high as one.
            cause.setMinHeight(Region.USE_PREF_SIZE);
            cause.getStyleClass().add("card-cause");
            whole.setWrapText(true);
            whole.setMaxWidth(420);
            cause.setTooltip(whole);
            holder.setWrapText(true);
            holder.setMaxWidth(420);
            after.setTooltip(holder);
            progress.setMaxWidth(Double.MAX_VALUE);
            progress.getStyleClass().add("thin-progress");
            row.setAlignment(Pos.CENTER_LEFT);
            later.setAlignment(Pos.CENTER_LEFT);
            after.getStyleClass().addAll("quiet-button", "step-button", "card-after");
            after.setMinWidth(Region.USE_PREF_SIZE);
            held.getStyleClass().add("muted");
            held.setMinWidth(0);
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            HBox head = new HBox(7, name, primary, state, gap, menu.node());
            head.setAlignment(Pos.CENTER_LEFT);
            getChildren().addAll(head, note, cause, progress, row, later);
        }

        void show(MachineCard card, boolean sandbox, Links links) {
            draw(card.name(), card.primary(), card.look(), card.word(), card.note(), card.cause());
            part(progress, card.progress().isPresent());
            card.progress().ifPresent(progress::setProgress);
            link(first, "terminal", "Opens a shell in " + card.name(), card.answers(), box -> links.terminal(card));
            link(files, "files", "Shows the files of " + card.name(), card.answers(), box -> links.files(card));
            link(network, "network", "Shows addresses and ports", card.answers(), box -> links.network());
            link(second, "log", "Shows what Vagrant said", sandbox, box -> links.log());
            link(
                    stop,
                    "stop who holds it…",
                    "Says which process has locked " + card.name() + ", and asks before it interrupts that",
                    card.locked(),
                    box -> links.stopHolder());
            part(row, card.answers() || sandbox || card.locked());
            menu.show(card.name(), links.offered(card), action -> links.verb(action, card));
            after(card, links);
        }

        private void after(MachineCard card, Links links) {
            part(later, !card.holder().isEmpty());
            held.setText(Texts.line(card.holder()));
            card.machine().filter(machine -> !card.holder().isEmpty()).ifPresent(machine -> {
                holder.setText("Held: " + Texts.line(card.holder())
                        + ". What is chosen waits in Activity until that has ended.");
                after.setAccessibleHelp(holder.getText());
                // A menu that is open is not changed under the pointer.
                if (!after.isShowing()) {
                    after.getItems()
                            .setAll(AFTER.stream()
                                    .map(verb -> {
                                        MenuItem item = new MenuItem(verb.word() + " " + card.name());
                                        item.setMnemonicParsing(false);
                                        item.setOnAction(event -> links.later(verb, machine));
                                        return item;
                                    })
                                    .toList());
                }
            });
        }

        void show(Proof proof, Instant now, Links links) {
            draw("prove it", false, proof.state().look(), proof.state().word(), proof.note(now), proof.cause());
            part(progress, proof.progress(now).isPresent());
            proof.progress(now).ifPresent(progress::setProgress);
            boolean there = proof.state() != Proof.State.GOOD;
            link(
                    first,
                    "show " + Texts.line(proof.sandbox()),
                    "Shows its machines and steps here",
                    there,
                    box -> links.sandbox(proof.sandbox()));
            part(second, false);
            part(files, false);
            part(network, false);
            part(stop, false);
            part(later, false);
            menu.show("", List.of(), action -> {});
            part(row, there);
        }

        private void draw(String title, boolean isDefault, StateStyle look, String word, String line, String why) {
            name.setText(title);
            part(primary, isDefault);
            state.show(look, word);
            note.setText(line);
            part(note, !line.isEmpty());
            cause.setText(why);
            whole.setText(why);
            part(cause, !why.isEmpty());
            setAccessibleText(title + ", " + word + (why.isEmpty() ? "" : ", " + why));
            String wanted =
                    switch (look) {
                        case READY -> "card-ready";
                        case CHANGING -> "card-changing";
                        case FAILED -> "card-failed";
                        default -> "";
                    };
            if (!wanted.equals(border)) {
                getStyleClass().remove(border);
                if (!wanted.isEmpty()) {
                    getStyleClass().add(wanted);
                }
                border = wanted;
            }
        }

        private static void link(Hyperlink link, String text, String help, boolean shown, Consumer<Hyperlink> run) {
            link.setText(text);
            link.setAccessibleHelp(help);
            link.setOnAction(event -> {
                link.setVisited(false);
                run.accept(link);
            });
            part(link, shown);
        }

        private static void part(javafx.scene.Node node, boolean shown) {
            node.setVisible(shown);
            node.setManaged(shown);
        }
    }
}
