package dev.corral.console.guest.network;

import dev.corral.console.guest.ShownName;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Clipboards;
import dev.corral.core.machine.network.NetworkMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The network of a sandbox: the picture, and beside it everything as tables. For the FX thread. */
public final class NetworkView extends BorderPane {
    private static final double PICTURE = 0.45;

    private final NetworkModel model;
    private final Consumer<String> browse;
    private final PictureView picture = new PictureView();
    private final Label note = new Label();
    private final Button look = button("network-look", "Look again", "quiet-button");
    private final Button measure = button("network-measure", "Who reaches whom", "main-button");
    private final TextTable ports = new TextTable(
            "network-ports",
            "Ports of this machine that lead into VMs",
            "No port is forwarded. Open a tunnel to one above.",
            List.of("VM", "Port", "Here", "State"),
            List.of(110, 80, 150, 220));
    private final TextTable reach = new TextTable(
            "network-reach",
            "Who reaches whom",
            "Who reaches whom is measured from inside the VMs, by ping and TCP, when you ask for it.",
            List.of("From", "To", "Address", "By", "Result"),
            List.of(100, 100, 120, 80, 180));
    private final TextTable addresses = new TextTable(
            "network-addresses",
            "Addresses",
            "No address is known.",
            List.of("VM", "Address", "Network", "Device", "Known from"),
            List.of(110, 130, 150, 80, 180));
    private final Button open = button("network-open", "Open in browser", "quiet-button");
    private final Button copy = button("network-copy", "Copy address", "quiet-button");
    private final Button close = button("network-close-tunnel", "Close tunnel", "quiet-button");
    private final ComboBox<String> machine = new ComboBox<>();
    private final TextField port = new TextField();
    private final Button tunnel = button("network-tunnel", "Open tunnel", "quiet-button");
    private final Tab portsTab;
    private final Tab reachTab;
    private List<String> names = List.of();
    private List<PortRow> rows = List.of();

    /** @param browse opens a web address of this machine in the browser */
    public NetworkView(NetworkModel model, Consumer<String> browse) {
        this.model = model;
        this.browse = browse;
        setId("network-view");
        getStyleClass().add("guest-view");
        note.setId("network-note");
        note.getStyleClass().add("muted");
        note.setWrapText(true);
        HBox.setHgrow(note, Priority.ALWAYS);
        look.setOnAction(event -> model.look());
        measure.setOnAction(event -> measure());
        HBox bar = new HBox(8, look, measure, note);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("file-head");
        ScrollPane scroll = new ScrollPane(picture);
        scroll.getStyleClass().add("network-scroll");
        BorderPane left = new BorderPane(scroll, bar, null, null, null);
        portsTab = tab("Ports and tunnels", ports, portTools());
        reachTab = tab("Who reaches whom", reach, new FlowPane());
        TabPane tabs = new TabPane(portsTab, reachTab, tab("Addresses", addresses, new FlowPane()));
        tabs.setId("network-tabs");
        tabs.getStyleClass().add("debug-tabs");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        SplitPane split = new SplitPane(left, tabs);
        split.setDividerPositions(PICTURE);
        setCenter(split);
        ports.getSelectionModel().selectedIndexProperty().addListener((all, before, now) -> judge());
        show();
    }

    private static Button button(String id, String text, String style) {
        Button button = new Button(text);
        button.setId(id);
        button.getStyleClass().add(style);
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private static Tab tab(String title, TextTable table, FlowPane tools) {
        Button all = button(table.getId() + "-copy", "Copy table", "quiet-button");
        all.setTooltip(new Tooltip("Copies the chosen rows, or all, to be pasted into a text or a sheet"));
        all.setOnAction(event -> table.copy());
        tools.getChildren().add(all);
        tools.setHgap(8);
        tools.setVgap(6);
        tools.getStyleClass().add("file-head");
        VBox box = new VBox(tools, table);
        VBox.setVgrow(table, Priority.ALWAYS);
        return new Tab(title, box);
    }

    private FlowPane portTools() {
        machine.setId("network-machine");
        machine.setAccessibleText("VM");
        port.setId("network-port");
        port.setPromptText("80, or 8080:80");
        port.setAccessibleText("Port of the VM, with the port here before it if that matters");
        port.setPrefColumnCount(9);
        port.setOnAction(event -> openTunnel());
        tunnel.setTooltip(new Tooltip("Makes a port of the VM reachable at 127.0.0.1, over SSH, until it is closed"));
        tunnel.setOnAction(event -> openTunnel());
        open.setOnAction(event -> chosen().flatMap(PortRow::link).ifPresent(browse));
        copy.setOnAction(event -> chosen().map(PortRow::here).ifPresent(Clipboards::copy));
        close.setOnAction(event -> chosen().flatMap(PortRow::tunnel).ifPresent(model::close));
        return new FlowPane(machine, port, tunnel, open, copy, close);
    }

    private void measure() {
        Objects.requireNonNull(reachTab.getTabPane()).getSelectionModel().select(reachTab);
        model.measure();
    }

    private void openTunnel() {
        int at = machine.getSelectionModel().getSelectedIndex();
        if (at >= 0 && at < names.size() && !port.getText().isBlank()) {
            model.tunnel(names.get(at), port.getText());
        }
    }

    private Optional<PortRow> chosen() {
        int at = ports.getSelectionModel().getSelectedIndex();
        return at >= 0 && at < rows.size() ? Optional.of(rows.get(at)) : Optional.empty();
    }

    private void judge() {
        Optional<PortRow> row = chosen();
        open.setDisable(row.flatMap(PortRow::link).isEmpty());
        copy.setDisable(row.filter(one -> !one.here().isEmpty()).isEmpty());
        close.setDisable(row.flatMap(PortRow::tunnel).isEmpty());
    }

    /** Shows what the model has now. */
    public void show() {
        NetworkMap map = model.map();
        rows = model.ports();
        List<ReachRow> measured = model.reach();
        picture.show(Picture.of(map, rows, measured));
        ports.show(rows.stream().map(PortRow::cells).toList());
        reach.show(measured.stream().map(ReachRow::cells).toList());
        addresses.show(map.links().stream()
                .map(link -> List.of(
                        model.shown(link.machine()),
                        link.address(),
                        ShownName.of(title(map, link.network())),
                        link.device(),
                        link.seen() ? "the guest" : "the Vagrantfile"))
                .toList());
        showMachines(map);
        String obstacle = model.measureObstacle();
        measure.setDisable(!obstacle.isEmpty());
        note.setText(note(obstacle));
        judge();
    }

    private static String title(NetworkMap map, String key) {
        return map.networks().stream()
                .filter(network -> network.key().equals(key))
                .map(NetworkMap.Network::title)
                .findFirst()
                .orElse(key);
    }

    private void showMachines(NetworkMap map) {
        List<NetworkMap.Node> running =
                map.machines().stream().filter(NetworkMap.Node::runs).toList();
        names = running.stream().map(NetworkMap.Node::name).toList();
        List<String> shown =
                new ArrayList<>(running.stream().map(NetworkMap.Node::shown).toList());
        if (!shown.equals(machine.getItems())) {
            String before = machine.getValue();
            machine.getItems().setAll(shown);
            machine.setValue(shown.contains(before) ? before : shown.isEmpty() ? null : shown.getFirst());
        }
        tunnel.setDisable(shown.isEmpty());
    }

    private String note(String obstacle) {
        if (model.problem().isPresent()) {
            Problem problem = model.problem().get();
            return problem.nextStep().isEmpty() ? problem.sentence() : problem.sentence() + " " + problem.nextStep();
        }
        if (model.asking()) {
            return "The guests are asked for their addresses…";
        }
        List<String> lines = new ArrayList<>();
        model.silent().forEach((name, why) -> lines.add(model.shown(name) + ": " + why));
        return lines.isEmpty() ? obstacle : String.join(" ", lines);
    }

    @Override
    public void requestFocus() {
        ports.requestFocus();
    }
}
