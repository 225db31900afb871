package dev.corral.console.vagrantfile.boot;

import dev.corral.console.fx.Threads;
import dev.corral.console.shared.Texts;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the serial console of a machine whose boot hangs or failed, and a picture of its screen. For the FX thread. */
public final class BootPane extends VBox {
    private static final double MOST_WIDTH_PX = 1280;
    private static final double LEAST_HEIGHT_PX = 110;

    private final BootModel model;
    private final Label heading = new Label();
    private final Button take = new Button("Picture of the screen");
    private final Button other = new Button();
    private final TextArea text = new TextArea();
    private final ImageView image = new ImageView();
    private final ScrollPane picture = new ScrollPane(image);
    private byte @Nullable [] drawn;
    private boolean pictureWanted;

    /**
     * @param pictures takes pictures of screens
     * @param failed   told why one could not be had
     */
    public BootPane(BootModel.Pictures pictures, Consumer<Throwable> failed) {
        super(5);
        setId("boot-pane");
        getStyleClass().add("boot-pane");
        model = new BootModel(Threads.WINDOW, pictures, failed, this::draw);
        heading.getStyleClass().add("section-title");
        heading.setMinWidth(0);
        heading.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(heading, Priority.ALWAYS);
        take.setId("boot-picture");
        take.getStyleClass().addAll("quiet-button", "step-button");
        take.setMinWidth(Region.USE_PREF_SIZE);
        take.setOnAction(event -> takePicture());
        other.setId("boot-other");
        other.setText("Picture");
        other.getStyleClass().addAll("quiet-button", "step-button");
        other.setMinWidth(Region.USE_PREF_SIZE);
        other.setOnAction(event -> {
            pictureWanted = !pictureWanted;
            draw();
        });
        HBox head = new HBox(8, heading, other, take);
        head.setAlignment(Pos.CENTER_LEFT);
        text.setId("boot-console");
        text.setEditable(false);
        text.getStyleClass().add("machine-area");
        text.setAccessibleText("What the serial console shows");
        picture.setId("boot-screen");
        picture.setPannable(true);
        picture.setMinHeight(0);
        image.setPreserveRatio(true);
        image.setAccessibleText("The machine's screen");
        StackPane body = new StackPane(text, picture);
        body.setMinHeight(LEAST_HEIGHT_PX);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(head, body);
        managedProperty().bind(visibleProperty());
        setMinHeight(Region.USE_PREF_SIZE);
        draw();
    }

    /** Shows a boot, or nothing; called again and again, it shows what has come meanwhile. */
    public void show(Optional<BootSight> sight) {
        model.look(sight);
    }

    /** Takes a picture of the screen and shows it; does nothing where there is no machine. */
    public void takePicture() {
        pictureWanted = true;
        model.takePicture();
    }

    private void draw() {
        setVisible(model.shown());
        if (!model.shown()) {
            pictureWanted = false;
            return;
        }
        heading.setText(Texts.line(model.heading()));
        boolean hasPicture = model.picture().isPresent();
        boolean showPicture = hasPicture && (pictureWanted || model.text().isEmpty());
        picture.setVisible(showPicture);
        text.setVisible(!showPicture);
        other.setVisible(hasPicture && !model.text().isEmpty());
        other.setManaged(other.isVisible());
        other.setText(showPicture ? "Text" : "Picture");
        take.setVisible(model.sight().flatMap(BootSight::machine).isPresent());
        take.setManaged(take.isVisible());
        take.setDisable(!model.mayTakePicture());
        String shown = model.text().isEmpty() ? model.placeholder() : Texts.block(model.text());
        if (!shown.equals(text.getText())) {
            text.setText(shown);
            // What it printed last matters most, and of a line its beginning.
            text.positionCaret(shown.lastIndexOf('\n') + 1);
            text.setScrollTop(Double.MAX_VALUE);
        }
        model.picture().ifPresent(this::drawPicture);
    }

    @SuppressWarnings("ReferenceEquality") // The same picture, not one that looks the same.
    private void drawPicture(byte[] png) {
        if (png != drawn) {
            drawn = png;
            Image made = new Image(new ByteArrayInputStream(png));
            image.setImage(made);
            image.setFitWidth(Math.min(MOST_WIDTH_PX, made.getWidth()));
        }
    }
}
