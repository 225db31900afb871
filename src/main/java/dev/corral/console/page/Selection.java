package dev.corral.console.page;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is chosen on a page, as far as commands need to know. Pure and immutable.
 *
 * @param kind      the kind of thing; empty when nothing is chosen
 * @param obstacles why a command makes no sense for it, for those that make none although they are about such things
 * @param texts     other names for commands for now, for instance Unpin
 */
public record Selection(
        Optional<Scope> kind, Map<? extends Command, String> obstacles, Map<? extends Command, String> texts) {

    /** Copies the maps. */
    public Selection {
        obstacles = Map.copyOf(obstacles);
        texts = Map.copyOf(texts);
    }

    /** Nothing is chosen. */
    public static Selection nothing() {
        return new Selection(Optional.empty(), Map.of(), Map.of());
    }

    /** A thing of this kind is chosen. */
    public static Selection of(Scope kind) {
        return new Selection(Optional.of(kind), Map.of(), Map.of());
    }

    /** Why a command makes no sense now; empty when it does. */
    String obstacle(Command command) {
        String why = obstacles.get(command);
        if (why != null) {
            return why;
        }
        Set<Scope> scopes = command.scopes();
        if (scopes.contains(Scope.WINDOW)
                || scopes.contains(Scope.PAGE)
                || kind.filter(scopes::contains).isPresent()) {
            return "";
        }
        return "Choose " + scopes.stream().sorted().map(Scope::words).collect(Collectors.joining(" or ")) + " first";
    }

    /** A command's name at present. */
    String text(Command command) {
        String other = texts.get(command);
        return other == null ? command.text() : other;
    }
}
