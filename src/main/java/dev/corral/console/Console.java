package dev.corral.console;

import dev.corral.core.Corral;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** placeholder until merged */
public final class Console {
    public static void launch(Supplier<Corral> c, List<Path> f) {}
}
