package io.quaestor.http.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quaestor.persistence.chain.Fault;
import io.quaestor.persistence.chain.Head;
import io.quaestor.persistence.chain.Segments;
import io.quaestor.persistence.chain.Verdict;
import io.quaestor.persistence.chain.Verification;
import java.util.Locale;

/** A verification as text for people and as JSON for programs. */
record VerificationReport(ChainDirectory chain, Verification verification) {

  String text() {
    return switch (verification.verdict()) {
      case Verdict.Sound sound -> "Sound.%n".formatted() + counts() + head(sound.head());
      case Verdict.Torn torn ->
          "Sound, with a torn tail.%n".formatted() + counts() + head(torn.head()) + tail(torn);
      case Verdict.Broken broken ->
          sentence(broken.fault())
              + "%n".formatted()
              + String.format(
                  Locale.ROOT, "Good before it: %,d records.%n", verification.records());
    };
  }

  private static String sentence(Fault fault) {
    String sentence = fault.sentence();
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private String counts() {
    return String.format(
        Locale.ROOT,
        "%,d records in %,d segments, %,d bytes, node %s%nverified in %,d ms, %,d records/s%n",
        verification.records(),
        verification.segments(),
        verification.bytes(),
        chain.node(),
        verification.took().toMillis(),
        verification.recordsPerSecond());
  }

  private static String head(Head head) {
    return "head %d %s%n".formatted(head.seq(), head.hash());
  }

  private static String tail(Verdict.Torn torn) {
    return """
        The last %d bytes of %s (from byte %d) are what a crash leaves of a write that was not
        acknowledged. A start would move them to a file torn-TIME.bin and record that.
        """
        .formatted(torn.to() - torn.from(), Segments.name(torn.segment()), torn.from());
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", status());
    json.put("node", chain.node());
    json.put("records", verification.records());
    json.put("segments", verification.segments());
    json.put("bytes", verification.bytes());
    json.put("took_ms", verification.took().toMillis());
    json.put("records_per_second", verification.recordsPerSecond());
    switch (verification.verdict()) {
      case Verdict.Sound sound -> put(json, sound.head());
      case Verdict.Torn torn -> {
        put(json, torn.head());
        json.putObject("torn_tail")
            .put("segment", Segments.name(torn.segment()))
            .put("offset", torn.from())
            .put("bytes", torn.to() - torn.from());
      }
      case Verdict.Broken broken -> put(json, broken.fault());
    }
    return json;
  }

  private String status() {
    return switch (verification.verdict()) {
      case Verdict.Sound sound -> "sound";
      case Verdict.Torn torn -> "torn_tail";
      case Verdict.Broken broken -> "broken";
    };
  }

  private static void put(ObjectNode json, Head head) {
    json.putObject("head").put("seq", head.seq()).put("hash", head.hash());
  }

  private static void put(ObjectNode json, Fault fault) {
    json.putObject("first_bad")
        .put("seq", fault.seq())
        .put("segment", Segments.name(fault.segment()))
        .put("offset", fault.offset())
        .put("code", fault.kind().toString())
        .put("detail", fault.detail());
  }
}
