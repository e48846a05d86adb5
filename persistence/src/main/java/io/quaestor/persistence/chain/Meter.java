package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.Progress.Step;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** A meter adds up what several threads have done and tells a {@link Progress}. */
public final class Meter {

  private final Progress progress;
  private final Step step;
  private final long bytesTotal;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong records = new AtomicLong();
  private final ReentrantLock telling = new ReentrantLock();

  public Meter(Progress progress, Step step, long bytesTotal) {
    this.progress = progress;
    this.step = step;
    this.bytesTotal = bytesTotal;
  }

  public void add(long bytes, long records) {
    this.bytes.addAndGet(bytes);
    this.records.addAndGet(records);
    // Whoever comes while another thread tells need not wait: the next block tells again.
    if (telling.tryLock()) {
      try {
        tell();
      } finally {
        telling.unlock();
      }
    }
  }

  public void finish() {
    telling.lock();
    try {
      tell();
    } finally {
      telling.unlock();
    }
  }

  private void tell() {
    progress.at(step, bytes.get(), bytesTotal, records.get());
  }
}
