package dev.corral.console.guest.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.fx.SameThread;
import dev.corral.console.guest.Guest;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Question;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.machine.SharedFolder;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.LoopbackSshd;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with a guest's files, without a toolkit, over a real OpenSSH server on this machine. */
@Tag("unit")
@Timeout(60)
class FilesModelTest {
    @TempDir
    static Path temp;

    private static LoopbackSshd sshd;
    private static GuestConnection connection;
    private static int number;

    private final SameThread threads = new SameThread();
    private final MessageCenter desk = new MessageCenter();
    private Path there;
    private Path here;
    private FilesModel model;

    @BeforeAll
    static void start() throws Exception {
        sshd = new LoopbackSshd(temp.resolve("sshd"));
        connection = new GuestConnection(sshd.endpoint());
    }

    @AfterAll
    static void stop() {
        connection.close();
        sshd.close();
    }

    @BeforeEach
    void model() throws Exception {
        there = Files.createDirectories(temp.resolve("there" + number)).toRealPath();
        here = Files.createDirectories(temp.resolve("here" + number++));
        model = new FilesModel(new Guest("box/web", () -> connection, Optional::empty), threads, desk, () -> {});
        model.go(there.toString());
    }

    private FileRow row(String name) {
        return model.row(name).orElseThrow();
    }

    private void answer(String id) {
        Question question = Objects.requireNonNull(desk.question().get());
        desk.answer(
                question,
                question.choices().stream()
                        .filter(choice -> choice.id().equals(id))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void oneWalksThroughFolders() throws Exception {
        Files.createDirectories(there.resolve("b dir/c"));
        Files.writeString(there.resolve("a\nfile"), "");
        model.reload();
        assertThat(model.rows()).extracting(FileRow::name).containsExactly("b dir", "a\\nfile");
        model.open(row("b dir"));
        assertThat(model.path()).isEqualTo(there + "/b dir");
        model.up();
        assertThat(model.path()).isEqualTo(there.toString());
        assertThat(model.toChoose()).contains("b dir");
        model.go(there + "/nothing");
        assertThat(model.path()).isEqualTo(there.toString());
        assertThat(model.problem().orElseThrow().sentence()).contains("not there");
        model.reload();
        assertThat(model.problem()).isEmpty();
    }

    @Test
    void aGuestThatDoesNotAnswerIsSaid() {
        FilesModel lost = new FilesModel(
                new Guest(
                        "box/web",
                        () -> {
                            throw ExpectedFailure.failed("It is off.", "Start it.");
                        },
                        Optional::empty),
                threads,
                desk,
                () -> {});
        lost.begin();
        assertThat(lost.problem().orElseThrow().sentence()).isEqualTo("It is off.");
        assertThat(lost.working()).isFalse();
    }

    @Test
    void whatDeletesAsksAndNamesWhatGoes() throws Exception {
        Files.createDirectories(there.resolve("dir/within"));
        Files.writeString(there.resolve("file"), "");
        model.reload();
        model.delete(List.of(row("dir"), row("file")));
        assertThat(Objects.requireNonNull(desk.question().get()).victims())
                .containsExactly("dir/ and all below it", "file");
        answer("keep-files");
        assertThat(there.resolve("dir")).exists();
        model.delete(List.of(row("dir"), row("file")));
        answer("delete-files");
        assertThat(there).isEmptyDirectory();
        assertThat(model.rows()).isEmpty();
    }

    private String asked(String folders) throws Exception {
        Resolution resolution = Json.mapper()
                .readValue(
                        "{\"vagrantfile\":\"/p/Vagrantfile\",\"machines\":[{\"name\":\"web\",\"synced_folders\":["
                                + folders + "]}]}",
                        Resolution.class);
        FilesModel resolved = new FilesModel(
                new Guest(
                        "box/web",
                        () -> connection,
                        () -> Optional.of(resolution.machines().getFirst())),
                threads,
                desk,
                () -> {});
        resolved.begin();
        resolved.go(there.toString());
        resolved.delete(List.of(resolved.row("dir").orElseThrow()));
        String sentence = Objects.requireNonNull(desk.question().get()).text();
        answer("keep-files");
        return sentence;
    }

    @Test
    void onlyTheVagrantfileSaysThatNothingGoesHere() throws Exception {
        Files.createDirectories(there.resolve("dir/within"));
        String folder = "{\"id\":\"a\",\"host\":\".\",\"guest\":\"" + there + "/dir/within\"";
        assertThat(asked(folder + ",\"type\":\"nfs\"}")).contains("may be or hold a synced folder");
        assertThat(asked(folder + "}")).contains("may be or hold a synced folder");
        assertThat(asked(folder + ",\"type\":\"rsync\"}")).doesNotContain("synced folder");
        assertThat(asked(folder + ",\"disabled\":true}")).doesNotContain("synced folder");
        assertThat(asked("{\"id\":\"a\",\"host\":\".\",\"guest\":\"/elsewhere\"}"))
                .doesNotContain("synced folder");
        model.reload();
        model.delete(List.of(row("dir")));
        assertThat(Objects.requireNonNull(desk.question().get()).text())
                .as("nobody knows yet")
                .contains("may be or hold a synced folder");
    }

    @Test
    void foldersAreMadeAndNamesChanged() throws Exception {
        model.newFolder("new");
        assertThat(model.toChoose()).contains("new");
        model.newFolder("new");
        assertThat(model.problem().orElseThrow().sentence()).contains("already");
        model.newFolder("a/b");
        assertThat(model.problem()).isPresent();
        model.reload();
        model.rename(row("new"), "other");
        assertThat(there.resolve("other")).isDirectory();
    }

    @Test
    void aTextIsEditedAndSaved() throws Exception {
        Files.writeString(there.resolve("conf"), "one\r\ntwo\r\n");
        model.reload();
        model.open(row("conf"));
        TextEditing editing = model.editing();
        assertThat(editing.text()).isEqualTo("one\ntwo\n");
        editing.typed("one\n2\n");
        assertThat(model.losses().orElseThrow()).startsWith("unsaved text of ");
        editing.save();
        assertThat(there.resolve("conf")).hasContent("one\r\n2\r\n");
        assertThat(Files.readString(there.resolve("conf"))).isEqualTo("one\r\n2\r\n");
        assertThat(model.losses()).isEmpty();
        editing.typed("lost");
        editing.close();
        answer("stay-in-file");
        assertThat(editing.file()).isPresent();
        editing.close();
        answer("leave-file");
        assertThat(editing.file()).isEmpty();
    }

    @Test
    void whatTheGuestWroteMeanwhileIsNotOverwritten() throws Exception {
        Path conf = Files.writeString(there.resolve("conf"), "one\ntwo\nthree\nfour\n");
        model.reload();
        model.open(row("conf"));
        TextEditing editing = model.editing();
        editing.typed("1\ntwo\nthree\nfour\n");
        Files.writeString(conf, "one\ntwo\nthree\n4\n");
        editing.save();
        assertThat(conf).hasContent("one\ntwo\nthree\n4\n");
        answer("join-texts");
        assertThat(conf).hasContent("1\ntwo\nthree\n4\n");
        assertThat(editing.text()).isEqualTo("1\ntwo\nthree\n4\n");

        editing.typed("mine\n");
        Files.writeString(conf, "theirs\n");
        editing.save();
        assertThat(Objects.requireNonNull(desk.question().get()).choices())
                .extracting(Question.Choice::id)
                .doesNotContain("join-texts");
        answer("go-on-editing");
        assertThat(conf).hasContent("theirs\n");
        assertThat(editing.text()).isEqualTo("mine\n");
        editing.save();
        answer("take-guests");
        assertThat(editing.text()).isEqualTo("theirs\n");
        editing.typed("mine\n");
        Files.writeString(conf, "others\n");
        editing.save();
        answer("overwrite-guests");
        assertThat(conf).hasContent("mine\n");

        editing.typed("again\n");
        Files.delete(conf);
        editing.save();
        assertThat(conf).doesNotExist();
        answer("write-again");
        assertThat(conf).hasContent("again\n");
    }

    @Test
    void whatIsTypedWhileTextsAreComparedIsJoinedToo() throws Exception {
        Path conf = Files.writeString(there.resolve("conf"), "one\ntwo\nthree\nfour\n");
        model.reload();
        model.open(row("conf"));
        TextEditing editing = model.editing();
        editing.typed("1\ntwo\nthree\nfour\n");
        Files.writeString(conf, "one\ntwo\nthree\n4\n");
        threads.hold();
        editing.save();
        editing.typed("1\n2\nthree\nfour\n");
        threads.release();
        answer("join-texts");
        assertThat(conf).hasContent("1\n2\nthree\n4\n");
        assertThat(editing.text()).isEqualTo("1\n2\nthree\n4\n");
    }

    @Test
    void whatIsNoTextIsRefused() throws Exception {
        Files.write(there.resolve("binary"), new byte[] {1, 0, 2});
        try (RandomAccessFile big = new RandomAccessFile(there.resolve("big").toFile(), "rw")) {
            big.setLength(3 << 20);
        }
        assertThat(new ProcessBuilder("mkfifo", there.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        model.reload();
        model.open(row("binary"));
        assertThat(model.editing().problem().orElseThrow().sentence()).contains("no text");
        model.open(row("big"));
        assertThat(model.editing().problem().orElseThrow().sentence()).contains("larger than 2 MiB");
        model.open(row("pipe"));
        assertThat(model.problem().orElseThrow().sentence()).isEqualTo("This is a pipe, which is not opened.");
        assertThat(model.editing().file()).isEmpty();
    }

    @Test
    void filesComeAndGo() throws Exception {
        Files.writeString(there.resolve("conf"), "theirs");
        model.reload();
        model.download(List.of(row("conf")), here);
        assertThat(here.resolve("conf")).hasContent("theirs");
        assertThat(model.transfers().fetched()).containsExactly(here.resolve("conf"));
        assertThat(desk.notices()).last().extracting(Notice::failure).isEqualTo(false);

        Files.writeString(here.resolve("conf"), "mine");
        Files.writeString(here.resolve("new"), "new");
        model.upload(List.of(here.resolve("conf"), here.resolve("new")));
        assertThat(Objects.requireNonNull(desk.question().get()).victims()).containsExactly("conf");
        answer("keep-theirs");
        assertThat(there.resolve("new")).doesNotExist();
        model.upload(List.of(here.resolve("conf"), here.resolve("new")));
        answer("replace-theirs");
        assertThat(there.resolve("conf")).hasContent("mine");
        assertThat(model.row("new")).isPresent();
    }

    @Test
    void aTransferCanBeStopped() throws Exception {
        try (RandomAccessFile big = new RandomAccessFile(there.resolve("big").toFile(), "rw")) {
            big.setLength(1L << 30);
        }
        model.reload();
        AtomicReference<Optional<String>> losses = new AtomicReference<>(Optional.empty());
        // The window's thread is this one, and busy with the download.
        Thread.ofVirtual().start(() -> {
            while (size(here.resolve("big.part")) == 0) {
                LockSupport.parkNanos(1_000_000);
            }
            losses.set(model.losses());
            model.transfers().cancel();
        });
        model.download(List.of(row("big")), here);
        assertThat(desk.notices())
                .last()
                .extracting(Notice::sentence)
                .asString()
                .startsWith("Download big was stopped.");
        assertThat(losses.get()).contains("Download big");
        assertThat(here).isEmptyDirectory();
        assertThat(model.transfers().current()).isEmpty();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            // It has not begun yet.
            return 0;
        }
    }

    @Test
    void syncedFoldersAreSaidAsTheyAre() throws Exception {
        Resolution resolution = Json.mapper().readValue("""
                {"vagrantfile":"/p/Vagrantfile","machines":[{"name":"web","synced_folders":[
                  {"id":"a","host":".","guest":"/vagrant","type":"rsync"},
                  {"id":"b","host":"data","guest":"/srv/my data/","type":null},
                  {"id":"c","host":"x","guest":"/x","type":"nfs"},
                  {"id":"d","host":"y","guest":"/y","disabled":true}]}]}
                """, Resolution.class);
        Map<String, String> mounts = SharedFolder.mounts("proc /proc proc rw 0 0\nd /srv/my\\040data 9p rw 0 0\nbad\n");
        assertThat(SharedFolder.of(resolution.machines().getFirst(), Optional.of(mounts)))
                .containsExactly(
                        new SharedFolder(".", "/vagrant", "rsync", SharedFolder.State.COPIED),
                        new SharedFolder("data", "/srv/my data", "9p", SharedFolder.State.LIVE),
                        new SharedFolder("x", "/x", "nfs", SharedFolder.State.NOT_MOUNTED),
                        new SharedFolder("y", "/y", "", SharedFolder.State.OFF));
        assertThat(SharedFolder.of(resolution.machines().getFirst(), Optional.empty()))
                .extracting(SharedFolder::state)
                .contains(SharedFolder.State.UNKNOWN);
        FilesModel named = new FilesModel(
                new Guest(
                        "box/web",
                        () -> connection,
                        () -> Optional.of(resolution.machines().getFirst())),
                threads,
                desk,
                () -> {});
        named.begin();
        assertThat(named.shared()).hasSize(4);
    }
}
