/** What every part of the shadow module speaks of: bad input, and the progress of long work. */
@NullMarked
package io.quaestor.shadow;

import org.jspecify.annotations.NullMarked;
