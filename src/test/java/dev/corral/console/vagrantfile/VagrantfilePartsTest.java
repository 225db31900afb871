package dev.corral.console.vagrantfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.console.page.Reveal;
import dev.corral.console.page.Scope;
import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("unit")
class VagrantfilePartsTest {
    @TempDir
    private Path folder;

    @Test
    void filesThatAreNamedAndThereAreOffered() throws IOException {
        Path file = Files.writeString(folder.resolve("Vagrantfile"), "");
        Files.writeString(folder.resolve("up.sh"), "");
        Files.writeString(folder.resolve("nodes.yaml"), "");
        Files.createDirectory(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/names.rb"), "");
        Files.writeString(folder.resolve("in-text.sh"), "");
        String text = "require_relative 'lib/names'\nx.provision :shell, path: \"up.sh\" # 'in-text.sh'\n"
                + "YAML.load_file(\"#{__dir__}/nodes.yaml\")\ny 'lib', 'none.sh', '/etc/passwd', 'Vagrantfile', \"\\0\"\n";
        assertThat(NamedFiles.in(text, file))
                .containsExactly(folder.resolve("lib/names.rb"), folder.resolve("up.sh"), folder.resolve("nodes.yaml"));
    }

    @ParameterizedTest
    @EnumSource(Template.class)
    void templatesAreWrittenOnlyWhereNothingIs(Template template) throws IOException {
        Path file = folder.resolve("Vagrantfile");
        template.write(file);
        assertThat(file)
                .content()
                .contains("Vagrant.configure(\"2\") do |config|")
                .endsWith("end\n");
        assertThatThrownBy(() -> template.write(file)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void theOriginalIsEditedAndACopyOnlyRead() throws IOException {
        Path original = folder.resolve("original");
        Path copy = Files.writeString(folder.resolve("copy"), "");
        Reveal.Vagrantfile wanted = new Reveal.Vagrantfile(Optional.of(original), Optional.of(copy), 3);
        assertThat(Original.of(wanted).file()).isEqualTo(copy);
        assertThat(Original.of(wanted).forReading())
                .hasValueSatisfying(why -> assertThat(why).contains("not there any more"));
        Files.writeString(original, "");
        assertThat(Original.of(wanted)).isEqualTo(new Original(original, Optional.empty()));
        assertThat(Original.of(new Reveal.Vagrantfile(Optional.empty(), Optional.of(copy), 0))
                        .forReading())
                .isPresent();
        Files.delete(original);
        Files.delete(copy);
        assertThatThrownBy(() -> Original.of(wanted)).isInstanceOf(ExpectedFailure.class);
    }

    @ParameterizedTest
    @EnumSource(FileCommand.class)
    void everyCommandCanBeNamed(FileCommand command) {
        assertThat(command.text()).matches("\\p{Lu}.*");
        assertThat(command.description()).isNotBlank().doesNotEndWith(".");
        assertThat(command.id()).matches("action-[a-z-]+");
        assertThat(command.scopes()).containsAnyOf(Scope.PAGE, Scope.FILE);
        assertThat(command.shortcuts()).allMatch(key -> key.combination().isPresent());
    }
}
