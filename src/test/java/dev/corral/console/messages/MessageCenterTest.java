package dev.corral.console.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.core.inventory.Inventory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MessageCenterTest {
    private final MessageCenter desk = new MessageCenter();
    private final List<String> answers = new ArrayList<>();

    private Question question(String title) {
        return new Question(
                title,
                "",
                List.of(),
                List.of(
                        new Question.Choice("no", "No", Question.Tone.QUIET, false, () -> answers.add(title + " no")),
                        new Question.Choice("yes", "Yes", Question.Tone.MAIN, false, () -> answers.add(title + " yes")),
                        new Question.Choice(
                                "look", "Look", Question.Tone.QUIET, true, () -> answers.add(title + " look"))),
                0);
    }

    private static Inventory of(Inventory all, int sandboxes) {
        return new Inventory(
                all.takenAt(),
                all.cache(),
                all.sandboxes().subList(0, sandboxes),
                List.of(),
                all.hypervisor(),
                List.of());
    }

    @Test
    void aSecondQuestionWaitsForTheAnswerToTheFirst() {
        Question first = question("first");
        Question second = question("second");
        desk.ask(first);
        desk.ask(second);
        desk.ask(question("third"));
        assertThat(desk.question().get()).isSameAs(first);
        assertThat(desk.waiting()).isEqualTo(2);
        desk.answer(first, first.choices().get(1));
        assertThat(desk.question().get()).isSameAs(second);
        desk.answer(second, second.safe());
        assertThat(desk.question().get().title()).isEqualTo("third");
        assertThat(answers).containsExactly("first yes", "second no");
    }

    @Test
    void aQuestionIsAnsweredOnce() {
        Question first = question("first");
        desk.ask(first);
        desk.ask(question("second"));
        desk.answer(first, first.choices().get(1));
        desk.answer(first, first.choices().get(1));
        assertThat(answers).containsExactly("first yes");
        assertThat(desk.question().get().title()).isEqualTo("second");
    }

    @Test
    void anAnswerThatOnlyLooksKeepsTheQuestion() {
        Question first = question("first");
        desk.ask(first);
        desk.answer(first, first.choices().get(2));
        assertThat(desk.question().get()).isSameAs(first);
    }

    @Test
    void theSameIsNotAskedTwiceAtOnce() {
        desk.ask(question("first"));
        desk.ask(question("first"));
        desk.ask(question("second"));
        desk.ask(question("second"));
        assertThat(desk.waiting()).isEqualTo(1);
    }

    @Test
    void aQuestionGoesWithItsSubjectWhetherItIsShownOrWaits() {
        Inventory all = Samples.inventory(Samples.NOW);
        String first = all.sandboxes().getFirst().id();
        String third = all.sandboxes().get(2).id();
        for (String id : List.of(third, first, "later")) {
            desk.ask(new Question(
                    id,
                    "",
                    List.of(),
                    question(id).choices(),
                    0,
                    inventory -> id.equals("later") || inventory.sandbox(id).isPresent()));
        }
        desk.inventoryChanged(all);
        assertThat(desk.question().get().title()).isEqualTo(third);
        desk.inventoryChanged(of(all, 1));
        assertThat(desk.question().get().title()).isEqualTo(first);
        desk.inventoryChanged(of(all, 0));
        assertThat(desk.question().get().title()).isEqualTo("later");
        assertThat(answers).isEmpty();
    }

    @Test
    void whatIsOnScreenIsNotToldAndWhatComesThereGoes() {
        desk.tell(Notice.failure("one", "", "").about("wf-1", "sandbox:a"));
        desk.tell(Notice.failure("two", "", "").about("wf-2"));
        desk.onScreen(Set.of("wf-1"));
        assertThat(desk.notices()).extracting(Notice::sentence).containsExactly("two");
        desk.tell(Notice.failure("one again", "", "").about("wf-1"));
        assertThat(desk.notices()).extracting(Notice::sentence).containsExactly("two");
        desk.onScreen(Set.of());
        desk.tell(Notice.failure("one again", "", "").about("wf-1"));
        assertThat(desk.notices()).hasSize(2);
    }

    @Test
    void aNoticeGoesWithItsSandboxButNotBeforeThatWasSeen() {
        Inventory all = Samples.inventory(Samples.NOW);
        desk.inventoryChanged(of(all, 1));
        desk.tell(Notice.failure("new", "", "")
                .about(Notice.sandbox(all.sandboxes().get(1).id())));
        desk.tell(Notice.failure("old", "", "")
                .about(Notice.sandbox(all.sandboxes().get(0).id())));
        desk.inventoryChanged(of(all, 1));
        assertThat(desk.notices()).hasSize(2);
        desk.inventoryChanged(of(all, 2));
        desk.inventoryChanged(of(all, 1));
        assertThat(desk.notices()).extracting(Notice::sentence).containsExactly("old");
        desk.inventoryChanged(of(all, 0));
        assertThat(desk.notices()).isEmpty();
    }

    @Test
    void anotherTrySettlesTheFailureBefore() {
        desk.tell(Notice.failure("Start a failed.", "", "").about("Start a"));
        desk.tell(Notice.failure("Start b failed.", "", "").about("Start b"));
        desk.settle("Start a");
        assertThat(desk.notices()).extracting(Notice::sentence).containsExactly("Start b failed.");
    }

    @Test
    void aFloodOfNoticesKeepsTheNewest() {
        for (int i = 0; i < 60; i++) {
            desk.tell(Notice.failure("failure " + i, "", ""));
            desk.tell(Notice.failure("failure " + i, "", ""));
        }
        assertThat(desk.notices()).hasSize(MessageCenter.NOTICES_KEPT);
        assertThat(desk.notices().getLast().sentence()).isEqualTo("failure 59");
    }

    @Test
    void theClipboardGetsTheWholeOfIt() {
        assertThat(Notice.failure("It failed.", "Try again.", "line 1\nline 2").text())
                .isEqualTo("It failed.\nTry again.\nline 1\nline 2");
        assertThat(Notice.sandbox(Path.of("a").toString())).isEqualTo("sandbox:a");
    }
}
