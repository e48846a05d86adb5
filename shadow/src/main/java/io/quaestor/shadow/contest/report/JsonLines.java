package io.quaestor.shadow.contest.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.quaestor.shadow.contest.ContestResult;
import io.quaestor.shadow.contest.RunResult;
import io.quaestor.shadow.contest.Target;
import io.quaestor.shadow.contest.TargetResult;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * One JSON object a run:
 *
 * <pre>{"set","target","policy","seed","calls","success_rate","cost"}</pre>
 *
 * The target is a rate of 6 decimals, the cost the total of the counted calls in microcents.
 */
public final class JsonLines {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();
  private static final int TARGET_DECIMALS = 6;
  private static final int RATE_DECIMALS = 9;

  private JsonLines() {}

  public static void write(ContestResult result, Writer out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.setRootValueSeparator(null);
      for (TargetResult target : result.targets()) {
        for (List<RunResult> runs : target.runs().values()) {
          for (RunResult run : runs) {
            write(json, result.set().name(), target.target(), run);
          }
        }
      }
    }
  }

  private static void write(JsonGenerator json, String set, Target target, RunResult run)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("set", set);
    json.writeNumberField("target", rounded(target.rate(), TARGET_DECIMALS));
    json.writeStringField("policy", run.policy());
    json.writeNumberField("seed", run.seed());
    json.writeNumberField("calls", run.totals().calls());
    json.writeNumberField("success_rate", rounded(run.totals().successRate(), RATE_DECIMALS));
    json.writeNumberField("cost", run.totals().costMicrocents());
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private static BigDecimal rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
  }
}
