/** What a command is about: the core that it opens, and the sandbox or VM that was typed. */
@NullMarked
package dev.corral.cli.target;

import org.jspecify.annotations.NullMarked;
