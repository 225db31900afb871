package dev.corral.console.solve.golden;

import dev.corral.console.shared.Card;
import dev.corral.console.shared.StateLabel;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.golden.Divergence;
import dev.corral.core.solve.golden.GoldenCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;

/** How a check of a golden run ended: what was expected and seen side by side where it went another way. For the FX thread. */
final class GoldenResult extends Card {
    private static final int MOST_LINES = 20;
    private static final int LAST_TOLD = 6;

    private final StateLabel verdict = new StateLabel();

    GoldenResult() {
        super("Result");
        setId("golden-result");
        verdict.setId("golden-verdict");
        verdict.setWrapText(true);
    }

    void show(GoldenState state) {
        setShown(state.phase().over() || state.phase() == GoldenState.Phase.UNREADABLE);
        List<Node> nodes = new ArrayList<>();
        if (state.phase().over()) {
            verdict.show(GoldenText.look(state.phase()), GoldenText.words(state));
            nodes.add(verdict);
        }
        state.problem().ifPresent(problem -> {
            nodes.add(text(problem.sentence()));
            if (!problem.nextStep().isEmpty()) {
                nodes.add(muted(problem.nextStep()));
            }
            if (!problem.details().isEmpty()) {
                nodes.add(code(problem.details()));
            }
        });
        Optional<GoldenCheck.Result> result = state.result();
        result.flatMap(GoldenCheck.Result::divergence).ifPresent(one -> nodes.addAll(divergence(one)));
        result.ifPresent(one -> GoldenText.facts(one).forEach(fact -> nodes.add(muted(fact))));
        if (result.isEmpty() && state.phase().over() && !state.told().isEmpty()) {
            List<String> told = state.told();
            nodes.add(muted("What happened last:"));
            nodes.add(code(told.subList(Math.max(0, told.size() - LAST_TOLD), told.size()).stream()
                    .map(Texts::line)
                    .collect(Collectors.joining("\n"))));
        }
        setBody(nodes.toArray(Node[]::new));
    }

    private static List<Node> divergence(Divergence one) {
        List<Node> nodes = new ArrayList<>();
        nodes.add(code(Texts.line(one.command())));
        nodes.add(text(GoldenText.what(one)));
        GridPane sides = new GridPane();
        sides.setHgap(12);
        sides.setVgap(4);
        for (int i = 0; i < 2; i++) {
            ColumnConstraints half = new ColumnConstraints();
            half.setPercentWidth(50);
            sides.getColumnConstraints().add(half);
        }
        Label expected = code(GoldenText.shown(one.expected()));
        expected.setId("golden-expected");
        Label seen = code(GoldenText.shown(one.seen()));
        seen.setId("golden-seen");
        seen.getStyleClass().add("golden-other");
        sides.addRow(0, muted("expected"), muted("seen"));
        sides.addRow(1, expected, seen);
        nodes.add(sides);
        if (!one.output().isEmpty()) {
            int more = one.output().size() - MOST_LINES;
            nodes.add(muted("All that it showed:"));
            nodes.add(code(
                    one.output().stream().limit(MOST_LINES).map(Texts::line).collect(Collectors.joining("\n"))
                            + (more > 0 ? "\nand " + more + " lines more" : "")));
        }
        return nodes;
    }

    private static Label text(String words) {
        Label label = new Label(words);
        label.setWrapText(true);
        label.setMinWidth(0);
        return label;
    }

    private static Label muted(String words) {
        Label label = text(words);
        label.getStyleClass().add("muted");
        return label;
    }

    private static Label code(String words) {
        Label label = text(words);
        label.getStyleClass().addAll("machine-text", "solve-code");
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }
}
