package dev.corral.console;

import java.util.List;
import javafx.scene.image.Image;

/** The icon of the window and the task bar. */
final class AppIcon {
    private static final List<Integer> SIZES = List.of(32, 64, 128);

    private AppIcon() {}

    static List<Image> all() {
        return SIZES.stream()
                .map(size -> new Image(
                        AppIcon.class.getResource("icon-" + size + ".png").toExternalForm()))
                .toList();
    }
}
