package io.quaestor.persistence.witness;

class MapWitnessStoreTest extends WitnessStoreContract {

  private final MapWitnessStore store = new MapWitnessStore();

  @Override
  WitnessStore store() {
    return store;
  }
}
