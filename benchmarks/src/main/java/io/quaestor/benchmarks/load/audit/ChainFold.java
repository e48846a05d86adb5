package io.quaestor.benchmarks.load.audit;

import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds exported records into one budget per tenant, and checks on the way: links and numbers of
 * the chain, numbers of each entity, that no decision stands twice, and every step of every budget
 * (see {@link TenantFold}).
 */
public final class ChainFold {

  /** Gets each record that is about a tenant. */
  public interface Listener {
    /**
     * @param subject the decision's id, or the tenant where there is none
     */
    void record(long seq, String hash, String type, String tenant, String subject);
  }

  private static final ObjectReader RECORD = Answer.JSON.readerFor(Line.class);
  private static final String FIRST_PREV = "0".repeat(64);
  private static final String TENANT_PREFIX = "tenant|";

  private record Line(String prev, long seq, String entity, long eseq, String type, Entry event) {}

  /** The members of all events that move money; absent ones are null. */
  record Entry(
      @Nullable String tenant,
      @Nullable String id,
      @Nullable Long amountMicrocents,
      @Nullable Long reservedMicrocents,
      @Nullable Long actualMicrocents,
      @Nullable Boolean late,
      @Nullable Long reservedMaxMicrocents,
      @Nullable Money budget,
      @Nullable Entry reserved,
      @Nullable Entry refused,
      @Nullable Entry committed) {}

  private final Faults faults;
  private final Listener listener;
  private final MessageDigest sha256;
  private final Map<String, TenantFold> tenants = new TreeMap<>();
  private final Map<String, Long> eseqs = new HashMap<>();
  private final Set<String> decisions = new HashSet<>();
  private String head = FIRST_PREV;
  private long seq = -1;
  private long records;

  public ChainFold(Faults faults, Listener listener) {
    this.faults = faults;
    this.listener = listener;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Folds JSON lines until their end. */
  public void read(InputStream lines) throws IOException {
    InputStream in = new BufferedInputStream(lines, 1 << 16);
    ByteArrayOutputStream line = new ByteArrayOutputStream(4_096);
    int b;
    while ((b = in.read()) >= 0) {
      if (b == '\n') {
        record(line.toByteArray());
        line.reset();
      } else {
        line.write(b);
      }
    }
    faults.require(line.size() == 0, () -> "the export ends inside of a line");
  }

  /** Folds the JSON of one record. */
  public void record(byte[] json) throws IOException {
    Line line = RECORD.readValue(json);
    String hash = HexFormat.of().formatHex(sha256.digest(json));
    faults.require(
        line.prev().equals(head),
        () -> "record %d does not follow the one before".formatted(line.seq()));
    faults.require(
        seq < 0 || line.seq() == seq + 1,
        () -> "record %d comes after record %d".formatted(line.seq(), seq));
    head = hash;
    seq = line.seq();
    records++;
    if (line.entity().startsWith(TENANT_PREFIX)) {
      tenantRecord(line, hash);
    }
  }

  private void tenantRecord(Line line, String hash) {
    String tenant = line.entity().substring(TENANT_PREFIX.length());
    long before = eseqs.getOrDefault(tenant, 0L);
    eseqs.put(tenant, line.eseq());
    faults.require(
        line.eseq() == before + 1,
        () ->
            "record %d: event %d of tenant %s comes after its event %d"
                .formatted(line.seq(), line.eseq(), tenant, before));
    TenantFold fold = tenants.computeIfAbsent(tenant, name -> new TenantFold(name, faults));
    Entry event = line.event();
    Entry hold = event.reserved() != null ? event.reserved() : event.refused();
    String id = hold != null ? hold.id() : event.id();
    if (line.type().equals("DecisionMade")) {
      faults.require(
          id != null && decisions.add(id),
          () -> "record %d: decision %s stands twice".formatted(line.seq(), id));
    }
    fold.apply(line.seq(), line.type(), event);
    listener.record(line.seq(), hash, line.type(), tenant, id == null ? tenant : id);
  }

  public Map<String, TenantFold> tenants() {
    return tenants;
  }

  public long records() {
    return records;
  }
}
