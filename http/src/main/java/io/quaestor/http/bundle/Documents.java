package io.quaestor.http.bundle;

import io.quaestor.kernel.catalog.CatalogRules;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Version;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.Place;
import io.quaestor.persistence.chain.RecordLine;
import io.quaestor.persistence.chain.RecordReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The documents are the policies and the catalogs of a chain, in every version. Their records are
 * noticed while the chain is copied, and read again afterwards, so that they need not fit into
 * memory.
 */
final class Documents {

  /** What stands before the event is shorter in a record of the registry. */
  private static final int LOOK_BYTES = 2048;

  private static final byte[] CATALOG = ascii("\"type\":\"CatalogPut\"");
  private static final byte[] POLICY = ascii("\"type\":\"PolicyPut\"");

  private final List<Place> places = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final StringBuilder index =
      new StringBuilder("record\tfile\tkind\tname\tversion\tsha256 of the document\n");

  /** Notices a line that may hold a document. */
  void look(byte[] bytes, int start, int end, Place place) {
    int to = Math.min(end, start + LOOK_BYTES);
    if (contains(bytes, start, to, CATALOG) || contains(bytes, start, to, POLICY)) {
      places.add(place);
    }
  }

  private static boolean contains(byte[] bytes, int from, int to, byte[] wanted) {
    for (int at = from; at + wanted.length <= to; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  /** Writes the documents that were noticed, and their index. */
  void write(TakenChain chain, ZipEntries zip) throws IOException {
    try (RecordReader reader = new RecordReader(Disk.local(), chain.directory(), chain.node())) {
      for (Place place : places) {
        RecordLine record = reader.read(place);
        document(record).ifPresent(document -> write(document, record, zip));
      }
    }
    zip.add("documents.tsv", index.toString());
  }

  int count() {
    return names.size();
  }

  private record Document(String kind, String folder, Version version) {}

  private static Optional<Document> document(RecordLine record) {
    if (!record.isEvent()) {
      return Optional.empty();
    }
    return switch (record.event()) {
      case Event.CatalogPut put -> Optional.of(new Document("catalog", "catalogs", put.version()));
      case Event.PolicyPut put -> Optional.of(new Document("policy", "policies", put.version()));
      default -> Optional.empty();
    };
  }

  private void write(Document document, RecordLine record, ZipEntries zip) {
    Version version = document.version();
    String file =
        unused("%s/%s-v%d".formatted(document.folder(), safe(version.name()), version.version()));
    zip.add(file, record.eventJson());
    index.append(
        "%d\t%s\t%s\t%s\t%d\t%s\n"
            .formatted(
                record.envelope().seq(),
                file,
                document.kind(),
                safe(version.name()),
                version.version(),
                safe(version.digest())));
  }

  /** A node checks names before it records them; here they must not lead out of the bundle. */
  private static String safe(String name) {
    return CatalogRules.isName(name) ? name : name.replaceAll("[^A-Za-z0-9._@-]", "_");
  }

  private String unused(String path) {
    String file = path + ".json";
    for (int i = 2; !names.add(file); i++) {
      file = "%s-%d.json".formatted(path, i);
    }
    return file;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
