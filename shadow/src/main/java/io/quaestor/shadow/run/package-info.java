/** Shadow replay: a history run through the code that decides, and what it comes to. */
@NullMarked
package io.quaestor.shadow.run;

import org.jspecify.annotations.NullMarked;
