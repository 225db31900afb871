/** What of a project comes along into a sandbox: planned from what Vagrant resolved, then copied, later compared. */
@NullMarked
package dev.corral.core.vagrantfile.copy;

import org.jspecify.annotations.NullMarked;
