package dev.corral.core.hypervisor;

import dev.corral.core.base.Environment;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.Subscription;
import dev.corral.core.hypervisor.libvirt.Libvirt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks the hypervisors of this machine what exists. Thread-safe; blocks for as long as they take. */
public final class Hypervisors {
    // Ids go into command lines: none may look like an option.
    private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private final HypervisorTools tools;
    private final List<Hypervisor> all;
    private final Libvirt libvirt;
    private final List<HypervisorWatch> watches = new CopyOnWriteArrayList<>();

    /** The hypervisors whose tools this environment's PATH names. */
    public Hypervisors(Environment environment) {
        this(environment, HypervisorTools.of(environment), Path.of("/proc"));
    }

    /**
     * Hypervisors that are asked in another way, for instance by recorded answers.
     *
     * @param proc where the kernel tells of processes
     */
    public Hypervisors(Environment environment, HypervisorTools tools, Path proc) {
        this.tools = tools;
        libvirt = new Libvirt(environment, tools);
        all = List.of(
                libvirt,
                new VirtualBox(environment, tools),
                new DockerEngine(environment, tools),
                new PlainQemu(environment, proc));
    }

    /**
     * Asks all hypervisors that are there for all that they have. Changes nothing, starts no machine, runs no Vagrant; takes
     * a few processes however much there is. Blocks. A hypervisor that gives no whole answer is named among the problems.
     */
    public Survey survey() {
        SurveyParts parts = new SurveyParts();
        Set<String> answered = new HashSet<>();
        List<String> problems = new ArrayList<>();
        for (Hypervisor hypervisor : all) {
            if (hypervisor.present()) {
                try {
                    hypervisor.survey(parts);
                    answered.add(hypervisor.provider());
                } catch (IOException e) {
                    problems.add(e.getMessage() + ".");
                }
            }
        }
        Survey survey = new Survey(Instant.now(), parts.machines, parts.volumes, parts.networks, answered, problems);
        watches.forEach(watch -> watch.saw(survey));
        return survey;
    }

    /**
     * Tells when there may be something new at a hypervisor: machines and networks that come, go or change their state, volumes
     * that appear or vanish, and whenever a hypervisor answers again or stops to. Nothing is asked in between. Which volumes
     * and plain processes to look after is known from the last {@link #survey}.
     *
     * @param changed called from a thread of its own, one call at a time, once for a burst of changes; may block
     */
    public Subscription watch(Runnable changed) throws IOException {
        List<Hypervisor> present = all.stream().filter(Hypervisor::present).toList();
        HypervisorWatch watch = new HypervisorWatch(
                tools,
                present.stream()
                        .flatMap(hypervisor -> hypervisor.streams().stream())
                        .toList(),
                () -> present.stream()
                        .flatMap(hypervisor -> hypervisor.directories().stream())
                        .collect(Collectors.toSet()),
                changed);
        watches.add(watch);
        return () -> {
            watches.remove(watch);
            watch.close();
        };
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
                problems.add(absent(hypervisor));
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

    /**
     * The machines of a survey by id.
     *
     * @param providers providers that matter now; one whose tools are absent is named among the problems
     */
    public HypervisorSnapshot snapshot(Survey survey, Set<String> providers) {
        List<String> problems = new ArrayList<>(survey.problems());
        all.stream()
                .filter(hypervisor -> providers.contains(hypervisor.provider()) && !hypervisor.present())
                .forEach(hypervisor -> problems.add(absent(hypervisor)));
        return HypervisorSnapshot.of(
                survey.machines().stream().map(SurveyedMachine::object).toList(),
                survey.answered(),
                problems,
                summary());
    }

    private static String absent(Hypervisor hypervisor) {
        return "The tools of " + hypervisor.provider()
                + " are not on this machine, so states of its machines are unknown.";
    }

    /** Providers that can be asked at all; of others only Vagrant's own files tell. */
    public Set<String> known() {
        return Set.of("libvirt", "virtualbox", "docker", "qemu");
    }

    /**
     * Removes a machine at its hypervisor, by its id, whatever state it is in, with its snapshots, its saved memory and the disks
     * that are its own: never a box or another file below them, never one that somebody else uses. One that is gone already is
     * no failure. Of a machine of plain QEMU only the process is ended; its disks are files of the project. Blocks.
     *
     * @return whether this call removed it; false when it was gone already or somebody else was quicker
     * @throws IOException with a sentence that names the machine and the reason, if it or one of its disks is still there
     */
    public boolean remove(HypervisorObject object) throws IOException {
        Hypervisor hypervisor = all.stream()
                .filter(one -> one.provider().equals(object.provider()))
                .findFirst()
                .orElseThrow(() ->
                        new IOException("machines of " + object.provider() + " can only be removed through Vagrant"));
        if (!SAFE_ID.matcher(object.id()).matches()) {
            throw new IOException("The machine " + PlainText.line(object.name(), 80) + " stays: " + object.provider()
                    + " has no such id");
        }
        return hypervisor.remove(object);
    }

    /**
     * The saved states of a machine, asked for without changing anything, oldest first; empty when only Vagrant can tell. Blocks.
     *
     * @param provider Vagrant's name of its provider
     * @param id       its id there
     * @throws IOException if the hypervisor does not answer
     */
    public Optional<List<VmSnapshot>> snapshots(String provider, String id) throws IOException {
        Optional<Hypervisor> asked = all.stream()
                .filter(one -> one.provider().equals(provider) && one.present())
                .findFirst();
        return asked.isEmpty() || !SAFE_ID.matcher(id).matches()
                ? Optional.empty()
                : asked.get().snapshots(id);
    }

    /**
     * Removes a volume that no machine needs: everything is asked anew, and if a machine uses it, another volume stands on it or
     * a process has it open, it stays. One that is gone already is no failure. Blocks.
     *
     * @return whether this call removed it
     * @throws IOException with a sentence that names the volume and the reason, if it stays
     */
    public boolean removeVolume(Volume volume) throws IOException {
        return libvirt.removal().removeVolume(volume);
    }

    /**
     * Removes a network that no machine is on; never the shared ones {@code default} and {@code vagrant-libvirt}. One that is gone
     * already is no failure. Blocks.
     *
     * @return whether this call removed it
     * @throws IOException with a sentence that names the network and the reason, if it stays
     */
    public boolean removeNetwork(Network network) throws IOException {
        return libvirt.removal().removeNetwork(network);
    }

    private String summary() {
        return String.join(
                ", ",
                all.stream()
                        .filter(Hypervisor::present)
                        .map(Hypervisor::summary)
                        .filter(word -> !word.isEmpty())
                        .toList());
    }
}
