package io.quaestor.http.cli;

import io.quaestor.http.bundle.AuditBundle;
import io.quaestor.http.bundle.BundleUnwritable;
import io.quaestor.http.bundle.NothingSigned;
import io.quaestor.http.bundle.TakenChain;
import io.quaestor.http.cli.ChainDirectory.Unreadable;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.RecordDamaged;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Makes the auditor's bundle of a chain and says in words how that went. */
record BundleExport(
    ChainDirectory chain, Path file, boolean force, PrintWriter out, PrintWriter err) {

  int run() throws Unreadable {
    requirePlace();
    ProgressBar bar = ProgressBar.on(err);
    try {
      AuditBundle.Contents contents =
          new AuditBundle(chain.path(), chain.node()).write(file, force, bar);
      bar.finish();
      report(contents);
      return ExitStatus.OK;
    } catch (ChainRefused e) {
      return refused(e, e.code().isBroken(), bar);
    } catch (RecordDamaged e) {
      return refused(e, true, bar);
    } catch (NothingSigned | BundleUnwritable e) {
      throw new Unreadable("No bundle was made: %s.".formatted(e.getMessage()));
    } catch (IOException e) {
      throw ChainDirectory.unreadable(chain.path(), e);
    } finally {
      bar.finish();
    }
  }

  /** What can be said before the chain is read, which may take minutes. */
  private void requirePlace() throws Unreadable {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new Unreadable("There is no directory %s; make it first.".formatted(folder));
    }
    if (Files.isDirectory(absolute)) {
      throw new Unreadable("%s is a directory; name a file in it.".formatted(file));
    }
    if (!force && Files.exists(absolute)) {
      throw new Unreadable(
          "%s is there already; name another file, or let it be replaced with --force."
              .formatted(file));
    }
    if (absolute.startsWith(chain.path().toAbsolutePath().normalize())) {
      throw new Unreadable(
          "%s is in the data directory, in which nothing is changed; name a file elsewhere."
              .formatted(file));
    }
  }

  private int refused(RuntimeException refusal, boolean broken, ProgressBar bar) {
    bar.finish();
    String why = Printable.of(refusal.getMessage());
    err.printf("No bundle was made: %s.%n", why.replaceFirst("\\.$", ""));
    if (!broken) {
      return ExitStatus.UNUSABLE;
    }
    err.printf(
        "Without --bundle the records are exported up to the first one that does not verify.%n");
    return ExitStatus.CHAIN_BROKEN;
  }

  private void report(AuditBundle.Contents contents) {
    TakenChain taken = contents.chain();
    if (taken.tornBytes() > 0) {
      err.printf(
          Locale.ROOT,
          "Left out: the last %,d bytes, which are not a whole record.%n",
          taken.tornBytes());
    }
    out.printf(
        Locale.ROOT,
        "%s: %,d records of %s, signed up to %,d; %d checkpoints, %d keys, %d policies and"
            + " catalogs.%nhead %d %s%nWho checks it begins with CHECK.md.%n",
        file,
        taken.head().seq(),
        Printable.of(taken.node()),
        taken.newest().size(),
        taken.checkpoints().size(),
        taken.keys().keys().size(),
        contents.documents(),
        taken.head().seq(),
        taken.head().hash());
    out.flush();
  }
}
