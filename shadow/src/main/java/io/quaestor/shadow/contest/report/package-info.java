/** What a contest came to: for a terminal, for a program, and as a page. */
@NullMarked
package io.quaestor.shadow.contest.report;

import org.jspecify.annotations.NullMarked;
