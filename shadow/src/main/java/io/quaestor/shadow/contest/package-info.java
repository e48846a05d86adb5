/**
 * The contest: one history, many policies, the same order for all of them. Each is told only what a
 * live one would be told, unless it says that it knows the future.
 */
@NullMarked
package io.quaestor.shadow.contest;

import org.jspecify.annotations.NullMarked;
