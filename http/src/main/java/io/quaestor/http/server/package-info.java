/** The HTTP edge: binding, the table of endpoints, bodies and errors; no state of its own. */
@NullMarked
package io.quaestor.http.server;

import org.jspecify.annotations.NullMarked;
