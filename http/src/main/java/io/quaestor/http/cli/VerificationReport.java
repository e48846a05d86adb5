package io.quaestor.http.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.Fault;
import io.quaestor.persistence.chain.Head;
import io.quaestor.persistence.chain.Segments;
import io.quaestor.persistence.chain.Verdict;
import io.quaestor.persistence.chain.Verification;
import io.quaestor.persistence.checkpoint.CheckedChain;
import io.quaestor.persistence.checkpoint.Handovers;
import io.quaestor.persistence.checkpoint.KeyHistory;
import java.util.List;
import java.util.Locale;

/** A verification as text for people and as JSON for programs. */
record VerificationReport(ChainDirectory chain, CheckedChain checked) {

  private Verification verification() {
    return checked.verification();
  }

  String text() {
    return checked
        .refusal()
        .filter(why -> why.fault().isEmpty())
        .map(this::refused)
        .orElseGet(this::verified);
  }

  private String refused(ChainRefused why) {
    return "%s (%s).%n".formatted(upperFirst(Printable.of(why.getMessage())), why.code())
        + counts();
  }

  private String verified() {
    return switch (verification().verdict()) {
      case Verdict.Sound sound ->
          "Sound.%n".formatted() + counts() + head(sound.head()) + signed(sound.head());
      case Verdict.Torn torn ->
          "Sound, with a torn tail.%n".formatted()
              + counts()
              + head(torn.head())
              + signed(torn.head())
              + tail(torn);
      case Verdict.Broken broken ->
          sentence(broken.fault())
              + "%n".formatted()
              + String.format(
                  Locale.ROOT, "Good before it: %,d records.%n", verification().records());
    };
  }

  private static String sentence(Fault fault) {
    return upperFirst(Printable.of(fault.sentence()));
  }

  private static String upperFirst(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private String counts() {
    return String.format(
        Locale.ROOT,
        "%,d records in %,d segments, %,d bytes, node %s%nverified in %,d ms, %,d records/s%n",
        verification().records(),
        verification().segments(),
        verification().bytes(),
        Printable.of(chain.node()),
        verification().took().toMillis(),
        verification().recordsPerSecond());
  }

  private static String head(Head head) {
    return "head %d %s%n".formatted(head.seq(), head.hash());
  }

  private String signed(Head head) {
    if (checked.keys().isEmpty()) {
      return "not signed: the chain has no checkpoints%n".formatted();
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d checkpoint%s agree%s, the newest covers %,d records%n",
            checked.known().size(),
            checked.known().size() == 1 ? "" : "s",
            checked.known().size() == 1 ? "s" : "",
            newestSize()));
    if (newestSize() < head.seq()) {
      text.append(
          String.format(
              Locale.ROOT,
              "no checkpoint covers the last %,d records yet%n",
              head.seq() - newestSize()));
    }
    List<KeyHistory.Adopted> alone = new Handovers(checked.keys(), checked.known()).missing();
    for (KeyHistory.Adopted adopted : checked.keys().keys()) {
      text.append(
          "signed from record %d on by %s%s%n"
              .formatted(
                  adopted.seq(),
                  Printable.of(adopted.key()),
                  alone.contains(adopted)
                      ? " (adopted without the signature of the key before it)"
                      : ""));
    }
    return text.toString();
  }

  private long newestSize() {
    return checked.known().stream().mapToLong(each -> each.checkpoint().size()).max().orElse(0);
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
    checked
        .refusal()
        .ifPresent(why -> json.put("code", why.code().toString()).put("message", why.getMessage()));
    json.put("node", chain.node());
    json.put("records", verification().records());
    json.put("segments", verification().segments());
    json.put("bytes", verification().bytes());
    json.put("took_ms", verification().took().toMillis());
    json.put("records_per_second", verification().recordsPerSecond());
    switch (verification().verdict()) {
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
    json.put("checkpoints", checked.known().size());
    json.put("newest_checkpoint_size", newestSize());
    ArrayNode keys = json.putArray("keys");
    checked
        .keys()
        .keys()
        .forEach(
            each ->
                keys.addObject().put("vkey", each.key().toString()).put("adopted_seq", each.seq()));
    return json;
  }

  private String status() {
    return checked.refusal().isPresent() ? "broken" : verdictStatus();
  }

  private String verdictStatus() {
    return switch (verification().verdict()) {
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
