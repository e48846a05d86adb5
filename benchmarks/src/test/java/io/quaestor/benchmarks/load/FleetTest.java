package io.quaestor.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FleetTest {

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(Fleet.of("t", 50, 1_000, 9).all()).isEqualTo(Fleet.of("t", 50, 1_000, 9).all());
    assertThat(Fleet.of("t", 50, 1_000, 9).all()).isNotEqualTo(Fleet.of("t", 50, 1_000, 8).all());
  }

  @Test
  void hasAQuarterOfTenantsWithFarTooLittle() {
    Fleet fleet = Fleet.of("t", 200, 100_000, 1);

    assertThat(fleet.all()).filteredOn(it -> it.kind() == Fleet.Kind.SCARCE).hasSize(50);
    assertThat(fleet.all()).extracting(Fleet.Tenant::name).doesNotHaveDuplicates();
  }
}
