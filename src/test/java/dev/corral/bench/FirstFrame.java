package dev.corral.bench;

import dev.corral.console.Console;
import dev.corral.console.WindowOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Opens the window in a process of its own and prints the time to its first frame, and what it takes while idle. */
public final class FirstFrame {
    private static final Duration SETTLE = Duration.ofSeconds(25);
    private static final Duration IDLE = Duration.ofSeconds(20);

    private FirstFrame() {}

    /** Prints {@code first_frame_ms=…} and {@code idle_core_share=…}. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("corral-bench");
        Console.launch(
                () -> BenchSandbox.corral(folder.resolve("cache")),
                List.of(),
                new WindowOptions(List.of(), Optional.of(folder.resolve("state")), () -> {
                    System.out.println("first_frame_ms="
                            + ManagementFactory.getRuntimeMXBean().getUptime());
                    Thread.ofPlatform().daemon().start(FirstFrame::idle);
                }));
    }

    private static void idle() {
        try {
            Thread.sleep(SETTLE);
            long before = cpuNanos();
            Thread.sleep(IDLE);
            System.out.println("idle_core_share=" + (cpuNanos() - before) / (double) IDLE.toNanos());
            Runtime.getRuntime().halt(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
