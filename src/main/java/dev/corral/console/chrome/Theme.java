package dev.corral.console.chrome;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.corral.console.fx.FxThread;
import dev.corral.console.settings.ThemeChoice;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/** The window's colours: light or dark, by choice or as the system has it. */
public final class Theme {
    private static final String DARK = "corral-dark";
    private static final String LIGHT = "corral-light";
    private static final List<String> SANS =
            List.of("Inter", "Inter Variable", "Segoe UI", "SF Pro Text", "Cantarell", "Adwaita Sans", "Noto Sans");
    private static final List<String> MONO = List.of("JetBrains Mono", "Cascadia Mono", "SF Mono", "DejaVu Sans Mono");

    private final Scene scene;
    private final Consumer<Boolean> changed;
    private ThemeChoice choice = ThemeChoice.SYSTEM;

    /**
     * @param scene   the window's scene
     * @param changed is told whether it is dark now
     */
    public Theme(Scene scene, Consumer<Boolean> changed) {
        this.scene = scene;
        this.changed = changed;
        scene.getStylesheets()
                .add(Theme.class.getResource("/dev/corral/console/corral.css").toExternalForm());
        fonts(scene.getRoot());
        Platform.getPreferences().colorSchemeProperty().addListener((all, before, scheme) -> FxThread.run(this::apply));
    }

    // A style sheet names one family only, so the choice among those installed is made here.
    private static void fonts(Parent root) {
        Set<String> families = Set.copyOf(Font.getFamilies());
        String sans = SANS.stream().filter(families::contains).findFirst().orElse("System");
        String mono = MONO.stream().filter(families::contains).findFirst().orElse("Monospaced");
        boolean wide = sans.equals("System") && Font.getDefault().getFamily().startsWith("DejaVu");
        root.setStyle("-fx-font-family: '" + sans + "'; -fx-font-size: " + (wide ? "12px" : "13px") + ";");
        root.getStyleClass()
                .add(
                        mono.equals("JetBrains Mono")
                                ? "mono-jetbrains"
                                : mono.equals("DejaVu Sans Mono") ? "mono-dejavu" : "mono-system");
    }

    /** Uses these colours from now on. */
    public void choose(ThemeChoice newChoice) {
        choice = newChoice;
        apply();
    }

    /** The choice in force. */
    public ThemeChoice choice() {
        return choice;
    }

    /** Whether it is dark now. */
    public boolean dark() {
        return switch (choice) {
            case DARK -> true;
            case LIGHT -> false;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
    }

    private void apply() {
        boolean dark = dark();
        Application.setUserAgentStylesheet((dark ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
        scene.getRoot().getStyleClass().removeAll(DARK, LIGHT);
        scene.getRoot().getStyleClass().add(dark ? DARK : LIGHT);
        changed.accept(dark);
    }
}
