package io.quaestor.persistence.witness;

import io.quaestor.persistence.note.SignatureLine;
import java.util.List;
import java.util.stream.Collectors;

/** What a witness answers to {@code add-checkpoint}, with the form it has in HTTP. */
public sealed interface WitnessAnswer {

  /** The content type of a size, which tells a {@link Conflict} from a fork. */
  String SIZE_TYPE = "text/x.tlog.size";

  /** The content type of the others. */
  String TEXT_TYPE = "text/plain; charset=utf-8";

  int status();

  String contentType();

  String body();

  /** The checkpoint is on record, and here are the cosignatures. */
  record Cosigned(List<SignatureLine> lines) implements WitnessAnswer {

    /** Takes a copy. */
    public Cosigned {
      lines = List.copyOf(lines);
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public String contentType() {
      return TEXT_TYPE;
    }

    @Override
    public String body() {
      return lines.stream().map(SignatureLine::text).collect(Collectors.joining());
    }
  }

  /** The checkpoint on record is of this size, not of the one asked from. */
  record Conflict(long size) implements WitnessAnswer {

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String contentType() {
      return SIZE_TYPE;
    }

    @Override
    public String body() {
      return size + "\n";
    }
  }

  /**
   * No, and asking again does not help.
   *
   * @param sentence for a person
   */
  record Refused(Why why, String sentence) implements WitnessAnswer {

    @Override
    public int status() {
      return why.status;
    }

    @Override
    public String contentType() {
      return TEXT_TYPE;
    }

    @Override
    public String body() {
      return sentence + "\n";
    }
  }

  /** Why a witness refuses. */
  enum Why {
    MALFORMED(400),
    /** No key that is trusted for the log signed, or the signature of one does not fit. */
    UNSIGNED(403),
    UNKNOWN_LOG(404),
    /** The log signed two different trees of one size. */
    FORK(409),
    /** The proof does not show that the new tree begins with the old one. */
    UNPROVEN(422);

    private final int status;

    Why(int status) {
      this.status = status;
    }
  }
}
