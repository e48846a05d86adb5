package io.quaestor.http.bundle;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.Progress;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An audit bundle is one zip file with everything that a chain can be checked by, for somebody who
 * has neither the node nor Quaestor.
 *
 * <pre>
 * CHECK.md                  how to check it, step by step
 * check.sh, check.go        programs for that, which use nothing of Quaestor
 * FORMAT                    what the directory holds, and whose it is
 * chain-00000001.log ...    the records, byte for byte
 * checkpoint, *.checkpoint  what the node signed
 * keys.txt                  which key signed which sizes
 * documents.tsv             the policies and catalogs, and the records they are from
 * policies/NAME-vN.json     each version, as it stands in its record
 * catalogs/NAME-vN.json
 * </pre>
 *
 * <p>The same chain with the same checkpoints gives the same bytes. What the node keeps secret is
 * never in it: only these files are taken.
 */
public final class AuditBundle {

  private final Path directory;
  private final String node;

  public AuditBundle(Path directory, String node) {
    this.directory = directory;
    this.node = node;
  }

  /** What went into a bundle. */
  public record Contents(TakenChain chain, int documents) {}

  /**
   * Takes the chain as it is now and writes the bundle, which appears when it is whole.
   *
   * @param replace whether the file may take the place of another
   * @throws ChainRefused when the chain is broken, or does not agree with its checkpoints
   * @throws NothingSigned when there is no checkpoint to check it by
   * @throws BundleUnwritable when the file cannot be written
   * @throws IOException when the chain cannot be read
   */
  public Contents write(Path file, boolean replace, Progress progress) throws IOException {
    TakenChain chain = TakenChain.take(directory, node, progress);
    try (NewFile target = NewFile.begin(file, replace)) {
      Contents contents = new Contents(chain, write(chain, new ZipEntries(target), progress));
      target.finish();
      return contents;
    }
  }

  private static int write(TakenChain chain, ZipEntries zip, Progress progress) throws IOException {
    zip.add("CHECK.md", CheckPage.of(chain));
    zip.add("check.sh", Resource.text("check.sh"));
    zip.add("check.go", Resource.text("check.go"));
    zip.add("keys.txt", KeyList.of(chain.keys(), chain.origin()));
    zip.add("FORMAT", chain.format());
    chain.checkpoints().forEach(zip::add);
    Documents documents = new Documents();
    new RecordCopy(chain, zip, documents).copy(progress);
    documents.write(chain, zip);
    zip.finish();
    return documents.count();
  }
}
