package io.quaestor.shadow.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Spreads independent parts over some threads; the first failure stops the others. */
final class Workers {

  private final int threads;

  Workers(int threads) {
    this.threads = threads;
  }

  /** In the order in which they ended. */
  <T> List<T> all(String set, List<Callable<List<T>>> parts, ContestProgress progress) {
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("contest-", 1).daemon().factory())) {
      try {
        return collect(set, new ExecutorCompletionService<>(pool), parts, progress);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("The contest was stopped.");
      } finally {
        pool.shutdownNow();
      }
    }
  }

  private static <T> List<T> collect(
      String set,
      CompletionService<List<T>> pool,
      List<Callable<List<T>>> parts,
      ContestProgress progress)
      throws InterruptedException {
    parts.forEach(pool::submit);
    List<T> results = new ArrayList<>();
    for (int done = 1; done <= parts.size(); done++) {
      results.addAll(result(pool));
      progress.at(set, done, parts.size());
    }
    return results;
  }

  private static <T> List<T> result(CompletionService<List<T>> pool) throws InterruptedException {
    try {
      return pool.take().get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
