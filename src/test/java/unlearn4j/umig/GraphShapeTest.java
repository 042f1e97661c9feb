package unlearn4j.umig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.umig.GraphShape.Edge;
import unlearn4j.umig.GraphShape.Node;

class GraphShapeTest {
    private static final Labels NONE = Labels.of(List.of());
    private static final GraphShape SHAPE = new GraphShape(
            List.of(
                    new Node("w_g/1", "ResNet8", NONE),
                    new Node("client-1/1", "ResNet8", Labels.of(0, 1, 12)),
                    new Node("Kö\"n<i>g & \\ Söhne", "", Labels.of(3))),
            List.of(new Edge("client-1/1", "w_g/1", 1 / 3.0), new Edge("Kö\"n<i>g & \\ Söhne", "w_g/1", 2 / 3.0)));

    @Test
    void aShapeComesBackFromBothFormatsAsItWas() {
        assertThat(GraphShape.ofGraphMl(SHAPE.graphMl())).isEqualTo(SHAPE);
        assertThat(GraphShape.ofJson(SHAPE.json())).isEqualTo(SHAPE);
        GraphShape figure = ScenariosTest.figureTwo().shape();
        assertThat(GraphShape.ofJson(figure.json())).isEqualTo(figure);
        assertThat(GraphShape.ofGraphMl(figure.graphMl())).isEqualTo(figure);
    }

    @Test
    void withModelsAShapeIsAGraphAgain() {
        Umig umig = ScenariosTest.figureTwo();

        Umig again = Umig.of(GraphShape.ofJson(umig.shape().json()), umig::node);

        assertThat(again).hasToString(umig.toString());
        assertThat(again.shape()).isEqualTo(umig.shape());
        assertThat(again.unlearning(Labels.of(1, 2)).sources())
                .isEqualTo(umig.unlearning(Labels.of(1, 2)).sources());
    }

    @Test
    void aGraphOfAnotherToolNeedsNoLabelsAndNoWeights() {
        String graphMl =
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
                  <graph edgedefault="directed"><node id="a"/><node id="b"/><edge source="a" target="b"/></graph>
                </graphml>
                """;
        GraphShape expected = new GraphShape(
                List.of(new Node("a", "", NONE), new Node("b", "", NONE)), List.of(new Edge("a", "b", 1)));

        assertThat(GraphShape.ofGraphMl(graphMl)).isEqualTo(expected);
        assertThat(
                        GraphShape.ofJson(
                                """
                {"nodes": [{"id": "a"}, {"id": "b"}], "edges": [{"source": "a", "target": "b"}]}"""))
                .isEqualTo(expected);
    }

    private static void refused(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    private static String json(String nodes, String edges) {
        return "{\"nodes\": [" + nodes + "], \"edges\": [" + edges + "]}";
    }

    @Test
    void whatIsNoGraphIsRefusedInOneLine() {
        String both = "{\"id\": \"a\"}, {\"id\": \"b\"}";
        String ab = "{\"source\": \"a\", \"target\": \"b\"}";
        refused(
                "$.edges[0]: edge a → z: there is no node z",
                () -> GraphShape.ofJson(json(both, "{\"source\": \"a\", \"target\": \"z\"}")));
        refused(
                "edge b → a closes a cycle: a model can't inherit from its heir",
                () -> GraphShape.ofJson(json(both, ab + ", {\"source\": \"b\", \"target\": \"a\"}")));
        refused(
                "edge a → a closes a cycle",
                () -> GraphShape.ofJson(json(both, "{\"source\": \"a\", \"target\": \"a\"}")));
        refused("edge a → b is given twice", () -> GraphShape.ofJson(json(both, ab + ", " + ab)));
        refused(
                "$.nodes[1]: node a is given twice",
                () -> GraphShape.ofJson(json("{\"id\": \"a\"}, {\"id\": \"a\"}", "")));
        refused(
                "$.edges[0].weight: weight (7) must lie in (0, 1]",
                () -> GraphShape.ofJson(json(both, "{\"source\": \"a\", \"target\": \"b\", \"weight\": 7}")));
        refused(
                "$.nodes[0]: labels of node a: one must be a number",
                () -> GraphShape.ofJson(json("{\"id\": \"a\", \"labels\": \"one\"}", "")));
        refused("nodes must not be empty", () -> GraphShape.ofJson(json("", "")));
        refused("this is not a graph in JSON", () -> GraphShape.ofJson("{\"nodes\": [{"));
        refused("this is not a graph in JSON", () -> GraphShape.ofJson(""));
        refused("this is not a graph in GraphML", () -> GraphShape.ofGraphMl("<graphml><graph>"));
        refused("this is not a graph in GraphML", () -> GraphShape.ofGraphMl("no XML at all"));
        refused(
                "<!DOCTYPE",
                () -> GraphShape.ofGraphMl("<!DOCTYPE graphml [<!ENTITY x SYSTEM \"file:///etc/hosts\">]>"));
        refused("text must be given", () -> GraphShape.ofJson(null));
        String dangling = SHAPE.graphMl().replace("target=\"n0\"", "target=\"gone\"");
        refused("there is no node gone", () -> GraphShape.ofGraphMl(dangling));
    }

    @Test
    void whatIsNotMeantIsNotGuessed() {
        String both = "{\"id\": \"a\"}, {\"id\": \"b\"}";
        for (String weight : List.of("\"0.3\"", "true", "null", "[1]")) {
            refused(
                    "$.edges[0].weight must be a number, not ",
                    () -> GraphShape.ofJson(
                            json(both, "{\"source\": \"a\", \"target\": \"b\", \"weight\": " + weight + "}")));
        }
        refused("$.nodes[1]: the node has no id", () -> GraphShape.ofJson(json("{\"id\": \"a\"}, {}", "")));
        refused("$.nodes[0].name must be a string, not null", () -> GraphShape.ofJson(json("{\"name\": null}", "")));
        refused(
                "$.nodes[0].labels must be a string, not an array",
                () -> GraphShape.ofJson(json("{\"labels\": [1]}", "")));
        refused(
                "$.edges[0]: the edge must name its target",
                () -> GraphShape.ofJson(json(both, "{\"source\": \"a\"}")));
        refused("$.nodes must be an array, not an object", () -> GraphShape.ofJson("{\"nodes\": {}}"));
        refused(
                "this is not a graph in JSON: Nesting limit",
                () -> GraphShape.ofJson("{\"x\": " + "[".repeat(100_000)));

        refused(
                "line 4: weight (heavy) must be a number in (0, 1]",
                () -> graphMl(
                        "directed",
                        "<node id='a'/><node id='b'/>\n"
                                + "<edge source='a' target='b'>\n<data key='w'>heavy</data></edge>"));
        refused(
                "line 3: edge a – b has no direction",
                () -> graphMl("undirected", "<node id='a'/><node id='b'/>\n" + "<edge source='a' target='b'/>"));
        refused(
                "edge a – b has no direction",
                () -> graphMl(
                        "directed", "<node id='a'/><node id='b'/>" + "<edge source='a' target='b' directed='false'/>"));
        refused("line 3: the node has no id", () -> graphMl("directed", "<node id='a'/>\n<node/>"));
        refused("there is no <key> of id x", () -> graphMl("directed", "<node id='a'><data key='x'>1</data></node>"));
        refused(
                "a <graph> in a node",
                () -> graphMl("directed", "<node id='a'><graph edgedefault='directed'/></node>"));
        refused("a <hyperedge> is in no inheritance graph", () -> graphMl("directed", "<hyperedge/>"));
        assertThat(graphMl("undirected", "<node id='a'/><node id='b'/><edge source='a' target='b' directed='true'/>")
                        .edges())
                .containsExactly(new Edge("a", "b", 0.5));
    }

    /** An edge without a weight weighs a half there. */
    private static GraphShape graphMl(String direction, String content) {
        return GraphShape.ofGraphMl("<graphml><key id='w' for='edge' attr.name='weight'><default>0.5</default></key>\n"
                + "<graph edgedefault='" + direction + "'>" + content + "</graph></graphml>");
    }

    @Test
    void aNodeOfThousandsOfLabelsComesBack() {
        GraphShape shape = new GraphShape(List.of(new Node("a", "", Labels.range(0, 20_000))), List.of());

        assertThat(GraphShape.ofJson(shape.json())).isEqualTo(shape);
        assertThat(GraphShape.ofGraphMl(shape.graphMl())).isEqualTo(shape);
    }

    @Test
    void whatXmlCannotHoldIsRefusedWhenItIsWritten() {
        GraphShape shape = new GraphShape(List.of(new Node("a\u0007", "", NONE)), List.of());

        refused("node a?: XML can't hold a character of its name or model", shape::graphMl);
        assertThat(GraphShape.ofJson(shape.json())).isEqualTo(shape);
    }

    @Test
    void modelsThatDoNotFitTheShapeAreRefused() {
        Images images = TinyImages.of(4, 4, 4);
        Classifier model = Classifier.create(ResNet.SMALL, images, 1);
        GraphShape shape = new GraphShape(List.of(new Node("a", "", Labels.of(0))), List.of());
        Function<String, ModelNode> other = name -> new ModelNode("b", model, images.only(Labels.of(0)));
        refused("the node for a is named b", () -> Umig.of(shape, other));
        refused(
                "a was trained on labels 1, its graph has it on labels 0",
                () -> Umig.of(shape, name -> new ModelNode(name, model, images.only(Labels.of(1)))));
        refused("node a must be given", () -> Umig.of(shape, name -> null));
    }
}
