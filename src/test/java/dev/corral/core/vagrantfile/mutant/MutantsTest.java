package dev.corral.core.vagrantfile.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bench runs is the same each time, is Ruby, and is of all kinds. */
@Tag("unit")
class MutantsTest {
    private static final int COUNT = 1_000;

    @TempDir
    private Path root;

    @Test
    void aSeedAlwaysGivesTheSame() throws Exception {
        Mutants first = new Mutants(root.resolve("1"));
        Mutants second = new Mutants(root.resolve("2"));
        // In another order, since each can be had alone.
        List<String> there = IntStream.range(0, 200)
                .mapToObj(i -> Mutants.text(first.get(7, i)))
                .toList();
        List<String> back = IntStream.range(0, 200)
                .map(i -> 199 - i)
                .mapToObj(i -> Mutants.text(second.get(7, i)))
                .toList();
        assertThat(back.reversed()).isEqualTo(there);
        assertThat(Mutants.text(first.get(8, 3))).isNotEqualTo(there.get(3));
        assertThat(new HashSet<>(there)).hasSizeGreaterThan(195);
    }

    @Test
    void eachKindComesAndRubyTakesAll() throws Exception {
        Mutants mutants = new Mutants(root.resolve("1"));
        Set<String> kinds = new TreeSet<>();
        Map<String, String> sources = new TreeMap<>();
        int changes = 0;
        for (int i = 0; i < COUNT; i++) {
            Mutant mutant = mutants.get(1, i);
            kinds.addAll(mutant.applied());
            changes += mutant.applied().size();
            if (!List.of("syntax-error", "utf-16").contains(mutant.base())) {
                for (Map.Entry<String, byte[]> file : mutant.files().entrySet()) {
                    boolean ruby = file.getKey().equals(mutant.vagrantfile())
                            || (file.getKey().endsWith(".rb") && !file.getKey().endsWith("stub.rb"));
                    if (ruby && mutant.isText()) {
                        sources.put(
                                i + " " + mutant.base() + " " + mutant.applied() + " " + file.getKey(),
                                new String(file.getValue(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(mutants.kinds());
        assertThat(changes).isGreaterThan(3 * COUNT);
        List<String> complaints = RubyTokens.complaints(List.copyOf(sources.values()));
        List<String> wrong = new ArrayList<>();
        List<String> names = List.copyOf(sources.keySet());
        for (int i = 0; i < names.size(); i++) {
            if (!complaints.get(i).isEmpty()) {
                wrong.add(names.get(i) + ": " + complaints.get(i) + "\n" + sources.get(names.get(i)));
            }
        }
        assertThat(wrong).isEmpty();
    }
}
