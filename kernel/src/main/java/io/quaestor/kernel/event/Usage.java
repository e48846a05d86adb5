package io.quaestor.kernel.event;

/** The tokens that a call really used. */
public record Usage(long inputTokens, long outputTokens) {}
