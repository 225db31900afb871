package dev.corral.chaos;

import dev.corral.core.app.LocalCorral;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the killing takes place: a cache directory of its own over some hypervisor. */
interface Ground extends AutoCloseable {

    /** Variables of commands. */
    Map<String, String> variables();

    /** The core of this process. */
    LocalCorral corral();

    /** The cache directory. */
    Path cache();

    /** The Vagrantfile of sandboxes. */
    Path vagrantfile();

    /** Variables for a sandbox with one machine, or two. */
    Map<String, String> context(boolean two);

    /** Variables for a sandbox that takes for ever to start; null where there is none. */
    Map<String, String> endless();

    /** Whether sandboxes with two machines are possible. */
    boolean two();

    /** The ids of the machines of this cache that exist now, as the hypervisor itself tells. */
    Set<String> machines();

    /** How many machines were ever made here. */
    int everMade();

    /** Whether an item is of this ground, and not of somebody else on the same machine. */
    boolean ours(Seen item);

    /** Arguments of a cleanup that takes the strays of this ground and nothing of others. */
    List<String> cleanup(List<Seen> items);

    /** What can be done here. */
    List<Operation> operations();

    /** When somebody can be killed. */
    List<Moment> moments(Operation operation);

    /** How often each of the words that moments wait for has been said for this sandbox. */
    Map<String, Long> said(Path directory);

    @Override
    void close();
}
