package dev.corral.console;

import dev.corral.console.page.*;
import dev.corral.console.settings.PageMemory;
import dev.corral.core.inventory.Inventory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;

/** A page as a newcomer writes it: the sandboxes by name. */
record HelloPage(Actions actions, ListView<String> list) implements PageView {
    HelloPage(PageContext context) {
        this(context.actions(), new ListView<>());
        list.setId("hello-list");
        var chosen = list.getSelectionModel();
        chosen.selectedItemProperty()
                .subscribe(one -> actions.select(
                        new Selection(Optional.ofNullable(one).map(id -> Scope.SANDBOX), Map.of(), Map.of())));
        actions.handle(Action.PIN, () -> context.commands().pin(chosen.getSelectedItem(), true));
    }

    @Override
    public PageName name() {
        return new PageName("hello", "Hello", "Greet every sandbox", MaterialDesignH.HAND_WAVE_OUTLINE);
    }

    @Override
    public Node node() {
        return list;
    }

    @Override
    public List<PaletteItem> places() {
        return list.getItems().stream()
                .map(id ->
                        new PaletteItem("Hello " + id, "greeting", "", name().icon(), "", () -> list.getSelectionModel()
                                .select(id)))
                .toList();
    }

    @Override
    public Runnable prepare(Inventory inventory) {
        return () -> list.getItems()
                .setAll(inventory.sandboxes().stream().map(view -> view.id()).toList());
    }

    @Override
    public PageMemory memory() {
        return new PageMemory(List.of(list.getSelectionModel().getSelectedItem()), "", Map.of(), 0);
    }

    @Override
    public void restore(PageMemory memory) {
        list.getItems().setAll(memory.chosen());
        memory.chosen().forEach(list.getSelectionModel()::select);
    }
}
