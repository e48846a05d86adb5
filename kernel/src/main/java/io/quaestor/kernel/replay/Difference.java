package io.quaestor.kernel.replay;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A difference is one member in which two records disagree. Found by reflection over the record
 * components, so that a component that is added later is compared and named without being listed
 * anywhere; only ever run on records that are already known to differ.
 *
 * @param member its path, in the names of the chain's JSON
 */
record Difference(String member, String recorded, String replayed) {

  /**
   * Every difference, in the order of the components.
   *
   * @param member the path to both, empty for whole events
   */
  static List<Difference> between(
      String member, @Nullable Object recorded, @Nullable Object replayed) {
    List<Difference> found = new ArrayList<>();
    compare(member, recorded, replayed, found);
    return found;
  }

  Finding finding() {
    return new Finding(member + " " + recorded, "the kernel comes to " + replayed);
  }

  private static void compare(
      String member, @Nullable Object a, @Nullable Object b, List<Difference> found) {
    if (Objects.equals(a, b)) {
      return;
    }
    if (a instanceof Record one
        && b instanceof Record other
        && one.getClass() == other.getClass()) {
      components(member, one, other, found);
    } else if (a instanceof List<?> one && b instanceof List<?> other) {
      elements(member, one, other, found);
    } else if (a instanceof Map<?, ?> one && b instanceof Map<?, ?> other) {
      entries(member, one, other, found);
    } else {
      found.add(new Difference(member, text(a), text(b)));
    }
  }

  private static void components(String member, Record a, Record b, List<Difference> found) {
    for (RecordComponent component : a.getClass().getRecordComponents()) {
      String path = member.isEmpty() ? "" : member + ".";
      compare(path + snakeCase(component.getName()), get(component, a), get(component, b), found);
    }
  }

  private static @Nullable Object get(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("an event's member cannot be read", e);
    }
  }

  private static void elements(String member, List<?> a, List<?> b, List<Difference> found) {
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      compare("%s[%d]".formatted(member, i), at(a, i), at(b, i), found);
    }
  }

  private static @Nullable Object at(List<?> list, int index) {
    return index < list.size() ? list.get(index) : null;
  }

  private static void entries(String member, Map<?, ?> a, Map<?, ?> b, List<Difference> found) {
    Collection<Object> keys = new TreeSet<>(a.keySet());
    keys.addAll(b.keySet());
    keys.forEach(key -> compare(member + "." + key, a.get(key), b.get(key), found));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "nothing" : value.toString();
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
