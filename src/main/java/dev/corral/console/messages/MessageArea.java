package dev.corral.console.messages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import javafx.event.EventHandler;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Questions and notices. They float in the corner of the page in which they hide nothing that matters, such as the chosen row, what
 * failed and the buttons that act. The newest few notices show at once; the question that is open shows alone. Escape gives the safe
 * answer or closes the newest notice, except where a terminal or a text field needs that key itself.
 */
public final class MessageArea extends Pane {
    /** How many notices show at once. */
    static final int SHOWN = 3;

    private static final double NOTICE_PX = 380;
    private static final double QUESTION_PX = 580;
    private static final double GAP_PX = 8;
    private static final double SCROLL_BAR_PX = 14;
    // A page that is lower has no room for a card; then they float over all there is.
    private static final double LEAST_PAGE_PX = 180;

    private final MessageCenter desk;
    private final OfferStrip offers;
    private final Surroundings surroundings;
    private final Map<UUID, NoticeCard> cards = new HashMap<>();
    private final Label earlier = new Label();
    private final HBox rest = new HBox(8, earlier);
    private final VBox stack = new VBox(GAP_PX);
    private final ScrollPane scroll = new ScrollPane(stack);
    private final EventHandler<KeyEvent> pressed = this::pressed;
    private final EventHandler<KeyEvent> released = this::released;
    private @Nullable QuestionCard question;
    private @Nullable Node returnTo;
    private Optional<Spot> spot = Optional.empty();
    private boolean enterHeld;

    /**
     * What the messages float over.
     *
     * @param page     the page that is shown
     * @param matters  what of it should stay in sight: first what must, then what should, last what may be hidden
     * @param covered  whether a layer above the messages has the keys
     * @param terminal whether a node is a terminal
     * @param leave    gives the focus back to the page
     */
    public record Surroundings(
            Node page,
            Supplier<List<List<Node>>> matters,
            BooleanSupplier covered,
            Predicate<Node> terminal,
            Runnable leave) {}

    /** @param desk where questions and notices come from */
    public MessageArea(MessageCenter desk, Surroundings surroundings) {
        this.desk = desk;
        this.offers = new OfferStrip(desk);
        this.surroundings = surroundings;
        getStyleClass().add("message-area");
        setPickOnBounds(false);
        setMinSize(0, 0);
        rest.getStyleClass().addAll("message-card", "message-rest");
        rest.setAlignment(Pos.CENTER_LEFT);
        rest.setMinHeight(USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button closeAll = NoticeCard.button("Close all", "quiet-button", desk.notices()::clear);
        closeAll.setId("close-all-messages");
        rest.getChildren().addAll(space, closeAll);
        earlier.setMinWidth(0);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("message-scroll");
        scroll.setFocusTraversable(false);
        scroll.setVisible(false);
        getChildren().add(scroll);
        stack.heightProperty().addListener((all, before, height) -> requestLayout());
        desk.notices().addListener((ListChangeListener<Notice>) change -> showNotices());
        desk.question().addListener((all, before, asked) -> ask(asked, before != null));
        sceneProperty().addListener((all, before, scene) -> {
            listen(before, false);
            listen(scene, true);
        });
    }

    private void listen(Scene scene, boolean wanted) {
        if (scene != null && wanted) {
            scene.addEventFilter(KeyEvent.KEY_PRESSED, pressed);
            scene.addEventFilter(KeyEvent.KEY_RELEASED, released);
        } else if (scene != null) {
            scene.removeEventFilter(KeyEvent.KEY_PRESSED, pressed);
            scene.removeEventFilter(KeyEvent.KEY_RELEASED, released);
        }
    }

    private void pressed(KeyEvent event) {
        Node focus = getScene().getFocusOwner();
        if (event.getCode() == KeyCode.ENTER) {
            // Held since the question before: it must not answer this one.
            if (enterHeld && question != null && inside(question, focus)) {
                event.consume();
            }
            enterHeld = true;
        }
        boolean own = inside(this, focus);
        boolean others = !own && (focus instanceof TextInputControl || within(surroundings.terminal(), focus));
        if (event.getCode() != KeyCode.ESCAPE || surroundings.covered().getAsBoolean() || others) {
            return;
        }
        if (question != null) {
            Question asked = desk.question().get();
            desk.answer(asked, asked.safe());
            event.consume();
        } else if (!floating().isEmpty()) {
            // An offer lies over nothing, and the key is meant for something else.
            desk.notices().remove(floating().getLast());
            event.consume();
        }
    }

    private void released(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            enterHeld = false;
        }
    }

    /** Where offers stand: a strip that has room of its own, so that it hides nothing. */
    public Region offers() {
        return offers;
    }

    private List<Notice> floating() {
        return desk.notices().stream()
                .filter(notice -> notice.kind() != Notice.Kind.OFFER)
                .toList();
    }

    // The newest first: it is nearest to what the user has just done.
    private void showNotices() {
        List<Notice> notices = floating();
        cards.keySet().retainAll(notices.stream().map(Notice::id).toList());
        boolean hadFocus = inside(scroll, getScene() == null ? null : getScene().getFocusOwner());
        List<Node> shown = new ArrayList<>();
        for (Notice notice : notices.reversed().stream().limit(SHOWN).toList()) {
            shown.add(cards.computeIfAbsent(
                    notice.id(),
                    id -> new NoticeCard(notice, () -> desk.notices().remove(notice))));
        }
        int more = notices.size() - SHOWN;
        if (more > 0) {
            earlier.setText(more == 1 ? "1 earlier message" : more + " earlier messages");
            shown.add(rest);
        }
        stack.getChildren().setAll(shown);
        scroll.setVisible(question == null && !shown.isEmpty());
        if (hadFocus && shown.isEmpty()) {
            surroundings.leave().run();
        }
        requestLayout();
    }

    private void ask(Question asked, boolean follows) {
        boolean hadFocus = question != null && inside(question, getScene().getFocusOwner());
        getChildren().remove(question);
        if (question == null && getScene() != null) {
            returnTo = getScene().getFocusOwner();
        }
        question = asked == null ? null : new QuestionCard(desk, asked, follows);
        scroll.setVisible(question == null && !floating().isEmpty());
        if (question != null) {
            getChildren().add(question);
            question.takeFocus();
        } else if (hadFocus && returnTo != null) {
            returnTo.requestFocus();
        }
        requestLayout();
    }

    /** Looks again whether the messages hide something, after the page has changed. */
    public void lookAgain() {
        if (question != null || scroll.isVisible()) {
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        Region card = question != null ? question : scroll.isVisible() ? scroll : null;
        if (card == null) {
            spot = Optional.empty();
        }
        if (card == null || getWidth() <= 0) {
            return;
        }
        Bounds whole = new BoundingBox(0, 0, getWidth(), getHeight());
        Bounds page = boundsOf(surroundings.page());
        Bounds area = page.getHeight() < LEAST_PAGE_PX ? whole : page;
        double width =
                Math.max(0, Math.min(question != null ? QUESTION_PX : NOTICE_PX, area.getWidth() - 2 * Spot.MARGIN_PX));
        double room = Math.max(0, area.getHeight() - 2 * Spot.MARGIN_PX);
        double wanted = question != null ? question.prefHeight(width) : stack.prefHeight(width);
        if (question == null && wanted > room) {
            wanted = stack.prefHeight(width - SCROLL_BAR_PX);
        }
        double height = Math.ceil(Math.min(wanted, room));
        List<List<Node>> ranks = surroundings.matters().get();
        List<Spot.Matter> matters = IntStream.range(0, ranks.size())
                .boxed()
                .flatMap(rank -> matters(ranks.get(rank), rank))
                .toList();
        Spot chosen = Spot.choose(spot, area, width, height, matters);
        spot = Optional.of(chosen);
        Bounds place = chosen.at(area, width, height);
        card.resizeRelocate(place.getMinX(), place.getMinY(), place.getWidth(), place.getHeight());
    }

    private Stream<Spot.Matter> matters(List<Node> nodes, int rank) {
        return nodes.stream().filter(node -> !inside(this, node)).map(node -> new Spot.Matter(boundsOf(node), rank));
    }

    private Bounds boundsOf(Node node) {
        return sceneToLocal(node.localToScene(node.getLayoutBounds()));
    }

    private static boolean inside(Node around, @Nullable Node node) {
        return around != null && within(each -> each == around, node);
    }

    private static boolean within(Predicate<Node> around, @Nullable Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (around.test(each)) {
                return true;
            }
        }
        return false;
    }
}
