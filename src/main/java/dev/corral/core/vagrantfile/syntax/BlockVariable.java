package dev.corral.core.vagrantfile.syntax;

/**
 * A name that stands for a part of the configuration: a block's variable, or one that it was assigned to.
 *
 * @param name      the name, for instance {@code config} or {@code lv}
 * @param path      what it stands for: empty for the whole configuration, {@code provider.libvirt}, {@code provisioner.shell}, {@code vm}
 * @param firstLine the first line where it does, counted from 1
 * @param lastLine  the last one
 */
public record BlockVariable(String name, String path, int firstLine, int lastLine) {}
