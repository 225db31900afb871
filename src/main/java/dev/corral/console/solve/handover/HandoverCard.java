package dev.corral.console.solve.handover;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.messages.Question;
import dev.corral.console.page.PageContext;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.handover.Grant;
import dev.corral.core.solve.handover.Handover;
import dev.corral.core.solve.handover.Serving;
import dev.corral.core.solve.handover.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/**
 * What of the chosen session is handed over, and the form that hands it over. What is handed over here is served by this window, and served
 * no longer when it is closed. For the FX thread.
 */
public final class HandoverCard extends Card implements AutoCloseable {
    private static final long LOOK_NANOS = 1_500_000_000L;
    private static final Duration MORE = Duration.ofHours(1);

    private final PageContext context;
    private final Threads threads;
    private final Handover handover;
    private final String person;
    private final HandoverForm form;
    private final VBox rows = new VBox(12);
    private final Label busy = new Label();
    private final Map<String, Serving> servings = new ConcurrentHashMap<>();
    private String session = "";
    private List<Row> drawn = List.of();
    private boolean asking;
    private boolean looking;
    private boolean working;
    private long looked;

    private record Row(Grant grant, Ticket ticket, String state) {}

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

    /** Shows that of a session. */
    public void show(String id) {
        if (!session.equals(id)) {
            session = id;
            drawn = List.of();
            asking = false;
            looked = 0;
            draw();
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
                                        .map(row -> new HandoverRow(row.grant(), row.ticket(), this::act))
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

    private List<Row> rows(String id) {
        List<Row> found = new ArrayList<>();
        for (Grant grant : handover.list()) {
            if (grant.session().equals(id) && found.size() < 20) {
                found.add(new Row(grant, handover.ticket(grant), grant.state(Instant.now())));
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

    private void hand(Handover.Wish wish) {
        String id = session;
        serve(
                "The way in is being tried",
                () -> handover.handOver(new Handover.Wish(
                        id,
                        "",
                        wish.user(),
                        wish.key(),
                        wish.who(),
                        wish.until(),
                        wish.listen(),
                        wish.port(),
                        person)));
    }

    private void serve(String words, Callable<Serving> begin) {
        work(words, begin, serving -> {
            servings.put(serving.grant().id(), serving);
            form.clear();
            asking = false;
            var _ = serving.end()
                    .thenAccept(end -> servings.remove(serving.grant().id(), serving));
            context.tell()
                    .accept(Notice.news("The way in was tried, and "
                            + Texts.line(serving.grant().who()) + " can come in as long as this window is open."));
        });
    }

    private <T> void work(String words, Callable<T> what, java.util.function.Consumer<T> done) {
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
                    context.tell().accept(Notice.of(Problem.of(failure)));
                });
    }

    private void act(HandoverRow.Verb verb, Grant grant) {
        if (working) {
            return;
        }
        switch (verb) {
            case SERVE -> serve("The way in is being tried", () -> handover.serve(grant.id(), person));
            case EXTEND ->
                work(
                        "It is being extended",
                        () -> handover.extend(grant.id(), grant.until().plus(MORE), person),
                        after -> {});
            case REVOKE ->
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
                                                () -> work(
                                                        "It is being taken back",
                                                        () -> handover.revoke(grant.id(), person),
                                                        this::revoked))),
                                0));
        }
    }

    private void revoked(Grant grant) {
        if (grant.served()) {
            context.tell()
                    .accept(Notice.failure(
                            "It is taken back, but the process that serves it has not confirmed that it is cut.",
                            "End process "
                                    + grant.serving().map(one -> one.pid()).orElse(0L) + ".",
                            ""));
        }
    }

    @Override
    public void close() {
        // Each tells its person first, which takes a second at most.
        servings.values()
                .forEach(serving -> Thread.ofVirtual().name("handover-end").start(serving::close));
    }
}
