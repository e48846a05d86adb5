/**
 * Profiles: what the columns of a history mean, with the catalog and the policy to decide under. A
 * profile is configuration alone; no set has code of its own.
 */
@NullMarked
package io.quaestor.shadow.profile;

import org.jspecify.annotations.NullMarked;
