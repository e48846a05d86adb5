package io.quaestor.shadow.contest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Joins the segments of a course, which are drawn one by one, to one line: dashes then run through
 * it, and the page is a fraction as large.
 */
final class Polylines {

  private static final Set<String> ENDS = Set.of("x1", "y1", "x2", "y2");

  private Polylines() {}

  static void join(Node parent) {
    List<Element> run = new ArrayList<>();
    for (Node child : children(parent)) {
      if (!run.isEmpty() && !continues(run.getLast(), child)) {
        replace(run);
        run.clear();
      }
      if (child instanceof Element line && line.getTagName().equals("line")) {
        run.add(line);
      } else {
        join(child);
      }
    }
    replace(run);
  }

  /** A copy, since the document is changed meanwhile. */
  private static List<Node> children(Node parent) {
    List<Node> children = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      children.add(child);
    }
    return children;
  }

  private static boolean continues(Element line, Node next) {
    return next instanceof Element other
        && other.getTagName().equals("line")
        && other.getAttribute("x1").equals(line.getAttribute("x2"))
        && other.getAttribute("y1").equals(line.getAttribute("y2"))
        && style(other).equals(style(line));
  }

  /** Colour and stroke may stand at each segment. */
  private static Map<String, String> style(Element line) {
    Map<String, String> style = new TreeMap<>();
    NamedNodeMap attributes = line.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Node attribute = attributes.item(i);
      if (!ENDS.contains(attribute.getNodeName())) {
        style.put(attribute.getNodeName(), attribute.getNodeValue());
      }
    }
    return style;
  }

  private static void replace(List<Element> run) {
    if (run.size() < 2) {
      return;
    }
    Element first = run.getFirst();
    StringBuilder points = new StringBuilder(point(first, "1"));
    run.forEach(line -> points.append(' ').append(point(line, "2")));
    Element polyline =
        first.getOwnerDocument().createElementNS(first.getNamespaceURI(), "polyline");
    style(first).forEach(polyline::setAttribute);
    polyline.setAttribute("fill", "none");
    polyline.setAttribute("points", points.toString());
    Node parent = first.getParentNode();
    parent.insertBefore(polyline, first);
    run.forEach(parent::removeChild);
  }

  private static String point(Element line, String end) {
    return line.getAttribute("x" + end) + "," + line.getAttribute("y" + end);
  }
}
