package io.quaestor.persistence.checkpoint;

import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.DurableFile;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Checkpoints as files of a directory: another disk, a mounted bucket, or the data directory.
 *
 * <pre>
 * in the data directory     elsewhere                         what
 * checkpoint                node-1.checkpoint                 the newest
 * published.checkpoint      -                                 the newest that witnesses cosigned
 * chain-00000007.checkpoint node-1-chain-00000007.checkpoint  the first that covers segment 7
 * key-00000002.checkpoint   node-1-key-00000002.checkpoint    by which key 1 handed over to key 2
 * </pre>
 */
public final class DirectoryAnchor implements Anchor {

  private static final String SUFFIX = ".checkpoint";
  private static final String PUBLISHED = "published" + SUFFIX;

  /** A note with some dozens of cosignatures is far smaller. */
  private static final int BYTES_MAX = 1024 * 1024;

  private final Disk disk;
  private final Path directory;
  private final String newest;
  private final String prefix;
  private final Pattern milestones;

  private DirectoryAnchor(Disk disk, Path directory, String newest, String prefix) {
    this.disk = disk;
    this.directory = directory;
    this.newest = newest;
    this.prefix = prefix;
    this.milestones =
        Pattern.compile(
            "%s(%s)%s".formatted(Pattern.quote(prefix), Milestone.FORM, Pattern.quote(SUFFIX)));
  }

  /** The checkpoints beside the chain. */
  public static DirectoryAnchor beside(Disk disk, Path data) {
    return new DirectoryAnchor(disk, data, "checkpoint", "");
  }

  /** The checkpoints of a node in a directory that several nodes may share. */
  public static DirectoryAnchor elsewhere(Disk disk, Path directory, String node) {
    return new DirectoryAnchor(disk, directory, node + SUFFIX, node + "-");
  }

  @Override
  public String name() {
    return directory.toString();
  }

  // ---- reading ---------------------------------------------------------------------------------

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
    return read(
        name ->
            name.equals(newest)
                || milestones.matcher(name).matches()
                || (prefix.isEmpty() && name.equals(PUBLISHED)));
  }

  @Override
  public SortedMap<String, byte[]> milestones() throws IOException {
    SortedMap<String, byte[]> named = new TreeMap<>();
    read(name -> milestones.matcher(name).matches())
        .forEach(
            (name, bytes) ->
                named.put(name.substring(prefix.length(), name.length() - SUFFIX.length()), bytes));
    return named;
  }

  private SortedMap<String, byte[]> read(Predicate<String> wanted) throws IOException {
    if (!disk.exists(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String name : disk.list(directory)) {
      if (wanted.test(name)) {
        DurableFile.read(disk, directory.resolve(name), BYTES_MAX)
            .ifPresent(bytes -> files.put(name, bytes));
      }
    }
    return files;
  }

  /** Whether the newest checkpoint is there. */
  public boolean hasNewest() {
    return disk.exists(directory.resolve(newest));
  }

  /** The newest checkpoint that witnesses cosigned; empty when there is none. */
  public Optional<byte[]> published() throws IOException {
    return DurableFile.read(disk, directory.resolve(PUBLISHED), BYTES_MAX);
  }

  // ---- writing ---------------------------------------------------------------------------------

  @Override
  public void keep(byte[] note) throws IOException {
    DurableFile.write(disk, directory.resolve(newest), note);
  }

  @Override
  public void keepMilestone(String name, byte[] note) throws IOException {
    DurableFile.write(disk, directory.resolve(prefix + name + SUFFIX), note);
  }

  public void keepPublished(byte[] note) throws IOException {
    DurableFile.write(disk, directory.resolve(PUBLISHED), note);
  }
}
