package io.quaestor.kernel.learning;

import java.util.Map;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** Maps whose changes share their structure, behind the plain type that snapshots are read into. */
final class Persistent {

  private Persistent() {}

  static <V> Map<String, V> map(Map<String, V> map) {
    return map instanceof PMap ? map : HashTreePMap.from(map);
  }

  static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
    return ((PMap<String, V>) map(map)).plus(key, value);
  }
}
