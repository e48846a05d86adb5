/**
 * Fault injection: what a real server process does when it is killed, damaged, starved or abused.
 */
@NullMarked
package io.quaestor.chaos;

import org.jspecify.annotations.NullMarked;
