package io.quaestor.persistence.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.persistence.note.CosignerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWitnessStoreTest extends WitnessStoreContract {

  /** Of the origin, by sha256sum. */
  private static final String FILE =
      "6b4e3bb3c7522d728f02aac61bd9938be15d8fa44f170ef55a8af18db37c99b5.checkpoint";

  @TempDir Path parent;

  @Override
  FileWitnessStore store() {
    return FileWitnessStore.open(directory());
  }

  private Path directory() {
    return parent.resolve("a").resolve("witness");
  }

  private Path file() {
    return directory().resolve(FILE);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  @Test
  void theFileIsPinned() throws Exception {
    store().store(TestLog.ORIGIN, log.note(3));

    assertThat(files()).containsExactly(FILE);
    assertThat(Files.readString(file()))
        .startsWith("quaestor-witness 1\nsha256 ")
        .endsWith("\n" + log.note(3))
        .hasSize(91 + log.note(3).toString().length());
  }

  @Test
  void theRecordIsThereAfterARestart() {
    store().store(TestLog.ORIGIN, log.note(3));

    assertThat(store().load(TestLog.ORIGIN)).contains(log.checkpoint(3));
  }

  @Test
  void aRecordCutAnywhereIsRefused() throws Exception {
    FileWitnessStore store = store();
    store.store(TestLog.ORIGIN, log.note(3));
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      refusesToLoad(store);
    }
  }

  @Test
  void aRecordWithAnyBitFlippedIsRefused() throws Exception {
    FileWitnessStore store = store();
    store.store(TestLog.ORIGIN, log.note(3));
    byte[] whole = Files.readAllBytes(file());
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(file(), flipped);
      refusesToLoad(store);
    }
  }

  @Test
  void aRecordThatIsTooLongOrZeroedIsRefused() throws Exception {
    FileWitnessStore store = store();
    store.store(TestLog.ORIGIN, log.note(3));
    byte[] whole = Files.readAllBytes(file());
    for (int length : new int[] {whole.length + 1, RecordFile.BYTES_MAX, 5_000_000}) {
      Files.write(file(), Arrays.copyOf(whole, length));
      refusesToLoad(store);
      Files.write(file(), new byte[length]);
      refusesToLoad(store);
    }
  }

  @Test
  void theRecordOfAnotherLogIsRefused() throws Exception {
    FileWitnessStore store = store();
    store.store("other", TestLog.named("other").note(3));
    Files.move(directory().resolve(files().getFirst()), file());

    refusesToLoad(store);
  }

  private static void refusesToLoad(FileWitnessStore store) {
    assertThatThrownBy(() -> store.load(TestLog.ORIGIN))
        .isInstanceOf(WitnessStoreFailed.class)
        .hasMessageContaining("is damaged")
        .hasMessageContaining(FILE);
  }

  @Test
  void aDirectoryThatWentAwayIsNotAnEmptyOne() throws Exception {
    FileWitnessStore store = store();
    store.store(TestLog.ORIGIN, log.note(3));
    Files.delete(file());
    Files.delete(directory());

    assertThatThrownBy(() -> store.load(TestLog.ORIGIN)).isInstanceOf(WitnessStoreFailed.class);
  }

  @Test
  void whatACrashLeftOfAWriteIsNotTheRecord() throws Exception {
    FileWitnessStore store = store();
    store.store(TestLog.ORIGIN, log.note(3));
    Files.writeString(directory().resolve(FILE + ".tmp"), "quaestor-wit".repeat(1000));

    assertThat(store.load(TestLog.ORIGIN)).contains(log.checkpoint(3));
    store.store(TestLog.ORIGIN, log.note(4));

    assertThat(store.load(TestLog.ORIGIN)).contains(log.checkpoint(4));
    assertThat(files()).containsExactly(FILE);
  }

  @Test
  void aRecordThatCannotBeWrittenOrReadIsAFailure() throws Exception {
    FileWitnessStore store = store();
    Files.createDirectories(file().resolve("in-the-way"));

    assertThatThrownBy(() -> store.store(TestLog.ORIGIN, log.note(3)))
        .isInstanceOf(WitnessStoreFailed.class);
    assertThatThrownBy(() -> store.load(TestLog.ORIGIN)).isInstanceOf(WitnessStoreFailed.class);
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAFailure() throws Exception {
    Path taken = Files.write(parent.resolve("taken"), "".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> FileWitnessStore.open(taken.resolve("witness")))
        .isInstanceOf(WitnessStoreFailed.class);
  }

  @Test
  void aWitnessWithADamagedRecordCosignsNothing() throws Exception {
    CosignerKey key = CosignerKey.generate("witness.example/w1", new SecureRandom());
    Witness witness = new Witness(key, List.of(log.key().verifier()), store());
    witness.add(log.request(0, 9).bytes(), Instant.ofEpochSecond(1));
    byte[] record = Files.readAllBytes(file());
    Files.write(file(), new byte[0]);

    for (int oldSize : new int[] {0, 4, 9}) {
      assertThatThrownBy(
              () -> witness.add(log.request(oldSize, 9).bytes(), Instant.ofEpochSecond(2)))
          .isInstanceOf(WitnessStoreFailed.class);
    }
    Files.write(file(), record);
    assertThat(witness.add(log.request(9, 12).bytes(), Instant.ofEpochSecond(3)))
        .isInstanceOf(WitnessAnswer.Cosigned.class);
  }
}
