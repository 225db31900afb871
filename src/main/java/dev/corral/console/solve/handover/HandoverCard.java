package dev.corral.console.solve.handover;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.messages.Question;
import dev.corral.console.page.PageContext;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.Texts;
import dev.corral.console.solve.handover.HandoverRow.Seen;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.solve.handover.Grant;
import dev.corral.core.solve.handover.Handover;
import dev.corral.core.solve.handover.PersonKey;
import dev.corral.core.solve.handover.Serving;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/**
 * What of the chosen session is handed over, and the form that hands it over. What is handed over here is served by this window, and served
 * no longer when it is closed. For the FX thread.
 */
public final class HandoverCard extends Card implements AutoCloseable {
    private static final long LOOK_NANOS = 1_500_000_000L;
    private static final Duration MORE = Duration.ofHours(1);
    private static final Duration ENDING = Duration.ofSeconds(4);

    private final PageContext context;
    private final Threads threads;
    private final Handover handover;
    private final String person;
    private final HandoverForm form;
    private final VBox rows = new VBox(12);
    private final Label busy = new Label();
    private final Map<String, Serving> servings = new ConcurrentHashMap<>();
    private String session = "";
    private List<Seen> drawn = List.of();
    private boolean asking;
    private boolean looking;
    private boolean working;
    private long looked;
    private volatile boolean closed;

    /** @param person who hands over */
    public HandoverCard(PageContext context, Threads threads, Handover handover, String person) {
        super("Handed over");
        this.context = context;
        this.threads = threads;
        this.handover = handover;
        this.person = person;
        setId("solve-handover");
        form = new HandoverForm(this::hand, () -> ask(false));
        busy.setId("handover-busy");
        busy.getStyleClass().add("muted");
        busy.setWrapText(true);
        setBody(form, busy, rows);
        draw();
    }

    /**
     * Shows that of a session.
     *
     * @param over whether it is over, so that nothing more can be handed over
     */
    public void show(String id, boolean over) {
        if (!session.equals(id)) {
            session = id;
            drawn = List.of();
            asking = false;
            looked = 0;
            draw();
        }
        if (over && asking) {
            ask(false);
        }
        if (!looking && System.nanoTime() - looked > LOOK_NANOS) {
            look();
        }
    }

    /** Shows the form. */
    public void ask() {
        ask(true);
        form.first().requestFocus();
    }

    private void ask(boolean shown) {
        asking = shown;
        draw();
    }

    private void look() {
        looking = true;
        String id = session;
        threads.background(
                "handover-look",
                () -> rows(id),
                found -> {
                    looking = false;
                    looked = System.nanoTime();
                    if (id.equals(session) && !found.equals(drawn)) {
                        drawn = found;
                        rows.getChildren()
                                .setAll(found.stream()
                                        .map(row -> new HandoverRow(row, this::act))
                                        .toList());
                        draw();
                    }
                },
                failure -> {
                    looking = false;
                    looked = System.nanoTime() + LOOK_NANOS * 20;
                    context.tell().accept(Notice.of(Problem.of(failure)));
                });
    }

    private List<Seen> rows(String id) {
        List<Seen> found = new ArrayList<>();
        Instant now = Instant.now();
        for (Grant grant : handover.list()) {
            if (grant.session().equals(id) && found.size() < 20) {
                found.add(new Seen(
                        grant, handover.ticketIfKnown(grant), grant.state(now), grant.served(), grant.over(now)));
            }
        }
        return found;
    }

    private void draw() {
        shown(form, asking && !working);
        shown(busy, working);
        shown(rows, !drawn.isEmpty());
        setShown(asking || working || !drawn.isEmpty());
    }

    private static void shown(javafx.scene.Node node, boolean there) {
        node.setVisible(there);
        node.setManaged(there);
    }

    private void hand(HandoverForm.Wanted wanted) {
        String id = session;
        serve(
                () -> handover.handOver(new Handover.Wish(
                        id,
                        "",
                        Optional.empty(),
                        PersonKey.of(wanted.key()),
                        wanted.who(),
                        wanted.until(),
                        wanted.listen(),
                        0,
                        person)),
                failure -> {
                    if (id.equals(session)
                            && failure instanceof ExpectedFailure expected
                            && expected.kind() == ExpectedFailure.Kind.USAGE) {
                        form.wrong(expected);
                    } else {
                        tell(failure);
                    }
                });
    }

    private void serve(Callable<Serving> begin, Consumer<Throwable> failed) {
        work("The way in is being tried", () -> kept(begin.call()), failed, serving -> {
            form.clear();
            asking = false;
            context.tell()
                    .accept(Notice.news("The way in was tried, and "
                            + Texts.line(serving.grant().who()) + " can come in as long as this window is open."));
        });
    }

    // On the thread that began it: what begins while the window closes must not be served by nobody's window.
    private Serving kept(Serving serving) {
        String id = serving.grant().id();
        servings.put(id, serving);
        var _ = serving.end().thenAccept(end -> servings.remove(id, serving));
        if (closed) {
            serving.close();
        }
        return serving;
    }

    private <T> void work(String words, Callable<T> what, Consumer<Throwable> failed, Consumer<T> done) {
        working = true;
        busy.setText(words + "…");
        draw();
        threads.background(
                "handover",
                what,
                answer -> {
                    working = false;
                    done.accept(answer);
                    draw();
                    look();
                },
                failure -> {
                    working = false;
                    draw();
                    failed.accept(failure);
                });
    }

    private void tell(Throwable failure) {
        context.tell().accept(Notice.of(Problem.of(failure)));
    }

    private void act(HandoverRow.Verb verb, Grant grant) {
        // What is being tried must not keep anybody in.
        if (verb == HandoverRow.Verb.REVOKE) {
            askRevoke(grant);
        } else if (!working && verb == HandoverRow.Verb.SERVE) {
            serve(() -> handover.serve(grant.id(), person), this::tell);
        } else if (!working) {
            work("It is being extended", () -> handover.extend(grant.id(), MORE, person), this::tell, after -> {});
        }
    }

    private void askRevoke(Grant grant) {
        context.desk()
                .ask(new Question(
                        "Take it back from " + Texts.line(grant.who()) + "?",
                        "Their terminals are cut at once, and what runs in them is hung up on.",
                        List.of(),
                        List.of(
                                Question.Choice.safe("keep-handed", "Leave it"),
                                new Question.Choice(
                                        "confirm-revoke",
                                        "Revoke",
                                        Question.Tone.DESTRUCTIVE,
                                        false,
                                        () -> revoke(grant))),
                        0));
    }

    private void revoke(Grant grant) {
        threads.background(
                "handover-revoke",
                () -> takenBack(grant),
                disobeying -> {
                    disobeying.ifPresent(this::disobeyed);
                    look();
                },
                failure -> {
                    tell(failure);
                    look();
                });
    }

    // The process that has not confirmed it, if there is one.
    private Optional<Long> takenBack(Grant grant) throws InterruptedException {
        try {
            Grant after = handover.revoke(grant.id(), person);
            return after.served() ? after.serving().map(ProcessIdentity::pid) : Optional.empty();
        } catch (ExpectedFailure e) {
            Serving ours = servings.get(grant.id());
            if (ours == null) {
                throw e;
            }
            ours.close();
            throw ExpectedFailure.failed(
                    e.getMessage() + " This window serves it no longer, and nobody is in by it now.", e.nextStep(), e);
        }
    }

    private void disobeyed(long pid) {
        context.tell()
                .accept(Notice.failure(
                        "It is taken back, but the process that serves it has not confirmed that it is cut.",
                        "End process " + pid + ".",
                        ""));
    }

    @Override
    public void close() {
        closed = true;
        // Each tells its person first, which takes a second at most; a process that ends before would leave them in the
        // dark.
        List<Thread> ends = servings.values().stream()
                .map(serving -> Thread.ofVirtual().name("handover-end").start(serving::close))
                .toList();
        long until = System.nanoTime() + ENDING.toNanos();
        try {
            for (Thread end : ends) {
                end.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
