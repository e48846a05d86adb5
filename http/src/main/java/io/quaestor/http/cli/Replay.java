package io.quaestor.http.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quaestor.kernel.replay.Mismatch;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a replay came to, as text for people and as JSON for programs. */
sealed interface Replay {

  /** Whether nothing was found that is not as recorded. */
  boolean asRecorded();

  String text();

  void putInto(ObjectNode json);

  /** It was not asked for, or the chain is broken. */
  record NotRun() implements Replay {
    @Override
    public boolean asRecorded() {
      return true;
    }

    @Override
    public String text() {
      return "";
    }

    @Override
    public void putInto(ObjectNode json) {}
  }

  /**
   * @param unchecked records of tenants whose budget could not be folded any further
   * @param mismatches how many records are not as the kernel comes to them
   * @param first the first of them
   */
  record Done(
      long records,
      long decisions,
      long budgets,
      long unchecked,
      long mismatches,
      List<Mismatch> first,
      Duration took)
      implements Replay {

    private static final int SENTENCE_MAX = 600;

    @Override
    public boolean asRecorded() {
      return mismatches == 0;
    }

    @Override
    public String text() {
      return asRecorded() ? summary("all as recorded") : summary(differing()) + mismatchLines();
    }

    private String summary(String result) {
      return String.format(
          Locale.ROOT,
          "Replayed %,d decisions and %,d budgets: %s.%nreplayed in %,d ms, %,d records/s%n",
          decisions,
          budgets,
          result,
          took.toMillis(),
          recordsPerSecond());
    }

    private String differing() {
      return mismatches == 1
          ? "one record is not what the kernel comes to"
          : String.format(Locale.ROOT, "%,d records are not what the kernel comes to", mismatches);
    }

    private String mismatchLines() {
      StringBuilder lines = new StringBuilder();
      first.forEach(each -> lines.append(shortened(each.sentence())).append('\n'));
      if (mismatches > first.size()) {
        lines.append(String.format(Locale.ROOT, "and %,d more%n", mismatches - first.size()));
      }
      if (unchecked > 0) {
        lines.append(
            String.format(
                Locale.ROOT,
                "%,d later records of tenants whose budget broke were not checked%n",
                unchecked));
      }
      return lines.toString();
    }

    private static String shortened(String sentence) {
      String plain = Printable.of(sentence);
      return plain.length() <= SENTENCE_MAX ? plain : plain.substring(0, SENTENCE_MAX) + " ...";
    }

    private long recordsPerSecond() {
      return (long) (records * 1e9 / Math.max(took.toNanos(), 1));
    }

    @Override
    public void putInto(ObjectNode json) {
      ObjectNode replay = json.putObject("replay");
      replay.put("status", asRecorded() ? "as_recorded" : "differs");
      replay.put("decisions", decisions);
      replay.put("budgets", budgets);
      replay.put("unchecked_records", unchecked);
      replay.put("took_ms", took.toMillis());
      replay.put("records_per_second", recordsPerSecond());
      replay.put("mismatches", mismatches);
      var firstJson = replay.putArray("first_mismatches");
      for (Mismatch each : first) {
        firstJson
            .addObject()
            .put("seq", each.seq())
            .put("entity", each.entity())
            .put("subject", each.subject())
            .put("recorded", each.recorded())
            .put("replayed", each.replayed());
      }
    }
  }
}
