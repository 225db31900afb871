package dev.corral.console.shared;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;

/** How a state looks: a shape and the style class that gives its colour. The word comes with the state. */
public enum StateStyle {
    /** Up and usable. */
    READY("look-ready", MaterialDesignC.CIRCLE),
    /** On its way to another state. */
    CHANGING("look-changing", MaterialDesignC.CIRCLE_HALF_FULL),
    /** Something failed. */
    FAILED("look-failed", MaterialDesignC.CLOSE_THICK),
    /** Nobody's any more. */
    STRAY("look-stray", MaterialDesignT.TRIANGLE_OUTLINE),
    /** Waiting, off or unknown. */
    OFF("look-off", MaterialDesignC.CIRCLE_OUTLINE),
    /** Kept by a person. */
    PINNED("look-pinned", MaterialDesignR.RHOMBUS),
    /** Nothing to say: plain muted text without a shape. */
    QUIET("look-off", null);

    private final String styleClass;
    private final @Nullable Ikon shape;

    StateStyle(String styleClass, @Nullable Ikon shape) {
        this.styleClass = styleClass;
        this.shape = shape;
    }

    /** The style class that colours word and shape. */
    public String styleClass() {
        return styleClass;
    }

    /** The shape; null for {@link #QUIET}. */
    public @Nullable Ikon shape() {
        return shape;
    }
}
