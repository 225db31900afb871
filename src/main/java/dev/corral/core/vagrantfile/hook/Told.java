package dev.corral.core.vagrantfile.hook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that our Ruby tells from within Vagrant. */
public sealed interface Told {

    /**
     * It is there; the Vagrantfile is loaded next.
     *
     * @param vagrant Vagrant's version
     * @param ruby    the version of the Ruby that runs it
     */
    record Loaded(String vagrant, String ruby) implements Told {}

    /**
     * Something went wrong in it, and Vagrant goes on.
     *
     * @param type    the error's class
     * @param message what it says
     * @param at      where
     */
    record Trouble(String type, String message, String at) implements Told {}

    /**
     * What became of the share that the Vagrantfile does not ask for.
     *
     * @param guest the folder in the guest
     * @param off   whether it is off
     */
    record Share(String guest, boolean off) implements Told {}

    /**
     * An action begins that may boot or provision a machine.
     *
     * @param machine      the machine
     * @param action       Vagrant's word for it
     * @param provisioners those of the machine, in the file's order
     */
    record Begins(String machine, String action, List<Provisioner> provisioners) implements Told {}

    /**
     * Vagrant decides which provisioners run.
     *
     * @param machine      the machine
     * @param enabled      whether any may: {@code --no-provision} forbids it
     * @param done         whether the machine is provisioned already, so that only those run that always do
     * @param types        the names and types that were asked for; null if all were
     * @param provisioners those of the machine, in the file's order
     */
    record Provisions(
            String machine,
            boolean enabled,
            boolean done,
            @Nullable List<String> types,
            List<Provisioner> provisioners) implements Told {}

    /**
     * Only some provisioners run, because they were chosen.
     *
     * @param machine the machine
     * @param indices their positions, counted from 0, in the order in which they run
     */
    record Chosen(String machine, List<Integer> indices) implements Told {}

    /**
     * A provisioner begins, or ends well.
     *
     * @param machine the machine
     * @param index   its position, counted from 0; -1 if that is unknown
     * @param type    its type
     * @param ended   whether it ended
     */
    record Ran(String machine, int index, String type, boolean ended) implements Told {}

    /**
     * A provisioner as this Vagrant has it.
     *
     * @param index its position, counted from 0
     * @param name  its name; null if it has none
     * @param type  its type
     * @param run   {@code once}, {@code always} or {@code never}
     * @param file  where it is named
     * @param line  the line there
     */
    record Provisioner(
            int index,
            @Nullable String name,
            String type,
            String run,
            @Nullable String file,
            @Nullable Integer line) {}

    /**
     * How a machine is reached, as {@code vagrant ssh-config} would say it at this moment.
     *
     * @param machine        the machine
     * @param id             its id
     * @param provider       its provider
     * @param host           host name or address
     * @param port           TCP port
     * @param username       login user
     * @param privateKeyPath private keys, in this order
     * @param proxyCommand   the command to speak through
     */
    record Reached(
            String machine,
            String id,
            String provider,
            @Nullable String host,
            @Nullable String port,
            @Nullable String username,
            List<String> privateKeyPath,
            @Nullable String proxyCommand)
            implements Told {}
}
