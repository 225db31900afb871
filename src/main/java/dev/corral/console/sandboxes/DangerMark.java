package dev.corral.console.sandboxes;

import atlantafx.base.theme.Styles;
import javafx.scene.control.Control;
import org.controlsfx.validation.Severity;
import org.controlsfx.validation.ValidationMessage;
import org.controlsfx.validation.decoration.ValidationDecoration;

/**
 * Marks a field that is filled in wrongly as the theme marks danger. ControlsFX's own marks are pictures on a pane that it puts in
 * place of the scene's root, which carries our colours.
 */
final class DangerMark implements ValidationDecoration {

    @Override
    public void removeDecorations(Control target) {
        target.pseudoClassStateChanged(Styles.STATE_DANGER, false);
    }

    @Override
    public void applyValidationDecoration(ValidationMessage message) {
        message.getTarget().pseudoClassStateChanged(Styles.STATE_DANGER, message.getSeverity() == Severity.ERROR);
    }

    @Override
    public void applyRequiredDecoration(Control target) {
        // The dialog has no field that must be filled in.
    }
}
