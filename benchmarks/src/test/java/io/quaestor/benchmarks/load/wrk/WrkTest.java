package io.quaestor.benchmarks.load.wrk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WrkTest {

  @Test
  void readsTheLineThatTheScriptPrints() throws Exception {
    Wrk.Result result =
        Wrk.parse(
            """
            Running 10s test @ http://127.0.0.1:1
              1 threads and 128 connections
            result requests=150000 micros=10000000 p50=8000 p99=41000 max=99000 non2xx=3 failed=2
            """);

    assertThat(result).isEqualTo(new Wrk.Result(150_000, 10_000_000, 8_000, 41_000, 99_000, 3, 2));
    assertThat(result.perSecond()).isEqualTo(15_000);
  }

  @Test
  void saysWhatWrkSaidInstead() {
    assertThatThrownBy(() -> Wrk.parse("unable to connect\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unable to connect");
  }
}
