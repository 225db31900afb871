package dev.corral.core.recording.screen;

/** The columns that a tab leads to. */
final class Tabs {
    private static final int USUAL = 8;

    private Tabs() {}

    /** Every eighth one. */
    static boolean[] usual(int columns) {
        boolean[] tabs = new boolean[columns];
        for (int i = USUAL; i < columns; i += USUAL) {
            tabs[i] = true;
        }
        return tabs;
    }

    /** Where so many tabs lead to from a column. */
    static int next(boolean[] tabs, int column, int times) {
        int x = column;
        for (int i = 0; i < times && x < tabs.length - 1; i++) {
            do {
                x++;
            } while (x < tabs.length - 1 && !tabs[x]);
        }
        return x;
    }

    /** Where so many tabs back lead to from a column. */
    static int previous(boolean[] tabs, int column, int times) {
        int x = column;
        for (int i = 0; i < times && x > 0; i++) {
            do {
                x--;
            } while (x > 0 && !tabs[x]);
        }
        return x;
    }
}
