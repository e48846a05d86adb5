package io.quaestor.persistence.chain;

import java.util.List;
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
 * @param leaves the RFC 6962 leaf hashes of the good records, side by side
 * @param adoptions the keys and anchors that the node adopted in it
 * @param fault why the record at {@code goodEnd} is not good, null when the file ends there
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, handed over once, never compared
record SegmentReport(
    int segment,
    long size,
    long records,
    long firstSeq,
    String firstPrev,
    String lastHash,
    long lastStart,
    long goodEnd,
    byte[] leaves,
    List<Adoption> adoptions,
    Fault.@Nullable Kind fault,
    String detail) {}
