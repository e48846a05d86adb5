package io.quaestor.http.cli;

import io.quaestor.persistence.chain.Progress;
import java.io.PrintWriter;

final class ProgressBar implements Progress {
  static ProgressBar on(PrintWriter w) {
    return new ProgressBar();
  }

  @Override
  public void at(Step step, long done, long total, long records) {}

  void finish() {}
}
