package dev.corral.core.vagrantfile.check;

import dev.corral.core.base.Suggestions;
import dev.corral.core.vagrantfile.syntax.Word;
import java.util.Collection;
import java.util.Optional;

/**
 * What can be said about a word without running the file.
 *
 * @param about      what the word is
 * @param word       the word
 * @param sentence   what is the matter
 * @param nextStep   what to do when nothing is like it
 * @param suggestion a known word that is like it
 */
record Remark(About about, Word word, String sentence, String nextStep, Optional<String> suggestion) {
    /** What a word is. */
    enum About {
        /** A name among the settings of something. */
        SETTING,
        /** A part of the whole configuration, which a plugin may bring. */
        PART,
        /** A plugin that the file asks for. */
        PLUGIN,
        /** A provider. */
        PROVIDER,
        /** A type of something. */
        TYPE,
        /** A box. */
        BOX,
        /** A machine. */
        MACHINE
    }

    static Remark unknown(About about, Word word, String sentence, String nextStep, Collection<String> names) {
        return new Remark(about, word, sentence, nextStep, Suggestions.nearest(word.text(), names));
    }

    static Remark of(About about, Word word, String sentence, String nextStep) {
        return new Remark(about, word, sentence, nextStep, Optional.empty());
    }

    String step() {
        return suggestion.map(name -> "Did you mean " + name + "?").orElse(nextStep);
    }

    Optional<Fix> fix() {
        return suggestion.map(name -> new Fix(word.line(), word.column(), word.end(), name));
    }
}
