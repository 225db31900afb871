package dev.corral.core.vagrantfile.mutant;

import dev.corral.core.vagrantfile.ResolveCase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The mutants that a seed gives, of which each can be had alone. Not thread-safe. */
public final class Mutants {
    private static final int MOST_CHANGES = 6;

    private final List<Mutant> bases = new ArrayList<>();
    private final List<Mutation> mutations;

    /**
     * Reads the collection.
     *
     * @param folder an empty folder, for its projects as they are
     */
    public Mutants(Path folder) throws IOException, InterruptedException {
        for (ResolveCase one : ResolveCase.all()) {
            bases.add(new Mutant(one, one.layOut(folder)));
        }
        List<String> sources = bases.stream()
                .filter(Mutant::isText)
                .map(Mutant::ruby)
                .distinct()
                .toList();
        List<RubyTokens> tokens = RubyTokens.of(sources);
        Map<String, RubyTokens> known = new HashMap<>();
        IntStream.range(0, sources.size())
                .filter(i -> tokens.get(i) != null)
                .forEach(i -> known.put(sources.get(i), tokens.get(i)));
        mutations = Stream.of(
                        new TokenMutations(known).all(),
                        LineMutations.all(),
                        AddMutations.all(),
                        MoveMutations.all(),
                        WholeMutations.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The names of all kinds of change. */
    public List<String> kinds() {
        return mutations.stream().map(Mutation::name).toList();
    }

    /** The mutant of this number: always the same for a seed. */
    public Mutant get(long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        Mutant mutant = bases.get(number % bases.size()).copy();
        List<Mutation> some = new ArrayList<>(mutations);
        Collections.shuffle(some, random);
        // Each kind has its turn to be there.
        Mutation sure = mutations.get(number / bases.size() * 7 % mutations.size());
        some.remove(sure);
        some.addFirst(sure);
        some.subList(2 + random.nextInt(MOST_CHANGES), some.size()).clear();
        some.sort(Comparator.comparing(Mutation::phase));
        for (Mutation one : some) {
            mutant.apply(one, random);
        }
        return mutant;
    }

    /** The same as text, to compare. */
    static String text(Mutant mutant) {
        StringBuilder text = new StringBuilder(mutant.vagrantfile() + mutant.environment() + mutant.applied());
        mutant.files()
                .forEach((path, bytes) -> text.append(path).append(new String(bytes, StandardCharsets.ISO_8859_1)));
        return text.toString();
    }
}
