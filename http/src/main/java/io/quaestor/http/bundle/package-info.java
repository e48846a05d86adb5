/**
 * The auditor's bundle: a copy of a chain in one zip file, with all that is needed to check it
 * without Quaestor.
 */
@NullMarked
package io.quaestor.http.bundle;

import org.jspecify.annotations.NullMarked;
