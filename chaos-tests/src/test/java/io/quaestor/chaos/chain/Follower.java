package io.quaestor.chaos.chain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A follower reads a growing chain piece by piece, and never the same line twice. */
public final class Follower {

  private final Path directory;
  private int segment;
  private long offset;

  public Follower(Path directory) {
    this.directory = directory;
  }

  /** The whole lines that have been added since the last time. */
  public List<Line> news() {
    List<Line> news = new ArrayList<>();
    List<Path> segments = ChainFiles.segments(directory);
    for (int i = segment; i < segments.size(); i++) {
      if (i > segment) {
        segment = i;
        offset = 0;
      }
      List<Line> lines = ChainFiles.lines(segments.get(i), offset);
      if (!lines.isEmpty()) {
        offset = lines.getLast().offset() + lines.getLast().length();
      }
      news.addAll(lines);
    }
    return news;
  }
}
