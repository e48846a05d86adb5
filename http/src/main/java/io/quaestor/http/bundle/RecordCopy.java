package io.quaestor.http.bundle;

import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.Meter;
import io.quaestor.persistence.chain.Place;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Progress.Step;
import io.quaestor.persistence.chain.RecordLine;
import io.quaestor.persistence.chain.RecordScanner;
import io.quaestor.persistence.chain.Segments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Copies the records of a chain, each segment to an entry, and checks them once more. */
final class RecordCopy {

  private final TakenChain chain;
  private final ZipEntries zip;
  private final Documents documents;
  private int segment;
  private String lastHash = "";

  RecordCopy(TakenChain chain, ZipEntries zip, Documents documents) {
    this.chain = chain;
    this.zip = zip;
    this.documents = documents;
  }

  void copy(Progress progress) throws IOException {
    Meter meter = new Meter(progress, Step.EXPORT, chain.bytes());
    new RecordScanner(Disk.local(), chain.directory(), chain.node())
        .scan(
            1,
            0,
            chain.head().seq(),
            (bytes, start, end, place) -> {
              copy(bytes, start, end, place);
              meter.add(place.length(), 1);
              return true;
            });
    meter.finish();
    requireSameHead();
  }

  private void copy(byte[] bytes, int start, int end, Place place) {
    if (place.segment() != segment) {
      segment = place.segment();
      zip.begin(Segments.name(segment));
    }
    zip.write(bytes, start, end + 1 - start);
    documents.look(bytes, start, end, place);
    if (place.seq() == chain.head().seq()) {
      lastHash = new String(bytes, start, RecordLine.HASH_DIGITS, StandardCharsets.US_ASCII);
    }
  }

  /** With the same last hash these are the records that were held against the checkpoints. */
  private void requireSameHead() throws IOException {
    if (!lastHash.equals(chain.head().hash())) {
      throw new IOException("the chain was changed while it was copied");
    }
  }
}
