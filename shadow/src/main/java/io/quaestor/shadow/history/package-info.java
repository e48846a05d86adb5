/** Histories: requests of the past with what every candidate really made of them. */
@NullMarked
package io.quaestor.shadow.history;

import org.jspecify.annotations.NullMarked;
