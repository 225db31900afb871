package dev.corral.console.shared;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** Makes icons. Their colour comes from style classes, since the theme overrides colours set in code. */
public final class Icons {
    private Icons() {}

    /** An icon in the colour of muted text, with further style classes. */
    public static FontIcon of(Ikon ikon, String... styleClasses) {
        FontIcon icon = FontIcon.of(ikon);
        icon.getStyleClass().add("icon");
        icon.getStyleClass().addAll(styleClasses);
        return icon;
    }
}
