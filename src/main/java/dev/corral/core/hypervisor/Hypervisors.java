package dev.corral.core.hypervisor;

import dev.corral.core.Environment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks the hypervisors of this machine what exists. Thread-safe; blocks for as long as they take. */
public final class Hypervisors {
    private final List<Hypervisor> all;
    private final Libvirt libvirt;

    /** The hypervisors whose tools this environment's PATH names. */
    public Hypervisors(Environment environment) {
        libvirt = new Libvirt(environment);
        all = List.of(libvirt, new VirtualBox(environment), new DockerEngine(environment), new PlainQemu());
    }

    /**
     * Asks for what exists.
     *
     * @param providers providers that matter now; others are not asked
     */
    public HypervisorSnapshot ask(Set<String> providers) {
        List<HypervisorObject> objects = new ArrayList<>();
        Set<String> answered = new HashSet<>();
        List<String> problems = new ArrayList<>();
        for (Hypervisor hypervisor : all) {
            if (!providers.contains(hypervisor.provider())) {
                continue;
            }
            if (!hypervisor.present()) {
                problems.add("The tools of " + hypervisor.provider() + " are not on this machine, so states of its machines are unknown.");
                continue;
            }
            try {
                objects.addAll(hypervisor.list());
                answered.add(hypervisor.provider());
            } catch (IOException e) {
                problems.add(e.getMessage() + ".");
            }
        }
        return HypervisorSnapshot.of(objects, answered, problems, summary());
    }

    /** Providers that can be asked at all; of others only Vagrant's own files tell. */
    public Set<String> known() {
        return Set.of("libvirt", "virtualbox", "docker", "qemu");
    }

    /**
     * Removes a libvirt domain with its disks: for one that Vagrant was killed in the middle of making.
     *
     * @throws IOException if libvirt refuses, or the object is of another provider
     */
    public void remove(HypervisorObject object) throws IOException {
        if (!object.provider().equals("libvirt")) {
            throw new IOException("machines of " + object.provider() + " can only be removed through Vagrant");
        }
        libvirt.remove(object);
    }

    private String summary() {
        return String.join(", ", all.stream().filter(Hypervisor::present).map(Hypervisor::summary).filter(word -> !word.isEmpty()).toList());
    }
}
