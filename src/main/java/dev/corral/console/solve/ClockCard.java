package dev.corral.console.solve;

import dev.corral.console.shared.Card;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.LimitKeeper;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.clock.ActiveLimit;
import dev.corral.core.solve.clock.ClockReading;
import dev.corral.core.solve.clock.Interval;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The three times of a session, its line, and every stretch on it, to be struck out or kept with a reason. */
final class ClockCard extends Card {

    /** Hears what a person decides about a stretch. */
    interface Decision {
        /** It counts or does not, for this reason. */
        void decide(String interval, boolean counts, String reason);
    }

    private static final Duration SOON = Duration.ofMinutes(10);

    private final Label wall = time();
    private final Label active = time();
    private final Label adjusted = time();
    private final ClockLine line = new ClockLine();
    private final VBox rows = new VBox(4);
    private final Label limit = new Label();
    private final Label changes = new Label();
    private final Decision decision;
    private final Map<String, Label> lengths = new HashMap<>();
    private String drawn = "";
    private Optional<String> asking = Optional.empty();

    ClockCard(Decision decision) {
        super("Clock");
        this.decision = decision;
        setId("solve-clock");
        adjusted.getStyleClass().add("clock-adjusted");
        HBox times = new HBox(28, named("wall", wall), named("active", active), named("adjusted", adjusted));
        changes.getStyleClass().add("muted");
        changes.setWrapText(true);
        limit.setId("clock-limit");
        limit.setWrapText(true);
        setBody(times, limit, line, rows, changes);
    }

    private static Label time() {
        Label label = new Label();
        label.getStyleClass().addAll("machine-text", "clock-time");
        return label;
    }

    private static VBox named(String name, Label value) {
        Label word = new Label(name);
        word.getStyleClass().add("muted");
        value.setId("clock-" + name);
        return new VBox(word, value);
    }

    void show(SolveStatus status) {
        ClockReading clock = status.clock();
        Optional<ActiveLimit> most = LimitKeeper.of(status);
        setShown(clock.started() || most.isPresent());
        limit.setVisible(most.isPresent());
        limit.setManaged(most.isPresent());
        most.ifPresent(one -> show(one, status.state().over()));
        wall.setText(ClockText.hands(clock.wall()));
        active.setText(ClockText.hands(clock.active()));
        adjusted.setText(ClockText.hands(clock.adjusted()));
        line.show(clock);
        changes.setText(String.join("\n", clock.changes()));
        changes.setVisible(!clock.changes().isEmpty());
        changes.setManaged(!clock.changes().isEmpty());
        Set<String> open = new HashSet<>();
        clock.intervals().forEach(each -> open.add(each.id()));
        if (asking.isPresent() && !open.contains(asking.get())) {
            asking = Optional.empty();
        }
        String form = form(clock.intervals());
        if (!form.equals(drawn)) {
            drawn = form;
            draw(clock.intervals());
        }
        clock.intervals().forEach(each -> Optional.ofNullable(lengths.get(each.id()))
                .ifPresent(label -> label.setText(Formats.duration(each.length()))));
    }

    private void show(ActiveLimit most, boolean over) {
        limit.setText("limit " + ClockText.hands(most.limit()) + " of active time  ·  "
                + (most.reached()
                        ? "over by " + ClockText.hands(most.left().negated())
                        : ClockText.hands(most.left()) + " left"
                                + (over ? "" : "; then " + most.then().consequence())));
        limit.getStyleClass().removeIf(style -> style.startsWith("look-") || style.equals("muted"));
        limit.getStyleClass()
                .add(most.reached() ? "look-failed" : most.left().compareTo(SOON) <= 0 ? "look-changing" : "muted");
    }

    // All of them but what moves every second, so that nothing is drawn anew under the pointer.
    private String form(List<Interval> intervals) {
        StringBuilder form = new StringBuilder(asking.orElse(""));
        intervals.forEach(each -> form.append('|')
                .append(each.id())
                .append(each.open())
                .append(each.counted())
                .append(each.reason()));
        return form.toString();
    }

    private void draw(List<Interval> intervals) {
        lengths.clear();
        rows.getChildren().clear();
        for (Interval each : intervals) {
            rows.getChildren().add(row(each, intervals));
            if (asking.equals(Optional.of(each.id()))) {
                rows.getChildren().add(question(each, intervals));
            } else if (!each.reason().isEmpty()) {
                Label reason = new Label(
                        Texts.whole(each.reason()) + (each.by().isEmpty() ? "" : " · " + Texts.line(each.by())));
                reason.getStyleClass().addAll("muted", "clock-reason");
                reason.setWrapText(true);
                rows.getChildren().add(reason);
            }
        }
    }

    private HBox row(Interval each, List<Interval> intervals) {
        Label from = new Label(ClockText.place(each.from()));
        from.getStyleClass()
                .addAll(
                        "machine-text",
                        "clock-from",
                        "clock-from-" + each.kind().word());
        from.setMinWidth(Region.USE_PREF_SIZE);
        from.setTooltip(new Tooltip(Formats.exact(each.began())));
        Label what = new Label(words(each));
        what.setMinWidth(0);
        what.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(what, Priority.ALWAYS);
        Label length = new Label(Formats.duration(each.length()));
        length.getStyleClass().add("machine-text");
        length.setMinWidth(Region.USE_PREF_SIZE);
        lengths.put(each.id(), length);
        HBox row = new HBox(10, from, what, length, word(each, intervals));
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static String words(Interval each) {
        String detail = each.detail().isEmpty() ? "" : " · " + Texts.line(each.detail());
        return each.kind() == Interval.Kind.IDLE && each.open()
                ? "no key: was that work?"
                : each.kind().words() + detail;
    }

    private Node word(Interval each, List<Interval> intervals) {
        if (!each.decidable()) {
            Label never = new Label("not counted");
            never.getStyleClass().add("muted");
            never.setMinWidth(Region.USE_PREF_SIZE);
            return never;
        }
        Hyperlink link =
                new Hyperlink(!each.counted() ? "struck out" : each.reason().isEmpty() ? "strike out" : "kept");
        link.setId("decide-" + each.id());
        link.setMinWidth(Region.USE_PREF_SIZE);
        link.setTooltip(
                new Tooltip(each.counted() ? "Say that this was no work, and why" : "Count it after all, and say why"));
        link.setAccessibleText(link.getTooltip().getText() + ": " + each.kind().words());
        link.setOnAction(event -> {
            asking = asking.equals(Optional.of(each.id())) ? Optional.empty() : Optional.of(each.id());
            drawn = form(intervals);
            draw(intervals);
            asking.ifPresent(id -> rows.lookup("#reason").requestFocus());
        });
        return link;
    }

    private HBox question(Interval each, List<Interval> intervals) {
        TextField reason = new TextField();
        reason.setId("reason");
        reason.setPromptText(each.counted() ? "Why does it not count, or does it?" : "Why does it count?");
        reason.setAccessibleText(reason.getPromptText());
        HBox.setHgrow(reason, Priority.ALWAYS);
        Button done = new Button(each.counted() ? "Strike out" : "Count it");
        done.setId("decide");
        done.getStyleClass().add("quiet-button");
        done.disableProperty().bind(reason.textProperty().map(String::isBlank));
        Runnable decide = () -> {
            if (!reason.getText().isBlank()) {
                asking = Optional.empty();
                decision.decide(each.id(), !each.counted(), reason.getText().strip());
            }
        };
        done.setOnAction(event -> decide.run());
        reason.setOnAction(event -> decide.run());
        reason.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                asking = Optional.empty();
                drawn = form(intervals);
                draw(intervals);
                event.consume();
            }
        });
        HBox row = new HBox(8, reason, done);
        if (each.counted()) {
            // Who was asked, or expects to be, may want to say that it was work.
            Button keep = new Button("Keep");
            keep.setId("keep");
            keep.getStyleClass().add("quiet-button");
            keep.setMinWidth(Region.USE_PREF_SIZE);
            keep.disableProperty().bind(reason.textProperty().map(String::isBlank));
            keep.setOnAction(event -> {
                asking = Optional.empty();
                decision.decide(each.id(), true, reason.getText().strip());
            });
            row.getChildren().add(keep);
        }
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
