package dev.vitrine.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What somebody gets who adds the starter to a project: the client's needs and no server. */
class StarterPomTest {

  @Test
  void onlyTheClientsNeedsArePassedOn() throws Exception {
    assertThat(
            dependencies().stream()
                .filter(dependency -> text(dependency, "optional").isEmpty())
                .filter(dependency -> text(dependency, "scope").isEmpty())
                .map(dependency -> text(dependency, "artifactId")))
        .containsExactlyInAnyOrder(
            "vitrine-workflows",
            "temporal-sdk",
            "temporal-envconfig",
            "jackson-databind",
            "jackson-datatype-jdk8",
            "jackson-datatype-jsr310",
            "jackson-dataformat-toml",
            "slf4j-api");
  }

  @Test
  void theServerIsThereButOptional() throws Exception {
    assertThat(
            dependencies().stream()
                .filter(dependency -> text(dependency, "optional").equals("true"))
                .map(dependency -> text(dependency, "artifactId")))
        .contains("vitrine-worker", "picocli");
  }

  private static List<Element> dependencies()
      throws IOException, ParserConfigurationException, SAXException {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile())
            .getDocumentElement();
    NodeList found = project.getElementsByTagName("dependency");
    return IntStream.range(0, found.getLength())
        .mapToObj(found::item)
        .map(Element.class::cast)
        .toList();
  }

  private static String text(Element dependency, String field) {
    NodeList found = dependency.getElementsByTagName(field);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
