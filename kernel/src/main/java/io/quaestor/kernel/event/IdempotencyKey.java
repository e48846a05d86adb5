package io.quaestor.kernel.event;

/**
 * The client's name for one call, with what it asked for.
 *
 * @param value the {@code Idempotency-Key} header, 1 to 255 visible characters
 * @param requestSha256 SHA-256 (64 hex digits) of the call's path and body: the same key with
 *     another digest is a client's mistake, never a repeat
 */
public record IdempotencyKey(String value, String requestSha256) {}
