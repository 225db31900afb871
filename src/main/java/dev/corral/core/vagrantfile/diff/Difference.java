package dev.corral.core.vagrantfile.diff;

import dev.corral.core.vagrantfile.Place;

/**
 * Something that the Vagrantfile says now and that does not hold for a machine yet.
 *
 * @param machine     the machine
 * @param key         what is different, for instance {@code box}, {@code libvirt.memory}, {@code network 2}, {@code provisioner 3 (setup)}
 *                    or {@code file setup.sh}
 * @param before      what the machine was made with, on one line; empty if that was nothing
 * @param after       what the file says now, on one line; empty if it says nothing
 * @param needs       what it takes
 * @param provisioner where that is to provision: from which provisioner on, counted from 1; 0 otherwise
 * @param place       where it stands in the Vagrantfile or a file that it reads now; {@link Place#NONE} if nobody can say
 */
public record Difference(
        String machine, String key, String before, String after, Needs needs, int provisioner, Place place) {}
