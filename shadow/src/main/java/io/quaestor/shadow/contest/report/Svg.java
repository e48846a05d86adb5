package io.quaestor.shadow.contest.report;

import java.awt.Dimension;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.knowm.xchart.XYChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Draws charts as SVG elements that can stand side by side in one page. */
final class Svg {

  private static final String NAMESPACE = "http://www.w3.org/2000/svg";
  private static final int DECIMALS = 2;

  /** One for all charts of a page: an id must not come twice. */
  private final SVGIDGenerator ids = new SVGIDGenerator();

  String of(XYChart chart) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setIDGenerator(ids);
    context.setPrecision(DECIMALS);
    context.setComment(null);
    SVGGraphics2D canvas = new SVGGraphics2D(context, false);
    canvas.setSVGCanvasSize(new Dimension(chart.getWidth(), chart.getHeight()));
    chart.paint(canvas, chart.getWidth(), chart.getHeight());
    Element root = canvas.getRoot();
    removeIds(root);
    Polylines.join(root);
    root.setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
    root.setAttribute("role", "img");
    root.setAttribute("aria-label", chart.getTitle());
    return element(canvas, root);
  }

  /** Nothing refers to groups of definitions; their ids come again in each chart. */
  private static void removeIds(Element root) {
    NodeList definitions = root.getElementsByTagName("defs");
    for (int i = 0; i < definitions.getLength(); i++) {
      ((Element) definitions.item(i)).removeAttribute("id");
    }
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without the declaration and document type that only a file of its own has. */
  private static String element(SVGGraphics2D canvas, Element root) {
    StringWriter written = new StringWriter();
    try {
      canvas.stream(root, written, false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = written.toString();
    return text.substring(text.indexOf("<svg"));
  }
}
