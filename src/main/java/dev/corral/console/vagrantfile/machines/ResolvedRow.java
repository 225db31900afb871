package dev.corral.console.vagrantfile.machines;

import dev.corral.core.vagrantfile.Place;

/**
 * A setting of a machine, as Vagrant holds it when everything is merged.
 *
 * @param machine the machine
 * @param key     the setting, for instance {@code libvirt.memory} or {@code provisioner 2 app}
 * @param value   its value on one line
 * @param place   where it is said; {@link Place#NONE} where nobody can say
 */
record ResolvedRow(String machine, String key, String value, Place place) {}
