package io.quaestor.persistence.chain;

import org.jspecify.annotations.Nullable;

/**
 * What the verification of one segment by itself found. Whether it follows the segment before it is
 * for the caller to check.
 *
 * @param size bytes of the file that were looked at
 * @param records number of good records, all from the start of the file
 * @param firstSeq of the first record, 0 when there is none
 * @param firstPrev the hash that the first record names, empty when there is none
 * @param lastStart offset of the last good record
 * @param goodEnd offset behind the last good record
 * @param fault why the record at {@code goodEnd} is not good, null when the file ends there
 */
record SegmentReport(
    int segment,
    long size,
    long records,
    long firstSeq,
    String firstPrev,
    String lastHash,
    long lastStart,
    long goodEnd,
    Fault.@Nullable Kind fault,
    String detail) {}
