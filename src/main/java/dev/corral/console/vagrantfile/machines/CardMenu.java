package dev.corral.console.vagrantfile.machines;

import dev.corral.console.page.Action;
import dev.corral.console.sandboxes.MachineRules;
import dev.corral.console.sandboxes.Subject;
import dev.corral.console.shared.Icons;
import dev.corral.console.work.MachineWork;
import dev.corral.console.work.SandboxRules;
import dev.corral.console.work.Verb;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;

/**
 * The verbs for the one machine of a card: behind a quiet button, and on a right click or the keyboard's menu key anywhere on the card. One
 * that makes no sense says why. For the FX thread.
 */
final class CardMenu {
    private static final List<Action> ORDER = List.of(
            Action.UP, Action.PROVISION, Action.RELOAD, Action.HALT, Action.SUSPEND, Action.RESUME, Action.DESTROY);

    private final MenuButton button = new MenuButton(null, Icons.of(MaterialDesignD.DOTS_HORIZONTAL));
    private final ContextMenu menu = new ContextMenu();
    private List<Offered> offered = List.of();
    private Consumer<Action> chosen = action -> {};

    /**
     * A verb as it is offered.
     *
     * @param action   what is done
     * @param title    what the item says
     * @param obstacle why it makes no sense now; empty when it does
     */
    record Offered(Action action, String title, Optional<String> obstacle) {

        /** Those for a machine of a sandbox; without it, the file has one that the sandbox has not. Pure. */
        static List<Offered> of(SandboxView sandbox, Optional<MachineView> machine, MachineWork work) {
            Optional<Subject.Machine> subject = machine.map(view -> new Subject.Machine(sandbox, view));
            Map<Action, String> obstacles =
                    subject.map(one -> MachineRules.obstacles(one, work)).orElse(Map.of());
            boolean several = subject.flatMap(MachineRules::oneOfSeveral).isPresent();
            List<Offered> all = new ArrayList<>();
            for (Action action : ORDER) {
                Verb verb = MachineRules.VERBS.get(action);
                Optional<String> why = subject.isEmpty()
                        ? Optional.of("It is new in the file: the next sandbox has it")
                        : verb != null
                                ? Optional.ofNullable(obstacles.get(action))
                                : machine.filter(view -> view.id().isEmpty()).isPresent()
                                        ? Optional.of("There is no VM yet")
                                        : SandboxRules.destroy(sandbox, work);
                all.add(new Offered(
                        action, verb != null ? verb.word() : several ? "Destroy VM…" : "Destroy sandbox…", why));
            }
            return List.copyOf(all);
        }
    }

    /** @param card where a right click shows it */
    CardMenu(Region card) {
        button.getStyleClass().addAll("quiet-button", "card-more");
        button.setMinWidth(Region.USE_PREF_SIZE);
        card.setOnContextMenuRequested(event -> {
            if (!offered.isEmpty()) {
                menu.getItems().setAll(items());
                menu.show(card, event.getScreenX(), event.getScreenY());
                event.consume();
            }
        });
    }

    /** The button. */
    Node node() {
        return button;
    }

    /** Offers these; none hides the button. A menu that is open is not changed under the pointer. */
    void show(String machine, List<Offered> now, Consumer<Action> choose) {
        chosen = choose;
        button.setVisible(!now.isEmpty());
        button.setManaged(!now.isEmpty());
        String words = "More for " + machine + ": up, provision, reload, halt, suspend, resume, destroy";
        if (!words.equals(button.getAccessibleText())) {
            button.setAccessibleText(words);
            button.setTooltip(new Tooltip(words));
        }
        if (button.isShowing() || now.equals(offered)) {
            return;
        }
        offered = now;
        button.getItems().setAll(items());
    }

    private List<MenuItem> items() {
        List<MenuItem> items = new ArrayList<>();
        for (Offered one : offered) {
            if (one.action() == Action.DESTROY) {
                items.add(new SeparatorMenuItem());
            }
            MenuItem item = new MenuItem(
                    one.title() + one.obstacle().map(why -> "  (" + why + ")").orElse(""));
            item.setMnemonicParsing(false);
            item.setId("card-" + one.action().name().toLowerCase(java.util.Locale.ROOT));
            item.setDisable(one.obstacle().isPresent());
            item.setOnAction(event -> chosen.accept(one.action()));
            items.add(item);
        }
        return items;
    }
}
