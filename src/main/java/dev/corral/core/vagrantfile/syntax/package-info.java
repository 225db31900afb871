/** What the text of a Vagrantfile says as Ruby, without running any of it. */
@NullMarked
package dev.corral.core.vagrantfile.syntax;

import org.jspecify.annotations.NullMarked;
