package dev.corral.core.hypervisor.qemu;

import dev.corral.core.process.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * QEMU processes that no libvirt runs. Machines of the vagrant-qemu plugin are such: they are registered nowhere, and a
 * command line that names their disk is all there is.
 */
public final class QemuProcesses {
    // vagrant-qemu: <project>/.vagrant/machines/<machine>/qemu/<id>/linked-box.img
    private static final Pattern DISK = Pattern.compile("((?:(.*)/\\.vagrant|.*)/machines/([^/]+)/qemu/([^/]+))/[^/]+");
    private static final Pattern FILE = Pattern.compile("(?:^|,)file(?:name)?=((?:[^,]|,,)*)");
    // Some distributions call it qemu-kvm, and vagrant-qemu takes whatever its qemu_bin names.
    private static final Pattern PROGRAM = Pattern.compile("qemu-system|qemu-kvm");
    private static final String DELETED = " (deleted)";

    private final Path proc;

    QemuProcesses(Path proc) {
        this.proc = proc;
    }

    public static QemuProcesses onThisMachine() {
        return new QemuProcesses(Path.of("/proc"));
    }

    boolean readable() {
        return Files.isDirectory(proc.resolve("self"));
    }

    /**
     * One process.
     *
     * @param identity the process
     * @param id       vagrant-qemu's id of the machine, empty where it is another's
     * @param machine  Vagrant's name of the machine, or what QEMU was told to call it
     * @param folder   the machine's folder of vagrant-qemu, or empty
     * @param project  the project's directory, or empty
     * @param files    the images on its command line
     */
    record Qemu(
            ProcessIdentity identity, String id, String machine, String folder, String project, List<String> files) {}

    /**
     * A file that a process has open.
     *
     * @param link    the kernel's link to it
     * @param deleted whether its name is gone
     */
    record Open(Path link, boolean deleted) {}

    /**
     * All of them.
     *
     * @throws IOException if the processes of this machine can not be listed, or one of QEMU is hidden from us
     */
    List<Qemu> all() throws IOException {
        List<Qemu> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                read(process).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Qemu> read(Path process) throws IOException {
        try {
            if (!PROGRAM.matcher(Files.readString(process.resolve("comm"))).lookingAt()) {
                return Optional.empty();
            }
            ProcessIdentity identity =
                    ProcessIdentity.of(Long.parseLong(process.getFileName().toString()));
            return describe(
                    identity,
                    List.of(Files.readString(process.resolve("cmdline")).split("\0")));
        } catch (AccessDeniedException e) {
            // It may be any machine's, so that of none it can be said that it does not run.
            throw new IOException(
                    "the command line of QEMU's process " + process.getFileName() + " is hidden from us", e);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            // It has ended meanwhile: then there is nothing to tell of it.
            return Optional.empty();
        }
    }

    /** Reads a command line; empty for a process of libvirt. */
    static Optional<Qemu> describe(ProcessIdentity identity, List<String> words) {
        List<String> files = new ArrayList<>();
        String name = "";
        for (int i = 1; i < words.size(); i++) {
            String option = words.get(i - 1);
            String value = words.get(i);
            if (option.equals("-name") || option.equals("--name")) {
                if (value.startsWith("guest=")) {
                    return Optional.empty();
                }
                name = value.startsWith("name=") ? value.substring(5) : value;
            } else if (option.endsWith("-drive") || option.endsWith("-blockdev")) {
                Matcher matcher = FILE.matcher(value);
                if (matcher.find()) {
                    files.add(matcher.group(1).replace(",,", ","));
                }
            } else if (option.matches("--?(?:hd[a-d]|cdrom)")) {
                files.add(value);
            }
        }
        for (String file : files) {
            Matcher matcher = DISK.matcher(file);
            if (matcher.matches()) {
                return Optional.of(new Qemu(
                        identity,
                        matcher.group(4),
                        matcher.group(3),
                        matcher.group(1),
                        Optional.ofNullable(matcher.group(2)).orElse(""),
                        List.copyOf(files)));
            }
        }
        return Optional.of(new Qemu(identity, "", name, "", "", List.copyOf(files)));
    }

    /** The files that a process has open, by name; empty if that is hidden from us. */
    Map<String, Open> open(long pid) {
        Map<String, Open> files = new LinkedHashMap<>();
        Path folder = proc.resolve(Long.toString(pid)).resolve("fd");
        try (DirectoryStream<Path> links = Files.newDirectoryStream(folder)) {
            for (Path link : links) {
                String target = target(link);
                if (target.startsWith("/")) {
                    boolean deleted = target.endsWith(DELETED);
                    files.put(
                            deleted ? target.substring(0, target.length() - DELETED.length()) : target,
                            new Open(link, deleted));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return files;
        }
        return files;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            // Closed in the meantime.
            return "";
        }
    }

    /**
     * Pids of QEMU's programs, those of libvirt too, that have a file open, as far as that is not hidden from us.
     *
     * @throws UncheckedIOException if the processes of this machine can not be listed
     */
    public List<Long> holders(String file) {
        List<Long> pids = new ArrayList<>();
        if (!readable()) {
            return pids;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (qemu(process) && open(pid).containsKey(file)) {
                    pids.add(pid);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pids;
    }

    private static boolean qemu(Path process) {
        try {
            return Files.readString(process.resolve("comm")).startsWith("qemu-");
        } catch (IOException e) {
            return false;
        }
    }
}
