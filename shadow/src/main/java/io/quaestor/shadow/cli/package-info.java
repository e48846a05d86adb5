/** The whole command line: that of the node, and the commands that read histories. */
@NullMarked
package io.quaestor.shadow.cli;

import org.jspecify.annotations.NullMarked;
