/** The only package that starts Vagrant; also reads Vagrant's output and files. */
package dev.corral.core.vagrant;
