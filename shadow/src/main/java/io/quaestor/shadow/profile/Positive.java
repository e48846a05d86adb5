package io.quaestor.shadow.profile;

import io.quaestor.shadow.BadInput;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The class that must not be missed, such as an attack.
 *
 * @param column the column with the true class; null where predictors have a label of their own
 * @param classes the classes that are positive, or those that are not
 */
public record Positive(@Nullable String column, Set<String> classes, boolean not) {

  public boolean is(String text) {
    return classes.contains(text) != not;
  }

  static Positive read(Settings settings, boolean predicted) {
    String column = predicted ? null : settings.text("column");
    boolean not = settings.has("not");
    Set<String> classes = Set.copyOf(settings.texts(not ? "not" : "is"));
    if (not && settings.has("is")) {
      throw clash(settings);
    }
    settings.done();
    return new Positive(column, classes, not);
  }

  private static BadInput clash(Settings settings) {
    return settings.bad("is", "and 'not' exclude each other; keep one.");
  }
}
