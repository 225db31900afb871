package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.vagrantfile.ReadFiles;
import dev.corral.core.vagrantfile.TrustGiven;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a start evaluates is what somebody's word was about, or it is no start. */
@Tag("unit")
@Tag("any_user")
@Timeout(180)
class TrustedStartTest extends OverStub {
    private Path vagrantfile;
    private Path helper;
    private final List<ReadFiles> kept = new ArrayList<>();

    @BeforeEach
    void project() throws Exception {
        vagrantfile = stub.vagrantfile("single");
        helper = Files.writeString(vagrantfile.resolveSibling("helper.rb"), "GOOD = 1\n");
        Files.createDirectories(vagrantfile.resolveSibling("parts"));
        prepend(
                "eval File.read(File.expand_path('helper.rb', __dir__))\nDir[File.join(__dir__, 'parts/*.rb')].each { |f| load f }\n");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (String sandbox : stub.directories()) {
            stub.destroy(sandbox);
        }
    }

    private void prepend(String ruby) throws Exception {
        Files.writeString(vagrantfile, ruby + Files.readString(vagrantfile));
    }

    private StartRequest request(ReadFiles files) {
        return StartRequest.of(vagrantfile).withTrust(new TrustGiven(files, kept::add));
    }

    private Throwable refused(ReadFiles files) throws Exception {
        Throwable failure = stub.failure(request(files));
        assertThat(stub.machines()).isEmpty();
        return failure;
    }

    @Test
    void whatWasReadIsKeptForTheNextTime() throws Exception {
        stub.destroy(stub.start(request(ReadFiles.now(vagrantfile))));
        ReadFiles read = kept.getLast();
        assertThat(read.hashes())
                .containsKeys(
                        vagrantfile.toString(),
                        helper.toString(),
                        vagrantfile.resolveSibling("parts").toString());
        assertThat(read.hold()).isTrue();
        Files.writeString(vagrantfile.resolveSibling("parts/notes.txt"), "no glob asks for it");
        assertThat(read.hold()).isTrue();
        Files.writeString(vagrantfile.resolveSibling("parts/new.rb"), "raise 'not trusted'");
        assertThat(ReadFiles.words(read.changes())).endsWith("parts has the new new.rb");
        assertThat(refused(read))
                .hasMessageContaining("parts has the new new.rb")
                .hasMessageStartingWith("Nothing of it was run");
    }

    @Test
    void oneThatIsSwappedAfterTheAnswerIsNotEvaluated() throws Exception {
        ReadFiles word = ReadFiles.now(vagrantfile, helper);
        Path evidence = temp.resolve("evaluated");
        Files.writeString(helper, "File.write('" + evidence + "', '')\n");
        assertThat(refused(word))
                .hasMessageContaining(helper + " has changed since you said that the Vagrantfile may run.");
        assertThat(evidence).doesNotExist();
    }

    @Test
    void oneThatIsSwappedWhileVagrantReadsItIsSaid() throws Exception {
        prepend("system('echo OTHER = 1 >" + helper + "')\n");
        assertThat(refused(ReadFiles.now(vagrantfile, helper)))
                .hasMessageContaining("While Vagrant read it, it became another: " + helper + " has changed");
        assertThat(kept).as("that is trusted by nobody").isEmpty();
    }

    @Test
    void andSoIsOneThatIsPutBackAfterwards() throws Exception {
        prepend("system('cd " + helper.getParent()
                + " && cp -p helper.rb saved && echo OTHER = 1 >helper.rb && mv saved helper.rb')\n");
        assertThat(refused(ReadFiles.now(vagrantfile, helper)))
                .hasMessageContaining(helper + " was changed and put back");
    }

    @Test
    void whatTheVagrantfileItselfWritesIsItsOwn() throws Exception {
        prepend("File.write(File.expand_path('helper.rb', __dir__), \"MINE = 1\\n\")\n");
        stub.start(request(ReadFiles.now(vagrantfile, helper)));
        assertThat(kept.getLast().hold()).isTrue();
    }
}
