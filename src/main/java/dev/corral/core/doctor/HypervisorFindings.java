package dev.corral.core.doctor;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.doctor.Finding.Verdict;
import dev.corral.core.hypervisor.Host;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorSnapshot;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether hypervisors answer: those that a start with this process's variables would use, and those that sandboxes are at. */
final class HypervisorFindings {
    private static final Logger LOG = LoggerFactory.getLogger(HypervisorFindings.class);
    private static final List<String> ASKED = List.of("libvirt", "virtualbox", "docker");
    private static final int LONGEST = 300;

    private final Environment environment;
    private final Hypervisors hypervisors;

    HypervisorFindings(Environment environment) {
        this.environment = environment;
        hypervisors = new Hypervisors(environment);
    }

    /** One finding about this process's, and one for each connection of sandboxes that does not answer. Blocks while they are asked. */
    List<Finding> all() {
        List<Finding> findings = new ArrayList<>(List.of(own()));
        sandboxes()
                .forEach((context, ids) ->
                        hypervisors.unreachable(context, "libvirt").ifPresent(why -> findings.add(silent(why, ids))));
        return findings;
    }

    private static Finding silent(String why, List<String> ids) {
        return new Finding(
                "hypervisor",
                Verdict.WARN,
                PlainText.line(why, LONGEST) + ". " + (ids.size() == 1 ? "Sandbox " : "Sandboxes ")
                        + String.join(", ", ids) + (ids.size() == 1 ? " is there." : " are there."),
                "Make it answer: until then nobody knows what becomes of them, and nothing of theirs is cleaned up.");
    }

    private Finding own() {
        HypervisorSnapshot snapshot = hypervisors.ask(Set.copyOf(ASKED));
        List<String> answered = new ArrayList<>();
        for (String provider : ASKED) {
            for (Host host : snapshot.answers().hosts(HostContext.here(), provider)) {
                if (snapshot.answers().answered().contains(host)) {
                    answered.add(provider + (host.connection().isEmpty() ? "" : " (" + host.connection() + ")"));
                }
            }
        }
        if (!answered.isEmpty()) {
            return Finding.ok("hypervisor", "These answer: " + String.join(", ", answered) + ".");
        }
        return new Finding(
                "hypervisor",
                Verdict.FAIL,
                "No hypervisor answers. " + String.join(" ", snapshot.problems()),
                "Start libvirtd, or run jpackage/run in a checkout: it sets one up.");
    }

    // Those whose connections were resolved; the others are at this process's own, as far as anybody knows.
    private Map<HostContext, List<String>> sandboxes() {
        Map<HostContext, List<String>> found = new LinkedHashMap<>();
        try {
            SandboxStore store = new SandboxStore(CacheDirectory.of(environment));
            for (SandboxFiles files : store.list()) {
                HostContext context = Manifest.hosts(SandboxStore.manifest(files));
                if (!context.connections().isEmpty()) {
                    found.computeIfAbsent(context, one -> new ArrayList<>()).add(files.id());
                }
            }
        } catch (IOException | ExpectedFailure e) {
            // What is wrong with the cache directory is a finding of its own.
            LOG.debug("the sandboxes can't be read", e);
        }
        return found;
    }
}
