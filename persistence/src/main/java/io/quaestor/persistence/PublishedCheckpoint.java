package io.quaestor.persistence;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The newest checkpoint that counts, and those who wait for one that covers their record. */
public final class PublishedCheckpoint {

  /** No more may wait at a time. */
  private static final int WAITING_MAX = 4096;

  private record Waiting(long seq, CompletableFuture<SignedCheckpoint> answer) {}

  private final List<Waiting> waiting = new ArrayList<>();
  private @Nullable SignedCheckpoint newest;
  private boolean closed;

  /** More wait for a checkpoint than can be kept, or there will be none any more. */
  public static final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unavailable(String message) {
      super(message);
    }
  }

  public synchronized Optional<SignedCheckpoint> get() {
    return Optional.ofNullable(newest);
  }

  /** A checkpoint of the record with this number, now or as soon as there is one. */
  public synchronized CompletableFuture<SignedCheckpoint> covering(long seq) {
    if (newest != null && newest.size() >= seq) {
      return CompletableFuture.completedFuture(newest);
    }
    waiting.removeIf(each -> each.answer().isDone());
    if (closed || waiting.size() == WAITING_MAX) {
      return CompletableFuture.failedFuture(
          new Unavailable(
              closed ? "the node is stopping" : "too many wait for the next checkpoint"));
    }
    CompletableFuture<SignedCheckpoint> answer = new CompletableFuture<>();
    waiting.add(new Waiting(seq, answer));
    return answer;
  }

  void set(SignedCheckpoint next) {
    List<Waiting> covered = new ArrayList<>();
    synchronized (this) {
      if (newest != null && newest.size() > next.size()) {
        return;
      }
      newest = next;
      for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
        Waiting one = each.next();
        if (one.seq() <= next.size()) {
          each.remove();
          covered.add(one);
        }
      }
    }
    covered.forEach(each -> each.answer().completeAsync(() -> next));
  }

  void close() {
    List<Waiting> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(waiting);
      waiting.clear();
    }
    left.forEach(
        each -> each.answer().completeExceptionally(new Unavailable("the node is stopping")));
  }
}
