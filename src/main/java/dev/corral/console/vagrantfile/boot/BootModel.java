package dev.corral.console.vagrantfile.boot;

import dev.corral.console.fx.Threads;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.MachineView;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** What is known of the boot that is looked at. Reads files beside the window's thread; used on that. */
public final class BootModel {
    private final Threads threads;
    private final Pictures pictures;
    private final Consumer<Throwable> failed;
    private final Runnable changed;
    private Optional<BootSight> sight = Optional.empty();
    private String text = "";
    private Optional<byte[]> picture = Optional.empty();
    private boolean kept;
    private boolean done;
    private boolean reading;
    private boolean taking;
    private int turn;

    /** Takes pictures of screens. */
    @FunctionalInterface
    public interface Pictures {
        /**
         * A PNG of what a machine shows now. Blocks.
         *
         * @throws ExpectedFailure if there is none
         */
        byte[] take(MachineView machine);
    }

    /**
     * @param threads  where files are read
     * @param pictures takes pictures of screens
     * @param failed   told why a picture could not be had
     * @param changed  told when something else is to be shown
     */
    public BootModel(Threads threads, Pictures pictures, Consumer<Throwable> failed, Runnable changed) {
        this.threads = threads;
        this.pictures = pictures;
        this.failed = failed;
        this.changed = changed;
    }

    /** Looks at this boot, or with none at nothing; called again and again, it reads what has come meanwhile. */
    public void look(Optional<BootSight> wanted) {
        boolean same = wanted.map(BootSight::files).equals(sight.map(BootSight::files));
        boolean over = same
                && sight.filter(BootSight::live).isPresent()
                && wanted.filter(BootSight::live).isEmpty();
        sight = wanted;
        if (!same) {
            turn++;
            text = "";
            picture = Optional.empty();
            kept = false;
            done = false;
            reading = false;
            changed.run();
        }
        done &= !over;
        if (over) {
            changed.run();
        }
        if (wanted.isPresent() && !reading && !done) {
            read(wanted.get());
        }
    }

    private record Found(Optional<String> text, Optional<byte[]> picture) {}

    private void read(BootSight of) {
        int now = turn;
        reading = true;
        background(
                () -> new Found(
                        of.files().consoleText(),
                        of.live() || kept ? Optional.empty() : of.files().pictureBytes()),
                found -> {
                    if (now != turn) {
                        return;
                    }
                    reading = false;
                    // What is over is read once.
                    done = !of.live();
                    boolean news =
                            found.text().isPresent() && !found.text().get().equals(text);
                    found.text().ifPresent(shown -> text = shown);
                    if (found.picture().isPresent() && !kept) {
                        kept = true;
                        picture = found.picture();
                        news = true;
                    }
                    if (news) {
                        changed.run();
                    }
                },
                failure -> {
                    if (now == turn) {
                        reading = false;
                        done = !of.live();
                    }
                });
    }

    /** Takes a picture of the screen as it is now. */
    public void takePicture() {
        Optional<MachineView> machine = sight.flatMap(BootSight::machine);
        if (machine.isEmpty() || taking) {
            return;
        }
        int now = turn;
        taking = true;
        changed.run();
        background(
                () -> pictures.take(machine.get()),
                taken -> {
                    taking = false;
                    if (now == turn) {
                        picture = Optional.of(taken);
                    }
                    changed.run();
                },
                failure -> {
                    taking = false;
                    changed.run();
                    failed.accept(failure);
                });
    }

    private <T> void background(Callable<T> work, Consumer<T> done, Consumer<Throwable> wrong) {
        threads.background("boot-sight", work, done, wrong);
    }

    /** Whether there is anything to show. */
    public boolean shown() {
        return sight.filter(one -> one.live() || !text.isEmpty() || picture.isPresent())
                .isPresent();
    }

    /** What is looked at. */
    public Optional<BootSight> sight() {
        return sight;
    }

    /** What the console showed last; empty while it printed nothing. */
    public String text() {
        return text;
    }

    /** The picture of the screen, a PNG; the one that was taken last, or the one that was kept. */
    public Optional<byte[]> picture() {
        return picture;
    }

    /** Whether a picture can be taken now. */
    public boolean mayTakePicture() {
        return !taking && sight.flatMap(BootSight::machine).isPresent();
    }

    /** A line above what is shown. */
    public String heading() {
        return sight.map(
                        one -> "Serial console of " + one.name() + (one.live() ? ", as it prints" : ", as it was last"))
                .orElse("");
    }

    /** What stands in the place of a console that has printed nothing. */
    public String placeholder() {
        return sight.filter(BootSight::live).isPresent()
                ? "It has printed nothing yet. A guest prints here only if its kernel is told to (console=ttyS0)."
                : "It printed nothing.";
    }
}
