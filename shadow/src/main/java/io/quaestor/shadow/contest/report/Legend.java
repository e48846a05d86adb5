package io.quaestor.shadow.contest.report;

import io.quaestor.shadow.contest.ContestResult;
import java.awt.Color;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which colour is which policy, for all charts of a set. */
final class Legend {

  private Legend() {}

  static String of(ContestResult result) {
    return "<p class=\"legend\">\n"
        + result.targets().getFirst().runs().keySet().stream()
            .map(policy -> key(policy, PolicyStyle.of(policy)))
            .collect(Collectors.joining())
        + key("the target's miss rate", PolicyStyle.TARGET)
        + "<span>&#xd7; a candidate alone</span>\n</p>\n";
  }

  private static String key(String name, PolicyStyle style) {
    return String.format(
        Locale.ROOT,
        "<span><i style=\"border-top: %.1fpx %s %s\"></i>%s</span>\n",
        style.stroke().getLineWidth(),
        style.stroke().getDashArray() == null ? "solid" : "dashed",
        css(style.colour()),
        Html.escape(name));
  }

  private static String css(Color colour) {
    return String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xFFFFFF);
  }
}
