/** The catalogs and policies in force. */
@NullMarked
package io.quaestor.actors.registry;

import org.jspecify.annotations.NullMarked;
