package dev.corral.core.vagrantfile.hook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one Vagrant command did to one machine's provisioners, as it was told.
 *
 * @param machine      the machine
 * @param provisioners those of the machine, in the file's order, with the run policy that Vagrant applied
 * @param asked        whether Vagrant came to decide which of them run; it does not where the provider has no use for any
 * @param enabled      whether any might run
 * @param done         whether the machine was provisioned already, so that only those run that always do
 * @param types        the names and types that were asked for; null if all were
 * @param chosen       the positions of those that were chosen, counted from 0; null if all were
 * @param began        those that began
 * @param ended        those that ended well
 */
public record MachineRun(
        String machine,
        List<Told.Provisioner> provisioners,
        boolean asked,
        boolean enabled,
        boolean done,
        @Nullable List<String> types,
        @Nullable List<Integer> chosen,
        List<Told.Ran> began,
        List<Told.Ran> ended) {}
