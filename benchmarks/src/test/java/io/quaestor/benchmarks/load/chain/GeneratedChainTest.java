package io.quaestor.benchmarks.load.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedChainTest {

  private static final Recipe RECIPE = new Recipe(5_000, 500, 1, 7);
  private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

  @TempDir private Path temporary;

  private GeneratedChain chain(String name, Recipe recipe) throws IOException {
    return GeneratedChain.open(temporary.resolve(name), recipe, NOWHERE);
  }

  @Test
  void isSoundAndHasAsManyRecordsAsItsRecipeSays() throws Exception {
    GeneratedChain chain = chain("a", RECIPE);

    Verification verification = SoundChain.verify(chain, Progress.NONE);

    assertThat(verification.records()).isEqualTo(5_000);
    assertThat(verification.segments()).isEqualTo(3).isEqualTo(chain.segments().size());
    assertThat(verification.bytes()).isEqualTo(chain.bytes());
    assertThat(chain.bytes() / 5_000.0).isCloseTo(500, within(10.0));
  }

  @Test
  void hasTheSameBytesFromTheSameRecipe() throws Exception {
    GeneratedChain one = chain("one", RECIPE);
    GeneratedChain same = chain("same", RECIPE);
    GeneratedChain other = chain("other", new Recipe(5_000, 500, 1, 8));

    assertThat(same.segments().getLast()).hasSameBinaryContentAs(one.segments().getLast());
    assertThat(Files.mismatch(other.segments().getFirst(), one.segments().getFirst()))
        .isNotEqualTo(-1);
  }

  @Test
  void isUsedAgainAsItIs() throws Exception {
    GeneratedChain made = chain("a", RECIPE);
    Path last = made.segments().getLast();
    var written = Files.getLastModifiedTime(last);

    GeneratedChain found = chain("a", RECIPE);
    found.close(true, NOWHERE);

    assertThat(found.bytes()).isEqualTo(made.bytes());
    assertThat(Files.getLastModifiedTime(last)).isEqualTo(written);
  }

  @Test
  void isNotTakenForAnother() throws Exception {
    var unused = chain("a", RECIPE);

    assertThatThrownBy(() -> chain("a", new Recipe(6_000, 500, 1, 7)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("5000 records")
        .hasMessageContaining("6000 records");
  }

  @Test
  void isNotGeneratedBesideSomethingElse() throws Exception {
    Files.writeString(temporary.resolve("chain-00000001.log"), "half a chain");

    assertThatThrownBy(() -> chain("", RECIPE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not empty");
  }
}
