/** The command line of Quaestor in a process of its own. */
@NullMarked
package io.quaestor.chaos.process;

import org.jspecify.annotations.NullMarked;
