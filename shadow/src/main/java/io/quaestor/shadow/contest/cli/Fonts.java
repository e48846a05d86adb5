package io.quaestor.shadow.contest.cli;

import java.awt.Font;
import java.awt.font.FontRenderContext;

/** Charts measure their texts, which needs a font; a bare container image may have none. */
final class Fonts {

  private Fonts() {}

  static void require() throws Unwritable {
    System.setProperty("java.awt.headless", "true");
    try {
      new Font(Font.SANS_SERIF, Font.PLAIN, 10)
          .getStringBounds("x", new FontRenderContext(null, true, true));
    } catch (LinkageError | RuntimeException | InternalError e) {
      Unwritable unwritable = new Unwritable(message(e));
      unwritable.initCause(e);
      throw unwritable;
    }
  }

  private static String message(Throwable cause) {
    return ("The report's charts cannot be drawn: Java finds no font (%s). Install fontconfig and a"
            + " font, or leave out --report.")
        .formatted(cause.getMessage());
  }
}
