package io.quaestor.shadow.contest.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.contest.Results;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PageReportTest {

  private static String page = "";
  private static List<Element> elements = List.of();

  @BeforeAll
  static void draw() throws Exception {
    page =
        new PageReport()
            .of(
                List.of(
                    Results.played("<b>&\"set\"", Order.SHUFFLED), Results.playedWithPositives()));
    elements = parse(page);
  }

  private static List<Element> parse(String text) throws Exception {
    Document document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    NodeList all = document.getElementsByTagName("*");
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      elements.add((Element) all.item(i));
    }
    return elements;
  }

  @Test
  void holdsTablesAndChartsOfAllSetsAndTargets() {
    // A set: cost against rate; a target: savings and miss rate.
    assertThat(named("svg")).hasSize(2 * (1 + 2 * 2));
    // The overview, the columns; a set: its candidates; a target: its policies.
    assertThat(named("table")).hasSize(2 + 2 * (1 + 2));
    assertThat(named("h2"))
        .extracting(Element::getTextContent)
        .containsExactly("Aims of quaestor", "How to read the tables", "<b>&\"set\"", "alarms");
    assertThat(named("figcaption"))
        .extracting(Element::getTextContent)
        .anyMatch(caption -> caption.startsWith("Savings over time"));
  }

  private static List<Element> named(String name) {
    return elements.stream().filter(element -> element.getTagName().equals(name)).toList();
  }

  @Test
  void asksForNothingFromElsewhere() {
    assertThat(named("script")).isEmpty();
    assertThat(named("link")).isEmpty();
    assertThat(named("image")).isEmpty();
    assertThat(page.replaceAll("xmlns(:\\w+)?=\"[^\"]*\"", "")).doesNotContain("://");
    assertThat(page).doesNotContain("@import");
  }

  @Test
  void noIdComesTwice() {
    List<String> ids =
        elements.stream()
            .map(element -> element.getAttribute("id"))
            .filter(id -> !id.isEmpty())
            .toList();

    assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void coursesAreLinesOfMoreThanOneSegment() {
    // A policy each, and the target in half of the charts: two points are no course.
    assertThat(named("polyline")).hasSizeGreaterThan(2 * 2 * 2 * 9);
  }

  @Test
  void eachPolicyHasALineOfItsOwnColourInEachCourse() {
    // The first set's first target: savings, then miss rate; 10 policies.
    for (Element chart : named("svg").subList(1, 3)) {
      NodeList lines = chart.getElementsByTagName("polyline");
      Set<String> colours = new HashSet<>();
      for (int i = 0; i < lines.getLength(); i++) {
        colours.add(colour((Element) lines.item(i)));
      }
      assertThat(colours).hasSize(10).hasSize(lines.getLength()).contains("rgb(26,95,180)");
    }
  }

  private static String colour(Element element) {
    return element.hasAttribute("stroke")
        ? element.getAttribute("stroke")
        : colour((Element) element.getParentNode());
  }

  @Test
  void isNotTooLargeToBeSent() {
    assertThat(page.length() / named("svg").size()).isLessThan(40_000);
  }
}
