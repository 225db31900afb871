package dev.corral.console.editor;

import javafx.geometry.Bounds;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/** A layer over the text: what floats in it stands below the place that it explains, or above where there is more room. */
final class FloatingPane extends Pane implements CandidateList.Floating {
    private static final double GAP = 3;

    FloatingPane() {
        setPickOnBounds(false);
        setMinSize(0, 0);
    }

    @Override
    public void show(Region what, Bounds beside) {
        if (!getChildren().contains(what)) {
            what.setManaged(false);
            getChildren().add(what);
        }
        what.applyCss();
        Bounds place = screenToLocal(beside);
        double width = Math.min(what.prefWidth(-1), Math.max(0, getWidth() - 2 * GAP));
        if (what.getMaxWidth() > 0) {
            width = Math.min(width, what.getMaxWidth());
        }
        double wanted = what.prefHeight(width);
        double below = getHeight() - place.getMaxY() - 2 * GAP;
        double above = place.getMinY() - 2 * GAP;
        boolean under = wanted <= below || below >= above;
        double height = Math.min(wanted, Math.max(0, under ? below : above));
        double x = Math.max(GAP, Math.min(place.getMinX(), getWidth() - width - GAP));
        what.resizeRelocate(x, under ? place.getMaxY() + GAP : place.getMinY() - GAP - height, width, height);
    }

    @Override
    public void hide(Region what) {
        getChildren().remove(what);
    }

    @Override
    public boolean shows(Region what) {
        return getChildren().contains(what);
    }
}
