package dev.corral.core.vagrant.failure;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All failures that are known; of several that fit, the first is meant: the particular ones stand before the general. */
public final class KnownFailures {
    private static final List<FailureKind> ALL = Stream.of(
                    HostFailures.ALL,
                    ProvisionerFailures.ALL,
                    SettingFailures.ALL,
                    BoxFailures.ALL,
                    PluginFailures.ALL,
                    VirtualBoxFailures.ALL,
                    LibvirtFailures.ALL,
                    NetworkFailures.ALL,
                    FolderFailures.ALL,
                    SshFailures.ALL,
                    GeneralFailures.ALL)
            .flatMap(List::stream)
            .toList();

    private KnownFailures() {}

    /** What is the matter; empty if none of the known failures fits. */
    public static Optional<Diagnosis> diagnose(Signs signs) {
        return ALL.stream().flatMap(kind -> kind.in(signs).stream()).findFirst();
    }

    /** Their names. */
    public static List<String> names() {
        return ALL.stream().map(FailureKind::name).toList();
    }
}
