/** The calls of {@code /api/v1}: requests into commands, sealed events into answers. */
@NullMarked
package io.quaestor.http.api;

import org.jspecify.annotations.NullMarked;
