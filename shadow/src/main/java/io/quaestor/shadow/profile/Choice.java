package io.quaestor.shadow.profile;

import io.quaestor.kernel.catalog.CatalogRules;
import io.quaestor.shadow.rows.Row;
import java.util.Map;

/** A name, such as a use case or a class: always the same, or looked up by a column's text. */
public sealed interface Choice {

  record Constant(String name) implements Choice {}

  /** A text that the table does not have gets the default. */
  record Table(String column, Map<String, String> names, String otherwise) implements Choice {}

  default String of(Row row) {
    return switch (this) {
      case Constant constant -> constant.name;
      case Table table -> table.names.getOrDefault(row.text(table.column), table.otherwise);
    };
  }

  static Choice read(Settings parent, String name) {
    if (!parent.isObject(name)) {
      return new Constant(name(parent, name));
    }
    return table(parent.section(name));
  }

  static Choice table(Settings settings) {
    Choice choice =
        new Table(
            settings.text("column"),
            settings.table("table", it -> name(it.table(), it.name())),
            name(settings, "default"));
    settings.done();
    return choice;
  }

  private static String name(Settings settings, String name) {
    String text = settings.text(name);
    if (!CatalogRules.isName(text)) {
      throw settings.bad(
          name,
          "must be 1 to 128 letters, digits and . _ : @ -, beginning with a letter or a digit.");
    }
    return text;
  }
}
