package dev.corral.console.editor;

import dev.corral.console.fx.Background;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.BoundingBox;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.event.MouseOverTextEvent;
import org.fxmisc.richtext.model.TwoDimensional;

/** What the mouse rests on: what is wrong there, with the way to mend it, and what the word means. For the FX thread. */
final class HoverCard {
    private static final java.time.Duration REST = java.time.Duration.ofMillis(450);
    private static final double WIDTH_PX = 420;

    private final CodeArea area;
    private final CandidateList.Floating floating;
    private final Marks marks;
    private final Supplier<EditorHelp> help;
    private final VBox card = new VBox(6);
    private int asked;

    HoverCard(CodeArea area, CandidateList.Floating floating, Marks marks, Supplier<EditorHelp> help) {
        this.area = area;
        this.floating = floating;
        this.marks = marks;
        this.help = help;
        card.setId("hover-card");
        card.getStyleClass().add("hover-card");
        card.setMaxWidth(WIDTH_PX);
        area.setMouseOverTextDelay(REST);
        area.addEventHandler(MouseOverTextEvent.MOUSE_OVER_TEXT_BEGIN, this::begin);
        area.addEventHandler(MouseOverTextEvent.MOUSE_OVER_TEXT_END, event -> {
            if (!card.isHover()) {
                close();
            }
        });
        card.setOnMouseExited(event -> close());
        area.caretPositionProperty().addListener((all, before, now) -> close());
    }

    void close() {
        asked++;
        floating.hide(card);
    }

    private void begin(MouseOverTextEvent event) {
        int number = ++asked;
        int offset = event.getCharacterIndex();
        String text = area.getText();
        EditorHelp asking = help.get();
        BoundingBox beside = new BoundingBox(
                event.getScreenPosition().getX(), event.getScreenPosition().getY() - 10, 1, 20);
        Background.run(
                "hover",
                () -> asking.hover(text, offset),
                found -> {
                    if (number == asked && area.getLength() >= offset) {
                        show(offset, found, beside);
                    }
                },
                Problem::of);
    }

    private void show(int offset, Optional<String> meaning, BoundingBox beside) {
        TwoDimensional.Position place = area.offsetToPosition(offset, TwoDimensional.Bias.Forward);
        String line = area.getParagraph(place.getMajor()).getText();
        card.getChildren().clear();
        List<Mark> here = new ArrayList<>(marks.at(place.getMajor()));
        here.removeIf(mark -> {
            int[] range = Marks.range(mark, line);
            return place.getMinor() < range[0] || place.getMinor() > range[1];
        });
        here.forEach(mark -> {
            card.getChildren().add(label(mark.message(), "hover-problem"));
            if (!mark.nextStep().isEmpty()) {
                card.getChildren().add(label(mark.nextStep(), "muted"));
            }
            if (area.isEditable()) {
                mark.fix().ifPresent(fix -> card.getChildren().add(button(mark, line, fix)));
            }
        });
        meaning.ifPresent(words -> card.getChildren().add(label(words, "hover-meaning")));
        if (!card.getChildren().isEmpty()) {
            floating.show(card, beside);
        }
    }

    private Button button(Mark mark, String line, String fix) {
        Button button = new Button("Write " + Texts.line(fix));
        button.getStyleClass().add("quiet-button");
        button.setOnAction(event -> {
            int[] range = Marks.range(mark, line);
            int number = mark.line() - 1;
            close();
            // The line may have changed since it was looked at.
            if (number < area.getParagraphs().size()
                    && area.getParagraph(number).getText().equals(line)) {
                area.replaceText(number, range[0], number, range[1], fix);
            }
            area.requestFocus();
        });
        return button;
    }

    private static Label label(String text, String styleClass) {
        Label label = new Label(Texts.block(text));
        label.getStyleClass().add(styleClass);
        label.setWrapText(true);
        label.setMaxWidth(WIDTH_PX - 24);
        return label;
    }
}
