package dev.corral.core.process;

import dev.corral.core.base.Json;
import java.io.IOException;
import java.time.Duration;

/** A process of its own that tells how it sees others, for tests in namespaces and under other users. */
final class LifeProbe {
    private LifeProbe() {}

    /** With {@code self}, tells its identity and stays until it is ended; else tells the life of each identity given. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments[0].equals("self")) {
            System.out.println(Json.mapper().writeValueAsString(ProcessIdentity.self()) + " "
                    + ProcessIdentity.self().life());
            Thread.sleep(Duration.ofMinutes(10));
            return;
        }
        StringBuilder lives = new StringBuilder();
        for (String argument : arguments) {
            lives.append(Json.mapper()
                            .readValue(argument, ProcessIdentity.class)
                            .life())
                    .append(' ');
        }
        System.out.println(lives.toString().strip());
    }
}
