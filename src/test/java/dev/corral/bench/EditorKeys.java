package dev.corral.bench;

import dev.corral.console.editor.CodeEditor;
import dev.corral.console.editor.EditorHelp;
import dev.corral.console.editor.file.EditedFile;
import dev.corral.console.editor.syntax.Language;
import dev.corral.console.vagrantfile.help.FileHelp;
import dev.corral.core.app.LocalCorral;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;

/**
 * Types into the editor and into a bare text area, in a process of its own, and prints figures in milliseconds. The work of a key is what
 * its event takes, with layout and styles, and what the renderer computes for it; how long it takes until that is on the screen depends
 * on the frames as well, of which the window has thirty a second.
 */
public final class EditorKeys {
    static final int LINES = 5_000;
    private static final int WARM_UP = 120;
    private static final int KEYS = 300;
    private static final int PROBLEMS = 15;
    private static final long GAP_MS = 60;
    private static final String TEXT = "config.vm.hostname = \"web-1\" # typed  ";

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static Stage stage;

    private EditorKeys() {}

    /** Prints {@code name=value} lines. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("javafx.animation.pulse", "30");
        CountDownLatch up = new CountDownLatch(1);
        Platform.startup(() -> {
            stage = new Stage();
            up.countDown();
        });
        up.await();
        Path folder = Files.createTempDirectory("corral-bench");
        Path file = Files.writeString(folder.resolve("Vagrantfile"), text());
        try (LocalCorral corral = BenchSandbox.corral(folder.resolve("cache"))) {
            EditorHelp help = new FileHelp(corral).apply(file, Language.RUBY);
            help.problems(Files.readString(file));
            CodeEditor editor = open(file);
            editor.close();
            long cpu = allCpu();
            long begin = System.nanoTime();
            editor = open(file);
            print("load", (System.nanoTime() - begin) / 1e6);
            print("load_cpu", (allCpu() - cpu) / 1e6);
            CodeEditor shown = editor;
            onFx(() -> {
                shown.help(help);
                return null;
            });
            CodeArea area = onFx(() -> (CodeArea) shown.lookup("#code"));
            keys("editor", area);
            problems(shown, area);
            CodeArea bare = onFx(() -> {
                CodeArea made = new CodeArea();
                show(new StackPane(new VirtualizedScrollPane<>(made)));
                made.replaceText(text());
                return made;
            });
            keys("bare", bare);
        }
        Runtime.getRuntime().halt(0);
    }

    private static String text() {
        StringBuilder text = new StringBuilder("Vagrant.configure(\"2\") do |config|\n");
        for (int machine = 0; text.chars().filter(c -> c == '\n').count() < LINES - 12; machine++) {
            text.append("""
                      config.vm.define "machine%1$d" do |node| # number %1$d
                        node.vm.box = "corral/debian"
                        node.vm.hostname = "machine%1$d"
                        node.vm.network "private_network", ip: "10.0.%2$d.%3$d"
                        node.vm.provider :libvirt do |virt|
                          virt.memory = 512 + %1$d
                        end
                        node.vm.provision "shell", name: "setup", inline: <<~SCRIPT
                          echo "machine #{node} of %1$d"
                        SCRIPT
                      end
                    """.formatted(machine, machine / 250, machine % 250));
        }
        return text.append("end\n").toString();
    }

    private static CodeEditor open(Path file) throws Exception {
        EditedFile opened = EditedFile.open(file);
        CodeEditor.Prepared prepared = CodeEditor.Prepared.of(
                opened.content().text(), Language.of(file, opened.content().text()));
        CompletableFuture<Void> laid = new CompletableFuture<>();
        CodeEditor editor = onFx(() -> {
            CodeEditor made = new CodeEditor();
            show(made);
            made.show(prepared, true);
            Scene scene = stage.getScene();
            scene.addPostLayoutPulseListener(() -> laid.complete(null));
            return made;
        });
        laid.get(1, TimeUnit.MINUTES);
        return editor;
    }

    private static void show(Parent root) {
        root.getStyleClass().addAll("corral", "corral-light");
        Scene scene = new Scene(root, 900, 700);
        // The bare one has the library's own look.
        if (root instanceof CodeEditor) {
            scene.getStylesheets()
                    .add(CodeEditor.class
                            .getResource("/dev/corral/console/corral.css")
                            .toExternalForm());
        }
        stage.setScene(scene);
        stage.show();
    }

    private static void keys(String name, CodeArea area) throws Exception {
        onFx(() -> {
            area.moveTo(LINES / 2, 0);
            area.insertText(area.getCaretPosition(), "\n");
            area.moveTo(LINES / 2, 0);
            area.requestFollowCaret();
            area.requestFocus();
            return null;
        });
        Thread.sleep(1_000);
        List<Double> work = new ArrayList<>();
        List<Double> wall = new ArrayList<>();
        for (int key = -WARM_UP; key < KEYS; key++) {
            double[] one = key(area, TEXT.charAt(Math.floorMod(key, TEXT.length())));
            if (key >= 0) {
                work.add(one[0]);
                wall.add(one[1]);
            }
            if (Math.floorMod(key, TEXT.length()) == TEXT.length() - 1) {
                onFx(() -> {
                    area.replaceText(LINES / 2, 0, LINES / 2, area.getParagraphLength(LINES / 2), "");
                    return null;
                });
            }
            Thread.sleep(GAP_MS);
        }
        print(name + "_work_p50", percentile(work, 50));
        print(name + "_work_p95", percentile(work, 95));
        print(name + "_wall_p50", percentile(wall, 50));
        print(name + "_wall_p95", percentile(wall, 95));
    }

    // The processor's time of both threads that draw, and the time by the clock until layout has taken it up.
    private static double[] key(CodeArea area, char typed) throws Exception {
        CompletableFuture<Long> laid = new CompletableFuture<>();
        long before = cpu();
        long begin = System.nanoTime();
        onFx(() -> {
            Runnable[] listener = new Runnable[1];
            Scene scene = area.getScene();
            listener[0] = () -> {
                scene.removePostLayoutPulseListener(listener[0]);
                laid.complete(System.nanoTime());
            };
            Event.fireEvent(
                    area,
                    new KeyEvent(
                            KeyEvent.KEY_TYPED,
                            String.valueOf(typed),
                            "",
                            KeyCode.UNDEFINED,
                            false,
                            false,
                            false,
                            false));
            scene.addPostLayoutPulseListener(listener[0]);
            Platform.requestNextPulse();
            return null;
        });
        long end = laid.get(1, TimeUnit.MINUTES);
        // The renderer works on what was laid out.
        Thread.sleep(25);
        return new double[] {(cpu() - before) / 1e6, (end - begin) / 1e6};
    }

    // Of the whole process, its compiler included: says something on a busy machine, too.
    private static long allCpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long cpu() {
        return Arrays.stream(CPU.getThreadInfo(CPU.getAllThreadIds()))
                .filter(info -> info != null && drawing(info))
                .mapToLong(info -> CPU.getThreadCpuTime(info.getThreadId()))
                .sum();
    }

    private static boolean drawing(ThreadInfo info) {
        return info.getThreadName().equals("JavaFX Application Thread")
                || info.getThreadName().startsWith("QuantumRenderer");
    }

    private static void problems(CodeEditor editor, CodeArea area) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < PROBLEMS; round++) {
            CompletableFuture<Long> shown = new CompletableFuture<>();
            onFx(() -> {
                editor.marks().addListener((all, was, now) -> {
                    if (!now.isEmpty()) {
                        shown.complete(System.nanoTime());
                    }
                });
                return null;
            });
            long begin = System.nanoTime();
            onFx(() -> {
                area.insertText(LINES / 2, 0, "if (");
                return null;
            });
            times.add((shown.get(1, TimeUnit.MINUTES) - begin) / 1e6);
            CompletableFuture<Long> gone = new CompletableFuture<>();
            onFx(() -> {
                editor.marks().addListener((all, was, now) -> {
                    if (now.isEmpty()) {
                        gone.complete(System.nanoTime());
                    }
                });
                area.deleteText(LINES / 2, 0, LINES / 2, 4);
                return null;
            });
            gone.get(1, TimeUnit.MINUTES);
        }
        print("problem", percentile(times, 50));
    }

    private static <T> T onFx(java.util.concurrent.Callable<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                done.complete(work.call());
            } catch (Exception | Error failure) {
                done.completeExceptionally(failure);
            }
        });
        return done.get(1, TimeUnit.MINUTES);
    }

    private static double percentile(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private static void print(String name, double value) {
        System.out.printf(Locale.ROOT, "%s=%.3f%n", name, value);
    }
}
