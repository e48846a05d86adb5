/** The command line: one class per command. */
@org.jspecify.annotations.NullMarked
package io.quaestor.http.cli;
