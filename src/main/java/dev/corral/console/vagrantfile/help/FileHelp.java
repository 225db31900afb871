package dev.corral.console.vagrantfile.help;

import dev.corral.console.editor.EditorHelp;
import dev.corral.console.editor.WordHelp;
import dev.corral.console.editor.syntax.Language;
import dev.corral.core.app.Corral;
import dev.corral.core.vagrantfile.Resolution;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Helps with Ruby by what is known of it, of the installed Vagrant and of the Vagrantfile that is debugged; with the rest by its words. */
public final class FileHelp implements HelpMaker {
    private final Corral corral;
    private volatile Optional<RubyHelp.Meaning> meaning = Optional.empty();

    /** Help for a window over this core. */
    public FileHelp(Corral corral) {
        this.corral = corral;
    }

    @Override
    public EditorHelp apply(Path file, Language language) {
        return language == Language.RUBY
                ? new RubyHelp(file, corral.language(), this::variables, () -> meaning)
                : new WordHelp();
    }

    private List<String> variables() {
        return corral.environment().variables().keySet().stream().sorted().toList();
    }

    @Override
    public void read(Optional<Resolution> said, Function<Path, Optional<String>> saved) {
        meaning = said.flatMap(resolution -> {
            Path file = Path.of(resolution.vagrantfile());
            return saved.apply(file).map(text -> new RubyHelp.Meaning(file, text, resolution));
        });
    }
}
