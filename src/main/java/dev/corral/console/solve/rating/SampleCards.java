package dev.corral.console.solve.rating;

import dev.corral.console.shared.Card;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.MarkdownNodes;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.rubric.Blind;
import dev.corral.core.solve.rubric.RatingEntry;
import dev.corral.core.solve.rubric.Rubric.Criterion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** One sample as who rates it sees it, and the form of its points. For the FX thread. */
final class SampleCards extends VBox {
    private static final int MOST_HISTORY = 60;
    /** So many steps are drawn at once; whoever wants more asks for them. */
    private static final int STEPS = 40;

    private static final int LONGEST_STEP = 4_000;

    private final CriterionForm.Give give;
    private final Card who = new Card("Solved by");
    private final Card task = new Card("Task");
    private final Card done = new Card("What was done");
    private final Card answer = new Card("Answer");
    private final Card points = new Card("Points");
    private final Card history = new Card("History");
    private final Label whoText = new Label();
    private List<CriterionForm> forms = List.of();
    private final Map<String, List<CriterionForm>> typed = new HashMap<>();
    private String shown = "";
    private @Nullable Blind drawn;

    SampleCards(CriterionForm.Give give) {
        super(12);
        this.give = give;
        setId("rating-sample");
        getStyleClass().add("solve-begin");
        setMaxWidth(960);
        whoText.setId("rating-who");
        whoText.setWrapText(true);
        who.setBody(whoText);
        getChildren().addAll(who, task, answer, points, done, history);
    }

    /**
     * Shows a sample of a rating; what is typed stays with its sample.
     *
     * @return whether it is another one than before
     */
    boolean show(RatingView view, String letter, Blind blind) {
        String key = view.id() + " " + letter;
        boolean other = !key.equals(shown);
        if (other) {
            if (forms.stream().anyMatch(CriterionForm::typed)) {
                typed.put(shown, forms);
            }
            shown = key;
            List<CriterionForm> before = typed.remove(key);
            forms = before != null
                    ? before
                    : view.rating().rubric().criteria().stream()
                            .map(criterion -> new CriterionForm(criterion, give))
                            .toList();
            List<Node> body = new ArrayList<>();
            if (!view.rating().rubric().instructions().isBlank()) {
                body.add(words(view.rating().rubric().instructions(), "muted"));
            }
            body.addAll(forms);
            points.setBody(body.toArray(Node[]::new));
        }
        if (!blind.equals(drawn)) {
            drawn = blind;
            task.setBody(MarkdownNodes.of(Texts.block(blind.task())));
            answer.setBody(words(blind.answer().isEmpty() ? "None was given." : blind.answer(), ""));
            steps(blind, STEPS);
        }
        String solver = view.who(letter);
        who.setShown(!solver.isEmpty());
        whoText.setText(Texts.line(solver));
        List<Criterion> criteria = view.rating().rubric().criteria();
        for (int i = 0; i < forms.size(); i++) {
            String name = criteria.get(i).name();
            forms.get(i)
                    .show(view.standing(letter)
                            .flatMap(one -> Optional.ofNullable(one.given().get(name))));
        }
        history(view, letter);
        return other;
    }

    /** Whether points can't be given now. */
    void busy(boolean now) {
        forms.forEach(form -> form.busy(now));
    }

    private void steps(Blind blind, int most) {
        List<Node> body = new ArrayList<>();
        List<Blind.Step> steps = blind.steps();
        for (Blind.Step step : steps.subList(0, Math.min(most, steps.size()))) {
            body.add(code("$ " + cut(step.entered()), "rating-entered"));
            if (!step.shown().isBlank()) {
                body.add(code(cut(step.shown()), "rating-shown"));
            }
        }
        if (steps.isEmpty()) {
            body.add(words("No commands are known.", "muted"));
        } else if (steps.size() > most) {
            Button more = new Button("Show more of " + Formats.count(steps.size(), "command", "commands"));
            more.getStyleClass().add("quiet-button");
            more.setOnAction(event -> steps(blind, most + STEPS));
            body.add(more);
        } else if (blind.more()) {
            body.add(words("More was done than is shown.", "muted"));
        }
        done.setBody(body.toArray(Node[]::new));
    }

    // Wrapped text is laid out as a whole, however little of it is seen.
    private static String cut(String text) {
        String plain = Texts.block(text);
        return plain.length() <= LONGEST_STEP
                ? plain
                : plain.substring(0, LONGEST_STEP) + "… " + (plain.length() - LONGEST_STEP) + " characters more";
    }

    private void history(RatingView view, String letter) {
        List<RatingEntry> entries = view.history().stream()
                .filter(entry -> entry.letter().equals(letter) || entry.letter().isEmpty())
                .toList()
                .reversed();
        history.setShown(!entries.isEmpty());
        history.setBody(entries.stream()
                .limit(MOST_HISTORY)
                .map(entry -> words(RatingRules.told(entry), "muted"))
                .toArray(Node[]::new));
    }

    private static Label words(String text, String style) {
        Label label = new Label(Texts.block(text));
        if (!style.isEmpty()) {
            label.getStyleClass().add(style);
        }
        label.setWrapText(true);
        return label;
    }

    private static Label code(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().addAll("machine-text", "solve-code", style);
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }

    /** The first field of the form. */
    Node focus() {
        return Objects.requireNonNullElse(
                forms.isEmpty() ? null : forms.getFirst().lookup(".text-field"), this);
    }
}
