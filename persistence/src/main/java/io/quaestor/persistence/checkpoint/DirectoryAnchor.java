package io.quaestor.persistence.checkpoint;

import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.DurableFile;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checkpoints as files of a directory: another disk, a mounted bucket, or the data directory.
 *
 * <pre>
 * in the data directory     elsewhere                         what
 * checkpoint                node-1.checkpoint                 the newest
 * chain-00000007.checkpoint node-1-chain-00000007.checkpoint  the first that covers segment 7
 * key-00000002.checkpoint   node-1-key-00000002.checkpoint    by which key 1 handed over to key 2
 * </pre>
 */
public final class DirectoryAnchor implements Anchor {

  /** A note with some dozens of cosignatures is far smaller. */
  private static final int BYTES_MAX = 1024 * 1024;

  private final Disk disk;
  private final Path directory;
  private final String newest;
  private final String prefix;
  private final Pattern names;
  private final Pattern segments;

  private DirectoryAnchor(Disk disk, Path directory, String newest, String prefix) {
    this.disk = disk;
    this.directory = directory;
    this.newest = newest;
    this.prefix = prefix;
    this.names =
        Pattern.compile(
            "%s|%s(chain|key)-\\d{8}\\.checkpoint"
                .formatted(Pattern.quote(newest), Pattern.quote(prefix)));
    this.segments =
        Pattern.compile("%schain-(\\d{8})\\.checkpoint".formatted(Pattern.quote(prefix)));
  }

  /** The checkpoints beside the chain. */
  public static DirectoryAnchor beside(Disk disk, Path data) {
    return new DirectoryAnchor(disk, data, "checkpoint", "");
  }

  /** The checkpoints of a node in a directory that several nodes may share. */
  public static DirectoryAnchor elsewhere(Disk disk, Path directory, String node) {
    return new DirectoryAnchor(disk, directory, node + ".checkpoint", node + "-");
  }

  @Override
  public String name() {
    return directory.toString();
  }

  @Override
  public List<Kept> all() throws IOException {
    List<Kept> all = new ArrayList<>();
    files()
        .forEach(
            (name, bytes) -> {
              int place = name.equals(newest) ? 0 : all.size();
              all.add(place, new Kept(directory.resolve(name).toString(), bytes));
            });
    return all;
  }

  /** The bytes of all checkpoints by the names of their files. */
  public SortedMap<String, byte[]> files() throws IOException {
    if (!disk.exists(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String name : disk.list(directory)) {
      if (names.matcher(name).matches()) {
        DurableFile.read(disk, directory.resolve(name), BYTES_MAX)
            .ifPresent(bytes -> files.put(name, bytes));
      }
    }
    return files;
  }

  @Override
  public int coveredSegments() throws IOException {
    return disk.list(directory).stream()
        .map(segments::matcher)
        .filter(Matcher::matches)
        .mapToInt(name -> Integer.parseInt(name.group(1)))
        .max()
        .orElse(0);
  }

  /** Whether the newest checkpoint is there. */
  public boolean hasNewest() {
    return disk.exists(directory.resolve(newest));
  }

  @Override
  public void keep(byte[] note) throws IOException {
    DurableFile.write(disk, directory.resolve(newest), note);
  }

  @Override
  public void keepFor(int segment, byte[] note) throws IOException {
    keepNumbered("chain", segment, note);
  }

  @Override
  public void keepHandover(int number, byte[] note) throws IOException {
    keepNumbered("key", number, note);
  }

  private void keepNumbered(String what, int number, byte[] note) throws IOException {
    String name = String.format(Locale.ROOT, "%s%s-%08d.checkpoint", prefix, what, number);
    DurableFile.write(disk, directory.resolve(name), note);
  }
}
