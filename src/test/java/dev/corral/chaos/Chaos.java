package dev.corral.chaos;

import dev.corral.core.ssh.LoopbackSshd;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** The chaos runs of the bench and of the tests. */
public final class Chaos {
    private static final int LANES = 2;

    private Chaos() {}

    /** Kills over the stub provider; options are {@code --seed S}, {@code --kills N} and {@code --only INDEX}. Prints its figures. */
    public static boolean stub(Path folder, List<String> options, int kills, PrintStream out) throws Exception {
        try (LoopbackSshd sshd = new LoopbackSshd(folder.resolve("sshd"))) {
            return run(
                    number -> new StubGround(Files.createDirectories(folder.resolve("world" + number)), sshd),
                    options,
                    kills,
                    LANES,
                    out,
                    "chaos");
        }
    }

    /** The same with real VMs. */
    public static boolean vm(Path folder, List<String> options, int kills, PrintStream out) throws Exception {
        return run(
                number -> new VmGround(Files.createDirectories(folder.resolve("vm" + number))),
                options,
                kills,
                1,
                out,
                "chaos-vm");
    }

    private static boolean run(
            ChaosRun.GroundMaker maker, List<String> options, int kills, int lanes, PrintStream out, String name)
            throws Exception {
        long seed =
                Long.parseLong(option(options, "--seed", Integer.toString(new SecureRandom().nextInt(1, 1_000_000))));
        ChaosRun run = new ChaosRun(maker, out, "jpackage/bench " + name);
        String only = option(options, "--only", "");
        return only.isEmpty()
                ? run.run(seed, Integer.parseInt(option(options, "--kills", Integer.toString(kills))), lanes)
                : run.only(seed, Integer.parseInt(only));
    }

    private static String option(List<String> options, String name, String otherwise) {
        int at = options.indexOf(name);
        return at < 0 || at + 1 >= options.size() ? otherwise : options.get(at + 1);
    }
}
