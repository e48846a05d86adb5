/** {@code quaestor bench}: contests from the command line. */
@NullMarked
package io.quaestor.shadow.contest.cli;

import org.jspecify.annotations.NullMarked;
