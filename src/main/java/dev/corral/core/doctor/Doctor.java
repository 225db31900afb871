package dev.corral.core.doctor;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.ForeignFiles;
import dev.corral.core.base.LogFile;
import dev.corral.core.doctor.Finding.Verdict;
import dev.corral.core.inspect.tasks.PythonLocator;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.Vagrant;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks what this machine needs to run sandboxes. Changes nothing; takes a few seconds. */
public final class Doctor {
    private static final long LITTLE_SPACE = 5L * 1024 * 1024 * 1024;

    private final Environment environment;

    /** Checks with these variables. */
    public Doctor(Environment environment) {
        this.environment = environment;
    }

    /** All findings, in the order in which they should be mended. */
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(vagrant());
        findings.addAll(new HypervisorFindings(environment).all());
        findings.add(acceleration());
        findings.add(inspect());
        findings.add(cache());
        findings.add(log());
        return findings;
    }

    private Finding log() {
        Path log = LogFile.of(environment);
        Path existing = log;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        boolean usable = Files.isWritable(existing)
                && (existing.equals(log) ? Files.isRegularFile(log) : Files.isDirectory(existing));
        return usable
                ? Finding.ok("log", "What goes wrong is noted in " + log + ".")
                : new Finding(
                        "log",
                        Verdict.WARN,
                        "What goes wrong can't be noted in " + log + ".",
                        "Give yourself access to it, or set XDG_STATE_HOME.");
    }

    private Finding vagrant() {
        try {
            return Finding.ok("Vagrant", new Vagrant(environment).version() + " is installed.");
        } catch (ExpectedFailure e) {
            return new Finding("Vagrant", Verdict.FAIL, e.getMessage(), e.nextStep());
        }
    }

    private static Finding acceleration() {
        Path device = Path.of("/dev/kvm");
        if (!Files.exists(device)) {
            return new Finding(
                    "acceleration",
                    Verdict.WARN,
                    "There is no /dev/kvm, so guests run in software and are slow.",
                    "Switch virtualisation on in the firmware, or live with it.");
        }
        try {
            String cpu = Files.readString(Path.of("/proc/cpuinfo"));
            if (!cpu.contains(" vmx") && !cpu.contains(" svm")) {
                return new Finding(
                        "acceleration",
                        Verdict.WARN,
                        "/dev/kvm is there, but the processor lends no help to guests: with KVM they would hang.",
                        "Use lv.driver = \"qemu\" in Vagrantfiles; the box corral/debian does so by itself.");
            }
        } catch (IOException e) {
            return new Finding(
                    "acceleration", Verdict.WARN, "/proc/cpuinfo can't be read: " + e.getMessage() + ".", "");
        }
        return Finding.ok("acceleration", "/dev/kvm is usable.");
    }

    private Finding inspect() {
        try {
            return Finding.ok("Inspect", "Found with " + new PythonLocator(environment).locate() + ".");
        } catch (ExpectedFailure e) {
            return new Finding("Inspect", Verdict.WARN, e.getMessage(), e.nextStep());
        }
    }

    private Finding cache() {
        try {
            Path cache = CacheDirectory.of(environment);
            CacheDirectory.check(cache);
            Path existing = cache;
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            if (!Files.isDirectory(existing)) {
                return new Finding(
                        "cache directory",
                        Verdict.FAIL,
                        cache + " can't be made: " + existing + " is not a directory.",
                        "Move that file away, or name another directory in INSPECT_SANDBOX_CACHE_DIR.");
            }
            if (!Files.isReadable(existing) || !Files.isWritable(existing) || !Files.isExecutable(existing)) {
                return new Finding(
                        "cache directory",
                        Verdict.FAIL,
                        cache + " can't be " + (Files.isReadable(existing) ? "written." : "read."),
                        "Give yourself access to it, or name another in INSPECT_SANDBOX_CACHE_DIR.");
            }
            Optional<ForeignFiles.Fault> fault = new SandboxStore(cache).fault();
            if (fault.isPresent()) {
                return new Finding(
                        "cache directory",
                        Verdict.FAIL,
                        fault.get().sentence(),
                        fault.get().nextStep());
            }
            FileStore store = Files.getFileStore(existing);
            if (store.getUsableSpace() < LITTLE_SPACE) {
                return new Finding(
                        "cache directory",
                        Verdict.WARN,
                        "Less than 5 GiB are free at " + cache + ".",
                        "Free some space.");
            }
            Optional<String> relative = environment
                    .get("INSPECT_SANDBOX_CACHE_DIR")
                    .filter(named -> !Path.of(named).isAbsolute());
            if (relative.isPresent()) {
                return new Finding(
                        "cache directory",
                        Verdict.WARN,
                        "INSPECT_SANDBOX_CACHE_DIR is not a whole path, so it is another directory wherever Corral runs; here it is "
                                + cache + ".",
                        "Name the whole path; a ~ is not read by Corral.");
            }
            return Finding.ok("cache directory", cache + " can be written.");
        } catch (IOException e) {
            return new Finding(
                    "cache directory", Verdict.WARN, "The free space can't be read: " + e.getMessage() + ".", "");
        } catch (ExpectedFailure e) {
            return new Finding("cache directory", Verdict.FAIL, e.getMessage(), e.nextStep());
        }
    }
}
