package io.quaestor.benchmarks.load.audit;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Compares a chain with the answers that were given while it was written. */
public final class ChainAudit {

  /** Records of a tenant that no call is answered with. */
  private static final Set<String> UNTOLD = Set.of("Expired", "TenantDefined");

  private final AnswerBook book;
  private final Faults faults;
  private final Set<Long> found = new HashSet<>();
  private final ChainFold fold;

  public ChainAudit(AnswerBook book, Faults faults) {
    this.book = book;
    this.faults = faults;
    this.fold = new ChainFold(faults, this::record);
  }

  /** Folds the exported records, then compares both ways. */
  public void read(InputStream lines) throws IOException {
    fold.read(lines);
    book.told()
        .forEach(
            (seq, told) ->
                faults.require(
                    found.contains(seq),
                    () ->
                        "%s of %s was answered with the seal %d, which is not in the chain"
                            .formatted(told.type(), told.subject(), seq)));
    for (Map.Entry<String, AnswerBook.Account> entry : book.accounts().entrySet()) {
      compare(entry.getKey(), entry.getValue());
    }
  }

  private void record(long seq, String hash, String type, String tenant, String subject) {
    if (!book.accounts().containsKey(tenant)) {
      faults.add("record %d is of tenant %s, to whom nothing was answered".formatted(seq, tenant));
      return;
    }
    AnswerBook.Told told = book.told().get(seq);
    if (told == null) {
      faults.require(
          UNTOLD.contains(type),
          () -> "record %d, %s of %s, was never answered".formatted(seq, type, subject));
      return;
    }
    found.add(seq);
    faults.require(
        told.equals(new AnswerBook.Told(hash, type, subject)),
        () ->
            "record %d is %s of %s with hash %s; the answer said %s"
                .formatted(seq, type, subject, hash, told));
  }

  private void compare(String tenant, AnswerBook.Account account) {
    TenantFold folded = fold.tenants().get(tenant);
    if (folded == null) {
      faults.add("tenant %s is not in the chain".formatted(tenant));
      return;
    }
    faults.require(
        folded.money().equals(account.money())
            && folded.openReservations() == account.openReservations(),
        () ->
            "tenant %s has %s and %d open in the chain; its answers add up to %s and %d open"
                .formatted(
                    tenant,
                    folded.money(),
                    folded.openReservations(),
                    account.money(),
                    account.openReservations()));
  }

  public long records() {
    return fold.records();
  }

  /** Answers whose record was found. */
  public int found() {
    return found.size();
  }
}
