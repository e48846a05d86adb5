package io.quaestor.kernel.replay;

import io.quaestor.kernel.event.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every version of one kind of document that was put, by name and in order. */
final class Versions<T> {

  /**
   * How long before a decision its version may have been superseded. A tenant reads the version in
   * force, decides, and is sealed; a newer version may be sealed in between, so its record stands
   * before that of a decision that could not know it. That takes the time of one write; a minute
   * covers a slow disk and is still far below what a stale policy would be kept in use for.
   */
  static final Duration SUPERSEDED_MAX = Duration.ofSeconds(60);

  private record Put<T>(Version version, T document, long seq, Instant sealedAt) {}

  /** The document that a decision was made under, or what is wrong with it. */
  sealed interface Found<T> {
    record Document<T>(T document) implements Found<T> {}

    record Not<T>(Finding why) implements Found<T> {}
  }

  private final String kind;
  private final Map<String, List<Put<T>>> byName = new HashMap<>();

  Versions(String kind) {
    this.kind = kind;
  }

  /** Takes the next version; versions are numbered from 1 and none is missing. */
  Optional<Finding> put(Version version, T document, Entry entry) {
    List<Put<T>> puts = byName.computeIfAbsent(version.name(), unused -> new ArrayList<>());
    long due = puts.isEmpty() ? 1 : puts.getLast().version().version() + 1;
    puts.add(new Put<>(version, document, entry.seq(), entry.sealedAt()));
    return version.version() == due
        ? Optional.empty()
        : Optional.of(
            new Finding("version " + version.version(), "version %d comes next".formatted(due)));
  }

  Collection<String> names() {
    return byName.keySet();
  }

  /** Each version of a document that may have been in force for what was decided at {@code at}. */
  List<T> possible(String name, Instant at) {
    List<Put<T>> puts = byName.getOrDefault(name, List.of());
    List<T> possible = new ArrayList<>();
    for (int i = puts.size() - 1; i >= 0; i--) {
      if (i < puts.size() - 1 && isStale(puts.get(i + 1), at)) {
        break;
      }
      possible.add(puts.get(i).document());
    }
    return possible;
  }

  /** The document that was in force as {@code version} for a decision at {@code at}. */
  Found<T> find(Version version, Instant at) {
    List<Put<T>> puts = byName.getOrDefault(version.name(), List.of());
    for (int i = puts.size() - 1; i >= 0; i--) {
      if (puts.get(i).version().equals(version)) {
        return i == puts.size() - 1
            ? document(puts.get(i))
            : unlessStale(puts.get(i), puts.get(i + 1), at);
      }
    }
    return new Found.Not<>(new Finding(text(version), "it was never put before"));
  }

  private Found<T> unlessStale(Put<T> put, Put<T> successor, Instant at) {
    return isStale(successor, at)
        ? new Found.Not<>(
            new Finding(
                text(put.version()),
                "version %d is in force since record %d of %s"
                    .formatted(
                        successor.version().version(), successor.seq(), successor.sealedAt())))
        : document(put);
  }

  private static <T> boolean isStale(Put<T> successor, Instant at) {
    return successor.sealedAt().isBefore(at.minus(SUPERSEDED_MAX));
  }

  private static <T> Found<T> document(Put<T> put) {
    return new Found.Document<>(put.document());
  }

  private String text(Version version) {
    return "%s %s version %d with digest %s"
        .formatted(kind, version.name(), version.version(), version.digest());
  }
}
