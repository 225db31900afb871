package dev.corral.core.inventory.read;

import dev.corral.core.sandbox.SandboxFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * Where sandboxes lie.
 *
 * @param sandboxes those that were found last
 * @param others    directories that are none, in which one may appear at any moment
 */
record Places(List<SandboxFiles> sandboxes, List<Path> others) {}
