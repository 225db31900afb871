package dev.corral.core.vagrantfile;

import static dev.corral.core.vagrantfile.CountedVagrant.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer is given again without Vagrant, as long as all that decided is as it was. */
@Tag("unit")
@Tag("any_user")
class ResolutionCacheTest {
    @TempDir
    private Path root;

    private CountedVagrant vagrant;

    @BeforeEach
    void vagrant() throws IOException {
        vagrant = new CountedVagrant(root);
    }

    private List<String> machines(ResolveRequest request) {
        return vagrant.resolver().resolve(request).machines().stream()
                .map(ResolvedMachine::name)
                .toList();
    }

    // Longer than a tick of the kernel's clock: what changes within it is not taken for what was read.
    private static void settle() throws InterruptedException {
        Thread.sleep(40);
    }

    @Test
    void whatDecidedIsAskedForAgainWhenItChanges() throws Exception {
        Path file = vagrant.project(
                "project",
                "names = Dir.glob(\"hosts/*.host\").map { |one| File.basename(one, \".host\") }.sort",
                "names += File.readlines(\"more.txt\", chomp: true) if File.exist?(\"more.txt\")",
                "names << ENV[\"ONE_MORE\"] if ENV[\"ONE_MORE\"]",
                "names.each { |name| config.vm.define name }");
        Path folder = file.getParent();
        Files.createDirectories(folder.resolve("hosts"));
        Files.writeString(folder.resolve("hosts/a.host"), "");
        settle();
        assertThat(machines(request(file))).containsExactly("a");
        assertThat(machines(request(file))).containsExactly("a");
        assertThat(vagrant.count()).as("the second answer is remembered").isEqualTo(1);

        Files.writeString(folder.resolve("hosts/b.host"), "");
        settle();
        assertThat(machines(request(file))).as("a new match of the glob").containsExactly("a", "b");
        Files.writeString(folder.resolve("more.txt"), "c\n");
        settle();
        assertThat(machines(request(file)))
                .as("a file that was looked for in vain appears")
                .containsExactly("a", "b", "c");
        Files.writeString(folder.resolve("more.txt"), "d\n");
        settle();
        assertThat(machines(request(file))).as("other content of the same size").containsExactly("a", "b", "d");
        assertThat(machines(request(file, "ONE_MORE", "e")))
                .as("a variable that was read")
                .containsExactly("a", "b", "d", "e");
        assertThat(vagrant.count()).isEqualTo(5);
        assertThat(machines(request(file, "ONE_MORE", "e"))).containsExactly("a", "b", "d", "e");
        assertThat(machines(request(file))).as("both values are remembered").containsExactly("a", "b", "d");
        assertThat(machines(request(file, "UNREAD", "x")))
                .as("a variable that nobody reads decides nothing")
                .containsExactly("a", "b", "d");
        assertThat(vagrant.count()).isEqualTo(5);
    }

    @Test
    void anotherSuffixIsKnownOnceTwoGaveTheSame() throws Exception {
        Path names = vagrant.project("names", "config.vm.define \"web#{ENV[\"INSPECT_VM_SUFFIX\"]}\", primary: true");
        Path sums = vagrant.project("sums", "config.vm.define \"web#{ENV[\"INSPECT_VM_SUFFIX\"].sum}\"");
        settle();
        for (Path file : List.of(names, sums)) {
            vagrant.resolver().learnSuffix(request(file, Suffixes.VARIABLE, "-basic-00a1b2c3"));
        }
        assertThat(vagrant.count()).isEqualTo(4);
        Resolution other = vagrant.resolver().resolve(request(names, Suffixes.VARIABLE, "-basic-99f8e7d6"));
        assertThat(other.primary()).contains("web-basic-99f8e7d6");
        assertThat(vagrant.count()).as("put into names only").isEqualTo(4);
        assertThat(machines(request(sums, Suffixes.VARIABLE, "-basic-99f8e7d6")))
                .containsExactly("web" + "-basic-99f8e7d6".chars().sum());
        assertThat(vagrant.count()).as("reckoned with").isEqualTo(5);
    }

    @Test
    void secretsAreNotKept() throws Exception {
        Path file = vagrant.project(
                "secret",
                "config.vm.provision \"shell\", inline: \"login #{ENV.fetch(\"COURSE_API_TOKEN\")} #{ENV[\"PLAIN_VALUE\"]}\"");
        settle();
        ResolveRequest asked = request(file, "COURSE_API_TOKEN", "tok-5c3e");
        Resolution fresh = vagrant.resolver().resolve(asked);
        assertThat(fresh.machines()
                        .getFirst()
                        .provisioners()
                        .getFirst()
                        .settings()
                        .path("inline")
                        .asText())
                .isEqualTo("login *** ");
        assertThat(vagrant.resolver().resolve(asked)).isEqualTo(fresh);
        assertThat(vagrant.count()).isEqualTo(1);
        Path entry = entries().getFirst();
        assertThat(Files.readString(entry)).doesNotContain("tok-5c3e");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)))
                .isEqualTo("rw-------");
        vagrant.resolver().resolve(request(file, "COURSE_API_TOKEN", "tok-other"));
        assertThat(vagrant.count()).as("another secret is another question").isEqualTo(2);
    }

    @Test
    void whatMayChangeByItselfIsNotRemembered() throws Exception {
        Path program = vagrant.project("program", "config.vm.define `echo web`.strip");
        Path writer = vagrant.project("writer", "File.write(\"counter\", \"1\")", "config.vm.define \"web\"");
        settle();
        for (Path file : List.of(program, writer, program, writer)) {
            assertThat(machines(request(file))).containsExactly("web");
        }
        assertThat(vagrant.count()).isEqualTo(4);
        assertThat(entries()).isEmpty();
    }

    @Test
    void damagedAnswersAreAskedForAnew() throws Exception {
        Path file = vagrant.project("damaged", "config.vm.define \"web\"");
        settle();
        assertThat(machines(request(file))).containsExactly("web");
        for (byte[] content : List.of(
                "{\"schema\":1}".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                new byte[] {0, -1, 7},
                "[]".getBytes(StandardCharsets.UTF_8),
                "{\"schema\":1,\"salt\":\"\",\"variables\":{},\"files\":[{}],\"resolution\":null}"
                        .getBytes(StandardCharsets.UTF_8))) {
            Files.write(entries().getFirst(), content);
            int before = vagrant.count();
            assertThat(machines(request(file))).containsExactly("web");
            assertThat(vagrant.count()).isEqualTo(before + 1);
        }
        assertThat(machines(request(file))).containsExactly("web");
        assertThat(vagrant.count()).isEqualTo(6);
    }

    @Test
    void anotherBoxOrPluginListIsAnotherQuestion() throws Exception {
        Path file = vagrant.project("box", "config.vm.box = \"some/box\"");
        settle();
        assertThat(vagrant.resolver()
                        .resolve(request(file))
                        .machines()
                        .getFirst()
                        .box()
                        .present())
                .isFalse();
        assertThat(vagrant.count()).isEqualTo(1);
        Path box = Files.createDirectories(root.resolve("home/boxes/some-VAGRANTSLASH-box/1.0/stub"));
        Files.writeString(box.resolve("metadata.json"), "{\"provider\":\"stub\"}");
        Files.writeString(
                box.resolve("Vagrantfile"),
                "Vagrant.configure(\"2\") { |config| config.vm.hostname = \"from-the-box\" }\n");
        settle();
        ResolvedMachine machine =
                vagrant.resolver().resolve(request(file)).machines().getFirst();
        assertThat(machine.box().present()).isTrue();
        assertThat(machine.hostname()).contains("from-the-box");
        Files.writeString(
                box.resolve("Vagrantfile"),
                "Vagrant.configure(\"2\") { |config| config.vm.hostname = \"from-the-boy\" }\n");
        settle();
        assertThat(vagrant.resolver()
                        .resolve(request(file))
                        .machines()
                        .getFirst()
                        .hostname())
                .contains("from-the-boy");
        assertThat(vagrant.count()).isEqualTo(3);
    }

    private List<Path> entries() throws IOException {
        if (!Files.exists(vagrant.cache())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(vagrant.cache())) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }
}
