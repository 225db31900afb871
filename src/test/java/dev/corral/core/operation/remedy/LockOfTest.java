package dev.corral.core.operation.remedy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** A process that holds the lock of a machine as Vagrant does, until its input ends or it is interrupted. */
public final class LockOfTest implements AutoCloseable {
    private final Process process;

    /**
     * @param root  the sandbox's directory
     * @param home  the home of Vagrant
     * @param shell what the process is prepared with: {@code trap '' INT} makes it deaf
     */
    public LockOfTest(Path root, Path home, String machine, String shell) throws Exception {
        String name = HexFormat.of()
                .formatHex(MessageDigest.getInstance("MD5")
                        .digest((root.toString() + root.resolve(".vagrant") + machine)
                                .getBytes(StandardCharsets.UTF_8)));
        Path lock = Files.createDirectories(home.resolve("data")).resolve("lock.machine-action-" + name + ".lock");
        process = new ProcessBuilder(
                        "sh", "-c", shell + "; exec flock -o \"$0\" sh -c 'echo held; cat'", lock.toString())
                .start();
        if (!"held".equals(process.inputReader().readLine())) {
            throw new IOException("flock holds nothing");
        }
    }

    /** Its process. */
    public Process process() {
        return process;
    }

    /** The sandbox that it holds. */
    public static HeldSandbox sandbox(Path root, Path home, String machine) {
        return new HeldSandbox("s-0a1b2c3d", root, List.of(home), List.of(machine));
    }

    @Override
    public void close() throws Exception {
        process.outputWriter().close();
        process.waitFor();
    }
}
