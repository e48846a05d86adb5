package io.quaestor.kernel.replay;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A forgery is a record with one member changed. */
final class Forgery {

  /** What a member becomes. */
  interface Change {
    @Nullable Object of(Object honest);
  }

  private Forgery() {}

  /**
   * @param path of the member, as in {@code selected.model}
   */
  static <R extends Record> R of(R original, String path, Change change) {
    try {
      return with(original, path.split("\\.", 2), change);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(path, e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <R extends Record> R with(R original, String[] path, Change change)
      throws ReflectiveOperationException {
    RecordComponent[] components = original.getClass().getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    boolean found = false;
    for (int i = 0; i < values.length; i++) {
      values[i] = components[i].getAccessor().invoke(original);
      if (components[i].getName().equals(path[0])) {
        found = true;
        values[i] =
            path.length == 1
                ? change.of(Objects.requireNonNull(values[i]))
                : of(record(values[i]), path[1], change);
      }
    }
    if (!found) {
      throw new AssertionError("no member " + path[0]);
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return (R) original.getClass().getDeclaredConstructor(types).newInstance(values);
  }

  private static Record record(@Nullable Object value) {
    return (Record) Objects.requireNonNull(value);
  }
}
