package io.quaestor.http.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quaestor.http.cli.ChainDirectory.Unreadable;
import io.quaestor.persistence.chain.Reason;
import io.quaestor.persistence.chain.RecordLine;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.TlogProof;
import io.quaestor.persistence.note.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A proof with the record that it is about, as a node answers it: a C2SP tlog-proof whose extra
 * line is the record, or JSON with the members {@code proof}, {@code record_line} and {@code vkey}.
 *
 * @param record the bytes that were hashed, if their own hash before them was right
 * @param ownKey the key that the file itself names, which proves nothing by itself
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record ProofFile(TlogProof proof, byte[] record, Optional<VerifierKey> ownKey) {

  /** A text in it can be as long as a whole proof. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(TlogProof.BYTES_MAX).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static ProofFile read(Path file, @Nullable Path recordFile) throws Unreadable {
    byte[] bytes = bytes(file);
    try {
      return bytes.length > 0 && bytes[0] == '{'
          ? json(file, bytes, recordFile)
          : plain(file, TlogProof.parse(bytes), recordFile, Optional.empty());
    } catch (NoteRejected e) {
      throw new Unreadable("%s is no proof: %s.".formatted(file, e.sentence()));
    }
  }

  private static byte[] bytes(Path file) throws Unreadable {
    try {
      if (Files.size(file) > 2L * TlogProof.BYTES_MAX) {
        throw new Unreadable("%s is too large for a proof.".formatted(file));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Unreadable("%s cannot be read: %s.".formatted(file, Reason.of(e)));
    }
  }

  private static ProofFile json(Path file, byte[] bytes, @Nullable Path recordFile)
      throws Unreadable {
    JsonNode tree = tree(file, bytes);
    TlogProof proof = TlogProof.parse(member(file, tree, "proof").getBytes(StandardCharsets.UTF_8));
    VerifierKey own = VerifierKey.parse(member(file, tree, "vkey"));
    if (recordFile != null) {
      return plain(file, proof, recordFile, Optional.of(own));
    }
    byte[] line = member(file, tree, "record_line").getBytes(StandardCharsets.UTF_8);
    return new ProofFile(proof, json(line), Optional.of(own));
  }

  private static JsonNode tree(Path file, byte[] bytes) throws Unreadable {
    try {
      return MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new Unreadable("%s is no proof: its JSON %s.".formatted(file, problem(e)));
    } catch (IOException e) {
      throw new Unreadable("%s cannot be read: %s.".formatted(file, Reason.of(e)));
    }
  }

  private static String problem(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return "has a number or a text that is too long, or is nested too deeply";
    }
    return e.getLocation() == null
        ? "cannot be read"
        : "ends or breaks at line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static String member(Path file, JsonNode tree, String name) throws Unreadable {
    JsonNode member = tree.path(name);
    if (!member.isTextual()) {
      throw new Unreadable(
          "%s is no proof: it has no text \"%s\"; a node answers one at /api/v1/decisions/ID/proof."
              .formatted(file, name));
    }
    return member.textValue();
  }

  private static ProofFile plain(
      Path file, TlogProof proof, @Nullable Path recordFile, Optional<VerifierKey> own)
      throws Unreadable {
    if (recordFile != null) {
      return new ProofFile(proof, json(bytes(recordFile)), own);
    }
    byte[] record =
        proof
            .extra()
            .orElseThrow(
                () ->
                    new Unreadable(
                        "%s does not carry the record that it proves; give its line with --record."
                            .formatted(file)));
    return new ProofFile(proof, record, own);
  }

  /** What the record says of itself; missing when it does not say it in JSON. */
  JsonNode recordMember(String name) {
    try {
      return MAPPER.readTree(record).path(name);
    } catch (IOException e) {
      return JsonNodeFactory.instance.missingNode();
    }
  }

  /** A line of the chain without the hash before it and the line end behind it. */
  private static byte[] json(byte[] line) {
    int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
    boolean hashed =
        end >= RecordLine.JSON_OFFSET && line[RecordLine.HASH_DIGITS] == ' ' && line[0] != '{';
    int start = hashed ? RecordLine.JSON_OFFSET : 0;
    return Arrays.copyOfRange(line, start, end);
  }
}
