/**
 * The decision kernel: which candidate may serve a request, at what cost, and why.
 *
 * <p>{@link io.quaestor.kernel.decision.Kernel} is the entry point. Integers only, no clock, no
 * chance, no I/O and no allocation per decision: the same inputs give the same decision on any
 * machine.
 */
@org.jspecify.annotations.NullMarked
package io.quaestor.kernel.decision;
