package dev.corral.console.solve;

import dev.corral.console.shared.Card;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

/** What happened in a session, and how it ended. */
final class StoryCard extends Card {
    private static final int MOST = 200;

    private final GridPane grid = Card.pairs();
    private final Label result = new Label();
    private List<SolveEntry> shown = List.of();
    private String told = "";

    StoryCard() {
        super("Session");
        setId("solve-story");
        result.setWrapText(true);
        setBody(grid, result);
    }

    void show(SolveStatus status) {
        String now = result(status);
        if (!now.equals(told)) {
            told = now;
            result.setText(now);
        }
        result.setVisible(!now.isEmpty());
        result.setManaged(!now.isEmpty());
        List<SolveEntry> story = status.story().story();
        if (story.equals(shown)) {
            return;
        }
        shown = story;
        grid.getChildren().clear();
        Optional<Instant> first = story.stream()
                .filter(entry -> entry.kind() == EntryKind.START)
                .findFirst()
                .map(SolveEntry::at);
        int row = 0;
        for (SolveEntry entry : story.subList(Math.max(0, story.size() - MOST), story.size())) {
            Label at = new Label(first.map(start -> Duration.between(start, entry.at()))
                    .filter(since -> !since.isNegative())
                    .map(ClockText::place)
                    .orElse(""));
            at.getStyleClass().addAll("machine-text", "muted");
            at.setMinWidth(Region.USE_PREF_SIZE);
            at.setTooltip(new Tooltip(Formats.exact(entry.at())));
            Label words = new Label(Texts.block(ClockText.words(entry)));
            words.setWrapText(true);
            words.setMinWidth(0);
            if (ClockText.wrong(entry)) {
                words.getStyleClass().add("look-failed");
            }
            GridPane.setValignment(at, VPos.TOP);
            grid.addRow(row++, at, words);
        }
    }

    private static String result(SolveStatus status) {
        String scores = new TreeMap<>(status.story().result())
                .entrySet().stream()
                        .filter(fact -> fact.getKey().startsWith("score:"))
                        .map(fact -> Texts.line(fact.getKey().substring("score:".length())) + ": "
                                + Texts.line(fact.getValue()))
                        .collect(Collectors.joining("  ·  "));
        String log = status.story().log().isEmpty() || !status.state().over()
                ? ""
                : (scores.isEmpty() ? "" : "\n") + "Log: "
                        + Texts.line(status.story().log());
        return scores + log;
    }
}
