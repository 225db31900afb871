package dev.corral.console.sandboxes;

import java.util.Optional;

/**
 * The row that is chosen when the window opens: that of the last window, or as long as it is not there the uppermost one. Whoever chooses
 * by himself is left alone from then on. For the FX thread.
 */
final class FirstChoice {
    private final SandboxTree tree;
    private Optional<String> wanted = Optional.empty();
    private Optional<String> standIn = Optional.empty();

    FirstChoice(SandboxTree tree) {
        this.tree = tree;
    }

    /** Says which row was chosen in the last window. */
    void remember(Optional<String> row) {
        wanted = row;
    }

    /**
     * There are rows, perhaps new ones.
     *
     * @param loading whether task files are being read, so that more will come
     */
    void look(boolean loading) {
        if (standIn.isEmpty()) {
            tree.getSelectionModel().selectFirst();
            standIn = chosen();
        }
        if (wanted.isEmpty()) {
            return;
        }
        if (!chosen().equals(standIn) || tree.chooseAgain(wanted.get()) || !loading) {
            wanted = Optional.empty();
        }
    }

    private Optional<String> chosen() {
        return tree.chosen().get().map(Row::key);
    }
}
