package io.quaestor.persistence.event;

import io.quaestor.kernel.event.Event;
import java.util.HashMap;
import java.util.Map;

/**
 * The event types are the records of the sealed family, by simple name. The table follows the
 * permitted subclasses, so that a new event needs no registration.
 */
final class EventTypes {

  static final Map<String, Class<? extends Event>> BY_NAME = table();

  private EventTypes() {}

  private static Map<String, Class<? extends Event>> table() {
    Map<String, Class<? extends Event>> types = new HashMap<>();
    collect(Event.class, types);
    return Map.copyOf(types);
  }

  private static void collect(
      Class<? extends Event> family, Map<String, Class<? extends Event>> types) {
    if (family.isRecord()) {
      Class<? extends Event> other = types.put(family.getSimpleName(), family);
      if (other != null && other != family) {
        throw new IllegalStateException("two events have one name: " + family + ", " + other);
      }
      return;
    }
    for (Class<?> permitted : family.getPermittedSubclasses()) {
      collect(permitted.asSubclass(Event.class), types);
    }
  }
}
