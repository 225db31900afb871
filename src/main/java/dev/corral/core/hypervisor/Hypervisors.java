package dev.corral.core.hypervisor;

import dev.corral.core.base.Environment;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.Subscription;
import dev.corral.core.hypervisor.libvirt.Libvirt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks hypervisors what exists: this process's own, and those that a sandbox was started with. Thread-safe; blocks for as long as
 * they take.
 */
public final class Hypervisors {
    /** Providers that can be asked at all; of others only Vagrant's own files tell. */
    public static final Set<String> PROVIDERS = Set.of("libvirt", "virtualbox", "docker", "qemu");

    // Ids go into command lines: none may look like an option.
    private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private final HypervisorTools tools;
    private final Hosts hosts;
    private final Surveyor surveyor;
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
        hosts = new Hosts(environment, tools, proc);
        surveyor = new Surveyor(hosts);
    }

    /** As {@link #survey(Collection)}, of this process's own hosts only. */
    public Survey survey() {
        return survey(List.of());
    }

    /**
     * Asks this process's own hosts and those of other contexts for all that they have. Changes nothing, starts no machine, runs no
     * Vagrant; takes a few processes however much there is. Blocks, for hosts that are not this process's own for a few seconds at
     * most. A host that gives no whole answer is named among the problems.
     */
    public Survey survey(Collection<HostContext> contexts) {
        Survey survey = surveyor.of(contexts);
        watches.forEach(watch -> watch.saw(survey));
        return survey;
    }

    /** Asks the hosts of one context, and no others, for all that they have. Blocks for as long as they take. */
    public Survey surveyOf(HostContext context) {
        return surveyor.of(context);
    }

    /**
     * Tells when there may be something new at a hypervisor: machines and networks that come, go or change their state, volumes
     * that appear or vanish, and whenever a hypervisor answers again or stops to. Nothing is asked in between. Which volumes
     * and plain processes to look after is known from the last {@link #survey}.
     *
     * @param changed called from a thread of its own, one call at a time, once for a burst of changes; may block
     */
    public Subscription watch(Runnable changed) throws IOException {
        List<Hypervisor> present = own().filter(Hypervisor::present).toList();
        HypervisorWatch watch = new HypervisorWatch(
                tools,
                present.stream()
                        .flatMap(hypervisor -> hypervisor.streams().stream())
                        .toList(),
                () -> own().filter(Hypervisor::present)
                        .flatMap(hypervisor -> hypervisor.directories().stream())
                        .collect(Collectors.toSet()),
                changed);
        watches.add(watch);
        return () -> {
            watches.remove(watch);
            watch.close();
        };
    }

    /** As {@link #ask(HostContext, Set)}, of this process's own hosts. */
    public HypervisorSnapshot ask(Set<String> providers) {
        return ask(HostContext.here(), providers);
    }

    /**
     * Asks the hosts of one context for what exists.
     *
     * @param providers providers that matter now; others are not asked
     */
    public HypervisorSnapshot ask(HostContext context, Set<String> providers) {
        List<HypervisorObject> objects = new ArrayList<>();
        Set<Host> answered = new HashSet<>();
        List<String> problems = new ArrayList<>();
        List<Hypervisor> there = hosts.of(context);
        for (Hypervisor hypervisor : there) {
            if (!providers.contains(hypervisor.provider())) {
                continue;
            }
            if (!hypervisor.present()) {
                problems.add(absent(hypervisor));
                continue;
            }
            String why = "";
            try {
                objects.addAll(hypervisor.list());
                answered.add(hypervisor.host());
            } catch (IOException e) {
                why = e.getMessage() + ".";
                problems.add(why);
            }
            hosts.note(hypervisor.host(), why);
        }
        return HypervisorSnapshot.of(
                objects, new HostAnswers(Map.of(context, Hosts.keys(there)), answered), problems, summary());
    }

    /**
     * Why a hypervisor to which this context leads can't be worked with, in a sentence without its full stop; empty if all can, or if
     * nobody can ask here. Blocks.
     */
    public Optional<String> unreachable(HostContext context, String provider) {
        for (Hypervisor hypervisor : hosts.of(context)) {
            if (hypervisor.provider().equals(provider) && hypervisor.present()) {
                try {
                    hypervisor.connect();
                } catch (IOException e) {
                    return Optional.of(String.valueOf(e.getMessage()));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The machines of a survey by host and id.
     *
     * @param providers providers that matter now, for whom; one whose tools are absent is named among the problems
     */
    public HypervisorSnapshot snapshot(Survey survey, Map<HostContext, Set<String>> providers) {
        List<String> problems = new ArrayList<>(survey.problems());
        providers.forEach((context, names) -> hosts.of(context).stream()
                .filter(hypervisor -> names.contains(hypervisor.provider()) && !hypervisor.present())
                .forEach(hypervisor -> problems.add(absent(hypervisor))));
        return HypervisorSnapshot.of(
                Stream.concat(survey.machines().stream().map(SurveyedMachine::object), survey.again().stream())
                        .toList(),
                survey.answers(),
                problems,
                summary());
    }

    private Stream<Hypervisor> own() {
        return hosts.of(HostContext.here()).stream();
    }

    private static String absent(Hypervisor hypervisor) {
        return "The tools of " + hypervisor.provider()
                + " are not on this machine, so states of its machines are unknown.";
    }

    /** Providers that can be asked at all; of others only Vagrant's own files tell. */
    public Set<String> known() {
        return PROVIDERS;
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
        if (!known().contains(object.provider())) {
            throw new IOException("machines of " + object.provider() + " can only be removed through Vagrant");
        }
        Hypervisor hypervisor = at(object.host());
        if (!SAFE_ID.matcher(object.id()).matches()) {
            throw new IOException("The machine " + PlainText.line(object.name(), 80) + " stays: " + object.provider()
                    + " has no such id");
        }
        return hypervisor.remove(object);
    }

    private Hypervisor at(Host host) throws IOException {
        return hosts.at(host)
                .orElseThrow(() -> new IOException(
                        host.provider() + " has no connection " + PlainText.line(host.connection(), 120) + " here"));
    }

    /**
     * The saved states of a machine, asked for without changing anything, oldest first; empty when only Vagrant can tell. Blocks.
     *
     * @param context  of the sandbox that it is of
     * @param provider Vagrant's name of its provider
     * @param id       its id there
     * @throws IOException if no host of the context tells
     */
    public Optional<List<VmSnapshot>> snapshots(HostContext context, String provider, String id) throws IOException {
        IOException silent = null;
        for (Hypervisor hypervisor : hosts.of(context)) {
            if (hypervisor.provider().equals(provider)
                    && hypervisor.present()
                    && SAFE_ID.matcher(id).matches()) {
                try {
                    return hypervisor.snapshots(id);
                } catch (IOException e) {
                    // A machine is at one host only; the others have nothing to tell of it.
                    silent = e;
                }
            }
        }
        if (silent != null) {
            throw silent;
        }
        return Optional.empty();
    }

    /**
     * Removes a volume that no machine needs: everything is asked anew, and if a machine uses it, another volume stands on it or
     * a process has it open, it stays. One that is gone already is no failure. Blocks.
     *
     * @return whether this call removed it
     * @throws IOException with a sentence that names the volume and the reason, if it stays
     */
    public boolean removeVolume(Volume volume) throws IOException {
        return libvirt(volume.where()).removal().removeVolume(volume);
    }

    /**
     * Removes a network that no machine is on; never the shared ones {@code default} and {@code vagrant-libvirt}. One that is gone
     * already is no failure. Blocks.
     *
     * @return whether this call removed it
     * @throws IOException with a sentence that names the network and the reason, if it stays
     */
    public boolean removeNetwork(Network network) throws IOException {
        return libvirt(network.where()).removal().removeNetwork(network);
    }

    private Libvirt libvirt(String uri) throws IOException {
        return (Libvirt) at(Host.libvirt(uri));
    }

    private String summary() {
        return String.join(
                ", ",
                own().filter(Hypervisor::present)
                        .map(Hypervisor::summary)
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .toList());
    }
}
