/** Baselines: textbook policies, and yardsticks that know the future. */
@NullMarked
package io.quaestor.shadow.contest.baseline;

import org.jspecify.annotations.NullMarked;
