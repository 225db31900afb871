package dev.corral.console.solve.rating;

import dev.corral.console.table.TextDisplay;
import dev.corral.core.solve.rubric.Standing;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/** The samples of a rating by their letters. For the FX thread. */
final class RatingTable extends TableView<Standing> {
    private static final double ROW_PX = 28;

    private Optional<RatingView> view = Optional.empty();
    private boolean showing;

    /** @param chosen gets the letter that a person chooses */
    RatingTable(Consumer<String> chosen) {
        setId("rating-table");
        getStyleClass().addAll("strays-table", "rating-table");
        setAccessibleText("Samples that are rated");
        setFixedCellSize(ROW_PX);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        getColumns().add(text("Sample", 70, Standing::letter, "name-text-cell"));
        getColumns().add(text("Points", 80, RatingRules::points, "quiet-cell"));
        getColumns()
                .add(text(
                        "State",
                        80,
                        one -> view.map(shown -> RatingRules.state(shown, one)).orElse(""),
                        "quiet-cell"));
        getSelectionModel().selectedItemProperty().addListener((all, before, now) -> {
            if (!showing && now != null) {
                chosen.accept(now.letter());
            }
        });
    }

    /** Shows how far the samples are, this one chosen. */
    void show(RatingView rating, Optional<String> letter) {
        showing = true;
        view = Optional.of(rating);
        if (!rating.standings().equals(getItems())) {
            getItems().setAll(rating.standings());
        }
        List<String> letters = rating.standings().stream().map(Standing::letter).toList();
        int at = letter.map(letters::indexOf).orElse(-1);
        if (at >= 0 && getSelectionModel().getSelectedIndex() != at) {
            getSelectionModel().clearAndSelect(at);
            scrollTo(Math.max(0, at - 3));
        }
        showing = false;
    }

    private static TableColumn<Standing, Standing> text(
            String title, double width, Function<Standing, String> text, String style) {
        TableColumn<Standing, Standing> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setReorderable(false);
        column.setSortable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(made -> new TextCell(text, style));
        return column;
    }

    private static final class TextCell extends TableCell<Standing, Standing> {
        private final Function<Standing, String> text;
        private final TextDisplay display;

        TextCell(Function<Standing, String> text, String style) {
            this.text = text;
            this.display = new TextDisplay(this, style);
        }

        @Override
        protected void updateItem(@Nullable Standing one, boolean empty) {
            super.updateItem(one, empty);
            display.show(empty || one == null ? "" : text.apply(one));
        }
    }
}
