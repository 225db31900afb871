package dev.corral.console.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the window remembers between runs.
 *
 * @param x         left edge in screen coordinates
 * @param y         upper edge
 * @param width     width
 * @param height    height
 * @param maximized whether it fills the screen
 * @param theme     the colours
 * @param details   where the details began, 0 to 1, in a file older than the memory of pages; only read
 * @param dock      where the dock begins, 0 to 1
 * @param dockOpen  whether the dock is unfolded
 * @param pages     what each page wants to be remembered, by its id; also of pages that this version does not have
 */
public record WindowState(
        double x,
        double y,
        double width,
        double height,
        boolean maximized,
        ThemeChoice theme,

        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        double details,

        double dock,
        boolean dockOpen,
        Map<String, PageMemory> pages) {
    /** Least width of the window. */
    public static final double MIN_WIDTH = 760;
    /** Least height of the window. */
    public static final double MIN_HEIGHT = 480;

    private static final double GRIP = 80;

    /** Fills what is absent or makes no sense. */
    public WindowState {
        theme = Objects.requireNonNullElse(theme, ThemeChoice.SYSTEM);
        dock = sane(dock, 0.58);
        Map<String, PageMemory> some = new HashMap<>();
        if (pages != null) {
            pages.forEach((id, memory) -> some.put(id, Objects.requireNonNullElseGet(memory, PageMemory::nothing)));
        }
        pages = Map.copyOf(some);
    }

    private static double sane(double position, double otherwise) {
        return position > 0.05 && position < 0.95 ? position : otherwise;
    }

    /**
     * A rectangle of a screen on which windows may lie.
     *
     * @param x      left edge
     * @param y      upper edge
     * @param width  width
     * @param height height
     */
    public record Area(double x, double y, double width, double height) {}

    /** The state of a first start on a screen. */
    public static WindowState first(Area screen) {
        double width = Math.min(1440, screen.width() * 0.92);
        double height = Math.min(900, screen.height() * 0.92);
        return new WindowState(
                screen.x() + (screen.width() - width) / 2,
                screen.y() + (screen.height() - height) / 2,
                width,
                height,
                false,
                ThemeChoice.SYSTEM,
                0,
                0,
                false,
                Map.of());
    }

    /** The same within the screens there are: a screen may have gone, or a window be larger than any. */
    public WindowState on(List<Area> screens) {
        for (Area screen : screens) {
            boolean gripInside = x + width - GRIP > screen.x()
                    && x + GRIP < screen.x() + screen.width()
                    && y >= screen.y()
                    && y + GRIP / 2 < screen.y() + screen.height();
            if (gripInside) {
                return sized(Math.min(width, screen.width()), Math.min(height, screen.height()), x, y);
            }
        }
        WindowState first = first(screens.getFirst());
        double newWidth =
                Math.min(Math.max(width, MIN_WIDTH), screens.getFirst().width());
        double newHeight =
                Math.min(Math.max(height, MIN_HEIGHT), screens.getFirst().height());
        return sized(newWidth, newHeight, first.x(), first.y());
    }

    private WindowState sized(double newWidth, double newHeight, double newX, double newY) {
        return new WindowState(
                newX,
                newY,
                Math.max(newWidth, MIN_WIDTH),
                Math.max(newHeight, MIN_HEIGHT),
                maximized,
                theme,
                details,
                dock,
                dockOpen,
                pages);
    }

    /** What is remembered of a page. */
    public PageMemory page(String id) {
        return pages.getOrDefault(id, new PageMemory(List.of(), "", Map.of(), details));
    }
}
