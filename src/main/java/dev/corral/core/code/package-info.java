/**
 * What of a sandbox Vagrant evaluates on this machine: kept where no guest can reach it, compared before each command, and put back.
 */
@NullMarked
package dev.corral.core.code;

import org.jspecify.annotations.NullMarked;
