package dev.corral.console.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.vagrantfile.ReadFiles;
import dev.corral.core.vagrantfile.TrustGiven;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class TrustStoreTest {
    @TempDir
    private Path folder;

    private TrustStore store(Path... known) {
        return new TrustStore(folder.resolve("config/trusted.json"), List.of(known));
    }

    private static boolean trusts(TrustStore store, Path vagrantfile) {
        return store.unknown(vagrantfile).isEmpty();
    }

    private Path file(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void anUnknownOneIsAskedAboutAndAKnownOneIsNot() throws Exception {
        Path vagrantfile = file("a/Vagrantfile", "one");
        assertThat(trusts(store(), vagrantfile)).isFalse();
        store().trustContent(store().read(vagrantfile));
        assertThat(trusts(store(), vagrantfile)).isTrue();
        Files.writeString(vagrantfile, "two");
        assertThat(trusts(store(), vagrantfile)).isFalse();
    }

    @Test
    void aFolderIsTrustedWithAllBelowIt() throws Exception {
        Path vagrantfile = file("b/deep/Vagrantfile", "x");
        store().trustFolder(folder.resolve("b"));
        assertThat(trusts(store(), vagrantfile)).isTrue();
        assertThat(trusts(store(), file("bb/Vagrantfile", "y"))).isFalse();
        assertThat(trusts(store(), folder.resolve("b/none/Vagrantfile")))
                .as("nothing is read there")
                .isTrue();
    }

    @Test
    void aLinkOutOfATrustedFolderIsNotTrusted() throws Exception {
        Path outside = file("outside/Vagrantfile", "x");
        Files.createDirectories(folder.resolve("in"));
        Path link = Files.createSymbolicLink(folder.resolve("in/Vagrantfile"), outside);
        assertThat(trusts(store(folder.resolve("in")), link)).isFalse();
    }

    @Test
    void aMissingOneIsAnExpectedFailure() {
        assertThatThrownBy(() -> store().unknown(folder.resolve("none/Vagrantfile")))
                .isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void aDamagedMemoryOnlyAsksAgain() throws Exception {
        Path vagrantfile = file("c/Vagrantfile", "x");
        file("config/trusted.json", "not json");
        assertThat(trusts(store(), vagrantfile)).isFalse();
        store().trustContent(store().read(vagrantfile));
        assertThat(trusts(store(), vagrantfile)).isTrue();
    }

    @Test
    void theContentThatWasReadIsTrustedWhateverTheFileHoldsByThen() throws Exception {
        Path vagrantfile = file("d/Vagrantfile", "shown");
        TrustStore.Content shown = store().read(vagrantfile);
        Files.writeString(vagrantfile, "not shown");
        store().trustContent(shown);
        assertThat(trusts(store(), vagrantfile)).isFalse();
        Files.writeString(vagrantfile, "shown");
        assertThat(trusts(store(), vagrantfile)).isTrue();
    }

    @Test
    void whatNewerOnesRememberToIsNotForgotten() throws Exception {
        Path vagrantfile = file("e/Vagrantfile", "x");
        file(
                "config/trusted.json",
                "{\"hashes\":[\"" + store().read(vagrantfile).hash() + "\"],\"since\":1}");
        assertThat(trusts(store(), vagrantfile)).isTrue();
    }

    // As a start does, once Vagrant has told what was read.
    private void run(Path vagrantfile, Path... read) {
        TrustGiven given = store().given(vagrantfile).orElseThrow();
        given.keep().accept(given.files().with(ReadFiles.now(read)));
    }

    private String news(Path vagrantfile) {
        return store().unknown(vagrantfile).map(TrustStore.Content::news).orElse("nothing is asked");
    }

    @Test
    void whatItReadIsCoveredOnceItHasRun() throws Exception {
        Path vagrantfile = file("f/Vagrantfile", "load 'helper.rb'");
        Path helper = file("f/helper.rb", "1");
        Path local = folder.resolve("f/local.rb");
        assertThat(news(vagrantfile)).as("nobody knows yet what it will read").isEmpty();
        store().trustContent(store().read(vagrantfile));
        run(vagrantfile, helper, local);
        assertThat(trusts(store(), vagrantfile)).isTrue();
        Files.writeString(helper, "2");
        Files.writeString(local, "3");
        assertThat(news(vagrantfile))
                .isEqualTo("Since you let it run: " + helper + " has changed, " + local + " is new.");
        TrustStore.Content shown = store().unknown(vagrantfile).orElseThrow();
        assertThat(store().asShown(shown)).isTrue();
        Files.writeString(helper, "swapped while the question was open");
        assertThat(store().asShown(shown)).isFalse();
        Files.writeString(helper, "2");
        store().trustContent(shown);
        assertThat(trusts(store(), vagrantfile)).isTrue();
        assertThat(store().given(vagrantfile).orElseThrow().files().hold()).isTrue();
        Files.delete(helper);
        assertThat(news(vagrantfile)).contains(helper + " is gone");
    }

    @Test
    void theSameTextElsewhereIsAnotherOneWithOtherHelpers() throws Exception {
        Path one = file("g/Vagrantfile", "same");
        store().trustContent(store().read(one));
        assertThat(trusts(store(), file("h/Vagrantfile", "same"))).isFalse();
    }

    @Test
    void oneOfOldIsTrustedAndLearnsWhatItReads() throws Exception {
        Path vagrantfile = file("i/Vagrantfile", "old");
        Path helper = file("i/helper.rb", "1");
        String hash = store().read(vagrantfile).hash();
        file("config/trusted.json", "{\"hashes\":[\"" + hash + "\"],\"folders\":[]}");
        Files.writeString(helper, "2");
        assertThat(trusts(store(), vagrantfile)).as("as before").isTrue();
        run(vagrantfile, helper);
        assertThat(trusts(store(), vagrantfile)).isTrue();
        Files.writeString(helper, "3");
        assertThat(news(vagrantfile)).contains(helper + " has changed");
    }

    @Test
    void oneThatChangesBetweenTheLookAndTheStartIsRefused() throws Exception {
        Path vagrantfile = file("j/Vagrantfile", "one");
        store().trustContent(store().read(vagrantfile));
        assertThat(trusts(store(), vagrantfile)).isTrue();
        Files.writeString(vagrantfile, "two");
        assertThatThrownBy(() -> store().given(vagrantfile))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("has changed since you said that it may run");
        assertThat(store(folder.resolve("j")).given(vagrantfile))
                .as("a trusted folder needs no word")
                .isEmpty();
    }

    @Test
    void whateverLiesInAFilesPlaceIsSeenAndNotWaitedFor() throws Exception {
        Path vagrantfile = file("k/Vagrantfile", "x");
        Path pipe = file("k/pipe.rb", "1");
        Path directory = file("k/directory.rb", "1");
        Path huge = file("k/huge.rb", "1");
        Path link = file("k/link.rb", "1");
        Path dangling = file("k/dangling.rb", "1");
        store().trustContent(store().read(vagrantfile));
        run(vagrantfile, pipe, directory, huge, link, dangling);
        assertThat(trusts(store(), vagrantfile)).isTrue();
        for (Path file : List.of(pipe, directory, link, dangling)) {
            Files.delete(file);
        }
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.createDirectory(directory);
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        Files.createSymbolicLink(link, file("elsewhere/link.rb", "1"));
        Files.createSymbolicLink(dangling, folder.resolve("nothing"));
        assertThat(store().unknown(vagrantfile).orElseThrow().news())
                .contains(
                        pipe + " has changed",
                        directory + " has changed",
                        huge + " has changed",
                        link + " has changed",
                        dangling + " has changed");
        store().trustContent(store().unknown(vagrantfile).orElseThrow());
        assertThat(trusts(store(), vagrantfile)).isTrue();
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.write(1);
        }
        assertThat(news(vagrantfile)).contains(huge + " has changed");
    }

    @Test
    void moreThanIsRememberedIsAskedAboutEachTime() throws Exception {
        Path vagrantfile = file("l/Vagrantfile", "x");
        store().trustContent(store().read(vagrantfile));
        Path[] many = new Path[ReadFiles.MOST + 1];
        Arrays.setAll(many, n -> folder.resolve("l/none-" + n));
        run(vagrantfile, many);
        assertThat(news(vagrantfile)).contains("more files than are remembered");
        store().trustContent(store().unknown(vagrantfile).orElseThrow());
        run(vagrantfile, many);
        assertThat(news(vagrantfile)).contains("more files than are remembered");
    }

    @Test
    void aDamagedEntryOnlyAsksAgain() throws Exception {
        Path vagrantfile = file("m/Vagrantfile", "x");
        store().trustContent(store().read(vagrantfile));
        for (String damage : List.of("", "null", "{}", "[1]", "{\"files\":{\"hashes\":null}}", "\0")) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.resolve("config/trusted"))) {
                for (Path entry : entries) {
                    Files.writeString(entry, damage);
                }
            }
            assertThat(trusts(store(), vagrantfile)).as(damage).isFalse();
        }
        store().trustContent(store().read(vagrantfile));
        assertThat(trusts(store(), vagrantfile)).isTrue();
    }

    // As the editor does: the content that it showed, and the one that it wrote over it.
    private void save(Path file, String text) throws Exception {
        String before = store().read(file).hash();
        Files.writeString(file, text);
        store().saved(file, before, store().read(file).hash());
    }

    @Test
    void whatAPersonSavesHereStaysTrusted() throws Exception {
        Path vagrantfile = file("n/Vagrantfile", "load 'helper.rb'");
        Path helper = file("n/helper.rb", "1");
        store().trustContent(store().read(vagrantfile));
        run(vagrantfile, helper);
        save(vagrantfile, "load 'helper.rb' # edited");
        assertThat(trusts(store(), vagrantfile)).isTrue();
        save(helper, "2");
        assertThat(trusts(store(), vagrantfile)).isTrue();
        save(vagrantfile, "load 'helper.rb'");
        assertThat(trusts(store(), vagrantfile)).as("undone").isTrue();
        assertThat(store().given(vagrantfile).orElseThrow().files().hold()).isTrue();
    }

    @Test
    void whatSomebodyElseChangesMeanwhileIsAskedAbout() throws Exception {
        Path vagrantfile = file("o/Vagrantfile", "load 'helper.rb'");
        Path helper = file("o/helper.rb", "1");
        store().trustContent(store().read(vagrantfile));
        run(vagrantfile, helper);
        Files.writeString(helper, "theirs");
        save(vagrantfile, "edited");
        assertThat(news(vagrantfile)).isEqualTo("Since you let it run: " + helper + " has changed.");
        save(helper, "theirs, and a line of mine");
        assertThat(news(vagrantfile)).as("what was under it was never allowed").contains(helper + " has changed");
        store().trustContent(store().unknown(vagrantfile).orElseThrow());
        save(helper, "read, and edited");
        assertThat(trusts(store(), vagrantfile)).isTrue();
    }

    @Test
    void whatWasWrittenOverASavedFileIsAskedAbout() throws Exception {
        Path vagrantfile = file("p/Vagrantfile", "one");
        store().trustContent(store().read(vagrantfile));
        save(vagrantfile, "mine");
        Files.writeString(vagrantfile, "theirs");
        assertThat(trusts(store(), vagrantfile)).isFalse();
        save(vagrantfile, "theirs, edited");
        assertThat(trusts(store(), vagrantfile)).isFalse();
    }

    @Test
    void savingAnUnknownFileTrustsNothing() throws Exception {
        Path vagrantfile = file("q/Vagrantfile", "one");
        Path same = file("r/Vagrantfile", "one");
        store().trustContent(store().read(same));
        save(vagrantfile, "two");
        assertThat(trusts(store(), vagrantfile)).isFalse();
        Files.writeString(same, "two");
        assertThat(trusts(store(), same)).as("saved elsewhere").isFalse();
    }

    @Test
    void aDayOfSavesForgetsNoOtherFile() throws Exception {
        Path other = file("s/Vagrantfile", "other");
        Path vagrantfile = file("t/Vagrantfile", "0");
        store().trustContent(store().read(other));
        store().trustContent(store().read(vagrantfile));
        for (int n = 1; n <= 60; n++) {
            save(vagrantfile, String.valueOf(n));
        }
        assertThat(trusts(store(), vagrantfile)).isTrue();
        assertThat(trusts(store(), other)).isTrue();
        try (var entries = Files.list(folder.resolve("config/trusted"))) {
            assertThat(entries.count()).isLessThan(45);
        }
    }

    @Test
    void whatWasAllowedOnceIsWhoeverPutsItBack() throws Exception {
        Path vagrantfile = file("u/Vagrantfile", "load 'helper.rb'");
        Path helper = file("u/helper.rb", "1");
        store().trustContent(store().read(vagrantfile));
        run(vagrantfile, helper);
        save(helper, "2");
        Files.writeString(helper, "1");
        assertThat(trusts(store(), vagrantfile)).as("the helper as it was").isTrue();
        assertThat(store().given(vagrantfile).orElseThrow().files().hold()).isTrue();
        Path local = file("u/local.rb", "new");
        run(vagrantfile, helper, local);
        Files.writeString(helper, "2");
        assertThat(trusts(store(), vagrantfile)).as("and as it was saved").isTrue();
        Files.writeString(local, "theirs");
        assertThat(news(vagrantfile))
                .as("what it was seen to read since counts for what was allowed before, too")
                .contains(local + " has changed");
        Files.writeString(local, "new");
        save(vagrantfile, "load 'helper.rb' # 2");
        Files.writeString(vagrantfile, "load 'helper.rb'");
        assertThat(trusts(store(), vagrantfile)).as("the Vagrantfile as it was").isTrue();
        Files.writeString(helper, "3");
        assertThat(news(vagrantfile)).contains(helper + " has changed");
    }

    @Test
    void filesThatWereNeverAllowedTogetherAreAskedAbout() throws Exception {
        Path vagrantfile = file("v/Vagrantfile", "loads both");
        Path one = file("v/one.rb", "1");
        Path other = file("v/other.rb", "1");
        store().trustContent(store().read(vagrantfile));
        run(vagrantfile, one, other);
        save(one, "2");
        save(other, "2");
        Files.writeString(one, "1");
        assertThat(news(vagrantfile)).isEqualTo("Since you let it run: " + one + " has changed.");
        Files.writeString(other, "1");
        assertThat(trusts(store(), vagrantfile)).isTrue();
    }

    @Test
    void aSaveBackOverWhatNobodyAllowedIsWhatWasAllowed() throws Exception {
        Path vagrantfile = file("w/Vagrantfile", "mine");
        store().trustContent(store().read(vagrantfile));
        Files.writeString(vagrantfile, "theirs");
        save(vagrantfile, "theirs, edited");
        assertThat(trusts(store(), vagrantfile)).isFalse();
        save(vagrantfile, "mine");
        assertThat(trusts(store(), vagrantfile)).isTrue();
        save(vagrantfile, "theirs, edited");
        assertThat(trusts(store(), vagrantfile))
                .as("saved over what was allowed")
                .isTrue();
    }
}
