package io.quaestor.kernel.replay;

/**
 * A finding is what one check has against one record, in two halves of a sentence.
 *
 * @param recorded what stands in the record, as in {@code selected.model gpt-4o}
 * @param replayed what came out instead, as in {@code the kernel comes to gpt-4o-mini}
 */
record Finding(String recorded, String replayed) {}
