package io.quaestor.shadow.profile;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.quaestor.shadow.BadInput;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object of settings that is read strictly: every setting that is asked for is remembered, and
 * {@link #done} refuses the others. Every message names profile, line and the setting's full path.
 */
final class Settings {

  private final String profile;
  private final String path;
  private final ConfigObject object;
  private final Set<String> asked = new TreeSet<>();

  private Settings(String profile, String path, ConfigObject object) {
    this.profile = profile;
    this.path = path;
    this.object = object;
  }

  static Settings of(String profile, ConfigObject root) {
    return new Settings(profile, "", root);
  }

  boolean has(String name) {
    return find(name) != null;
  }

  private @Nullable ConfigValue find(String name) {
    asked.add(name);
    ConfigValue value = object.get(name);
    return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
  }

  private ConfigValue get(String name) {
    ConfigValue value = find(name);
    if (value == null) {
      throw bad(name, "is missing.");
    }
    return value;
  }

  /** A setting that stands in the way. */
  BadInput bad(String name, String message) {
    ConfigValue at = object.get(name);
    int line = (at == null ? object : at).origin().lineNumber();
    return new BadInput(
        "Profile %s%s: setting '%s%s' %s"
            .formatted(profile, line > 0 ? ", line " + line : "", path, name, message));
  }

  private BadInput wrong(String name, String wanted) {
    ConfigValue value = object.get(name);
    Object shown = value == null ? "nothing" : value.render(ConfigRenderOptions.concise());
    return bad(name, "must be %s, got %s.".formatted(wanted, BadInput.shown(shown)));
  }

  boolean isObject(String name) {
    ConfigValue value = find(name);
    return value != null && value.valueType() == ConfigValueType.OBJECT;
  }

  /** A text; a number is taken as it is written, so that {@code is = [1]} needs no quotes. */
  String text(String name) {
    String text = text(get(name));
    if (text == null) {
      throw wrong(name, "a text");
    }
    return text;
  }

  String text(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  @Nullable String textOrNull(String name) {
    return has(name) ? text(name) : null;
  }

  private static @Nullable String text(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING -> (String) value.unwrapped();
      case NUMBER -> value.render(ConfigRenderOptions.concise());
      default -> null;
    };
  }

  /** A list of texts; a single text is a list of one. */
  List<String> texts(String name) {
    ConfigValue value = get(name);
    List<? extends ConfigValue> entries = value instanceof ConfigList list ? list : List.of(value);
    List<String> texts = new ArrayList<>();
    for (ConfigValue entry : entries) {
      String text = text(entry);
      if (text == null || text.isEmpty()) {
        throw wrong(name, "a list of texts");
      }
      texts.add(text);
    }
    if (texts.isEmpty()) {
      throw wrong(name, "a list of at least one text");
    }
    return texts;
  }

  List<String> textsOrNone(String name) {
    return has(name) ? texts(name) : List.of();
  }

  int integer(String name, int least, int most) {
    return decimal(name, BigDecimal.valueOf(least), BigDecimal.valueOf(most), 0).intValueExact();
  }

  int integer(String name, int least, int most, int otherwise) {
    return has(name) ? integer(name, least, most) : otherwise;
  }

  /** A number within bounds, with at most so many decimals. */
  BigDecimal decimal(String name, BigDecimal least, BigDecimal most, int decimals) {
    String text = text(get(name));
    try {
      BigDecimal number = new BigDecimal(text == null ? "" : text);
      if (number.compareTo(least) >= 0
          && number.compareTo(most) <= 0
          && number.stripTrailingZeros().scale() <= decimals) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number out of bounds.
    }
    throw wrong(
        name,
        "%s from %s to %s"
            .formatted(
                decimals == 0
                    ? "a whole number"
                    : "a number with at most %d decimals".formatted(decimals),
                least.toPlainString(),
                most.toPlainString()));
  }

  <E extends Enum<E>> E oneOf(String name, E[] known, @Nullable E otherwise) {
    if (otherwise != null && !has(name)) {
      return otherwise;
    }
    String text = text(name);
    List<String> names = new ArrayList<>();
    for (E each : known) {
      String lower = each.name().toLowerCase(Locale.ROOT);
      if (lower.equals(text)) {
        return each;
      }
      names.add(lower);
    }
    throw wrong(name, "one of " + String.join(", ", names));
  }

  Settings section(String name) {
    if (!(get(name) instanceof ConfigObject section)) {
      throw wrong(name, "an object { ... }");
    }
    return new Settings(profile, path + name + ".", section);
  }

  /** Objects by their names, which are free. */
  Map<String, Settings> sections(String name) {
    Map<String, Settings> sections = new LinkedHashMap<>();
    Settings all = section(name);
    List<String> inOrder = new ArrayList<>(all.object.keySet());
    inOrder.sort(String::compareTo);
    inOrder.forEach(each -> sections.put(each, all.section(each)));
    return sections;
  }

  /** A list of objects. */
  List<Settings> list(String name) {
    if (!has(name)) {
      return List.of();
    }
    if (!(get(name) instanceof ConfigList list)) {
      throw wrong(name, "a list [ { ... } ]");
    }
    List<Settings> all = new ArrayList<>();
    for (ConfigValue entry : list) {
      if (!(entry instanceof ConfigObject each)) {
        throw wrong(name, "a list of objects [ { ... } ]");
      }
      all.add(new Settings(profile, "%s%s[%d].".formatted(path, name, all.size()), each));
    }
    return all;
  }

  /** Values by free names, each read by {@code reader}. */
  <T> Map<String, T> table(String name, Function<Row, T> reader) {
    Settings all = section(name);
    Map<String, T> table = new LinkedHashMap<>();
    all.object.keySet().stream()
        .sorted()
        .forEach(each -> table.put(each, reader.apply(new Row(all, each))));
    return table;
  }

  /** One named value of a table. */
  record Row(Settings table, String name) {}

  /** The object as a JSON document; it is the reader's to refuse what it does not know. */
  String json(String name) {
    if (!(get(name) instanceof ConfigObject section)) {
      throw wrong(name, "an object { ... }");
    }
    return section.render(ConfigRenderOptions.concise());
  }

  /**
   * @throws BadInput naming the first setting that nobody asked for
   */
  void done() {
    for (String name : new TreeSet<>(object.keySet())) {
      if (!asked.contains(name)) {
        throw bad(name, "is unknown; known here are: %s.".formatted(String.join(", ", asked)));
      }
    }
  }
}
