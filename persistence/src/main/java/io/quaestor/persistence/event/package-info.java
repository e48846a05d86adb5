/** Events as JSON: the one mapping between the sealed family and the bytes in the chain. */
@NullMarked
package io.quaestor.persistence.event;

import org.jspecify.annotations.NullMarked;
