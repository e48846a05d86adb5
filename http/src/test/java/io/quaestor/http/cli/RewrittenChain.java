package io.quaestor.http.cli;

import io.quaestor.persistence.chain.RecordLine;
import io.quaestor.persistence.chain.Segments;
import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.MerkleTree;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A chain that somebody with access to its files and to its key has rewritten: records changed, all
 * hashes from there on computed anew, and the checkpoint signed again, so that everything fits.
 */
final class RewrittenChain {

  private static final int PREV = "{\"prev\":\"".length();

  private RewrittenChain() {}

  /** Rewrites the one segment of a small chain. */
  static void rewrite(Path directory, UnaryOperator<String> change) throws Exception {
    Path segment = Segments.file(directory, 1);
    List<String> lines = new ArrayList<>();
    String prev = "0".repeat(RecordLine.HASH_DIGITS);
    for (String line : Files.readAllLines(segment)) {
      String json = change.apply(line.substring(RecordLine.JSON_OFFSET));
      String linked = json.substring(0, PREV) + prev + json.substring(PREV + prev.length());
      prev = sha256(linked);
      lines.add(prev + " " + linked);
    }
    Files.writeString(segment, String.join("\n", lines) + "\n");
    sign(directory);
  }

  private static void sign(Path directory) throws IOException {
    MerkleTree tree = new MerkleTree();
    for (String json : json(directory)) {
      tree.append(Hash.leaf(json.getBytes(StandardCharsets.UTF_8)).bytes(), 0, 1);
    }
    SigningKey key = SigningKey.parse(Files.readString(directory.resolve("node.key")).strip());
    MerkleTree.Head head = tree.head();
    String text = new Checkpoint(key.verifier().name(), head.size(), head.root()).text();
    Files.write(directory.resolve("checkpoint"), SignedNote.sign(text, key).bytes());
  }

  /** The JSON of every record. */
  static List<String> json(Path directory) throws IOException {
    return Files.readAllLines(Segments.file(directory, 1)).stream()
        .map(line -> line.substring(RecordLine.JSON_OFFSET))
        .toList();
  }

  private static String sha256(String text) throws GeneralSecurityException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
