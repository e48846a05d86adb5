/** Replays as text for people, as JSON and as CSV for programs. */
@NullMarked
package io.quaestor.shadow.run.report;

import org.jspecify.annotations.NullMarked;
