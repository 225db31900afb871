package dev.corral.cli.copy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;

/** Copies trees between here and a guest, as one tar stream over one command. */
public final class GuestCopy {
    private static final int NOTHING_THERE = 91;
    private static final String ENVIRONMENT = """
            PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C; export PATH LC_ALL
            command -v tar >/dev/null || exit 127
            """;
    private static final String SEND = ENVIRONMENT + """
            [ -e "$1" ] || [ -L "$1" ] || exit 91
            case $1 in
                */*) d=${1%/*}; d=${d:-/} ;;
                *) d=. ;;
            esac
            cd -- "$d" && exec tar -cf - "./${1##*/}"
            """;
    private static final String RECEIVE = ENVIRONMENT + """
            mkdir -p -- "$1" && cd -- "$1" && exec tar -xpf -
            """;

    private final GuestConnection connection;
    private final Optional<String> user;
    private final LongConsumer progress;

    /**
     * How a copy went.
     *
     * @param leftOut what was not copied, a sentence each
     */
    public record Result(List<String> leftOut) {}

    private interface Work {
        List<String> perform() throws IOException;
    }

    /**
     * @param user     the guest's user; empty: the login user
     * @param progress told how many bytes have been copied
     */
    public GuestCopy(GuestConnection connection, Optional<String> user, LongConsumer progress) {
        this.connection = connection;
        this.user = user;
        this.progress = progress;
    }

    /** Copies from here into the guest. */
    public Result in(Path source, String target) throws IOException, InterruptedException {
        if (!Files.exists(source)) {
            throw ExpectedFailure.notFound(
                    "There is no file or folder " + source + ".",
                    "Check the path; it is relative to the working directory.");
        }
        boolean into = target.endsWith("/")
                || exec(ExecRequest.of("test", "-d", target)).exitCode() == 0;
        int slash = target.lastIndexOf('/');
        String folder = into ? target : slash < 0 ? "." : slash == 0 ? "/" : target.substring(0, slash);
        String name = into ? source.toRealPath().getFileName().toString() : target.substring(slash + 1);
        Pipe pipe = Pipe.open();
        CompletableFuture<List<String>> sent = start("cp-send", () -> {
            try (OutputStream out = Channels.newOutputStream(pipe.sink())) {
                return new TreeToTar(progress).write(source, name, out);
            }
        });
        ExecResult result;
        try (InputStream in = Channels.newInputStream(pipe.source())) {
            result = exec(ExecRequest.of("/bin/sh", "-c", RECEIVE, "sh", folder).withStdin(in));
        }
        check(result, target);
        return new Result(end(sent));
    }

    /** Copies from the guest to here. */
    public Result out(String source, Path target) throws IOException, InterruptedException {
        String path = source.length() > 1 && source.endsWith("/") ? source.substring(0, source.length() - 1) : source;
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean whole = name.isEmpty() || name.equals(".") || name.equals("..");
        boolean into = Files.isDirectory(target) && !whole;
        Path root = into ? target.resolve(name) : target;
        Pipe pipe = Pipe.open();
        CompletableFuture<List<String>> received = start("cp-receive", () -> {
            try (InputStream in = Channels.newInputStream(pipe.source())) {
                return new TarToTree(progress).read(in, root);
            }
        });
        ExecResult result;
        try (OutputStream out = Channels.newOutputStream(pipe.sink())) {
            result = exec(ExecRequest.of("/bin/sh", "-c", SEND, "sh", path).withStdout(out));
        } catch (ExpectedFailure e) {
            // Our own end may have stopped reading, for instance because the disk is full: that is the cause then.
            end(received);
            throw e;
        }
        check(result, source);
        return new Result(end(received));
    }

    private ExecResult exec(ExecRequest request) throws InterruptedException {
        return connection.exec(user.map(request::withUser).orElse(request));
    }

    private static void check(ExecResult result, String path) {
        if (result.exitCode() == NOTHING_THERE) {
            throw ExpectedFailure.notFound(
                    "The guest has no file or folder " + path + ".", "Look with corral exec SANDBOX -- ls.");
        }
        if (result.exitCode() == 127) {
            throw ExpectedFailure.failed(
                    "The guest has no tar, which copying needs.", "Install tar in it, or use corral exec with cat.");
        }
        if (result.exitCode() != 0) {
            throw ExpectedFailure.failed(
                            "The guest could not copy " + path + ".", "Read its words; --user root may help.")
                    .withDetails(result.stderrText().strip());
        }
    }

    private static CompletableFuture<List<String>> start(String name, Work work) {
        CompletableFuture<List<String>> done = new CompletableFuture<>();
        Thread.ofVirtual().name(name).start(() -> {
            try {
                done.complete(work.perform());
            } catch (Throwable e) {
                // Also what no one expects: else whoever waits would wait for ever.
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private static List<String> end(CompletableFuture<List<String>> work) throws IOException {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw ExpectedFailure.failed(
                        "Copying stopped: " + PlainText.line(String.valueOf(cause.getMessage()), 300) + ".",
                        "See that there is room and that you may write there.",
                        cause);
            }
            throw e;
        }
    }
}
