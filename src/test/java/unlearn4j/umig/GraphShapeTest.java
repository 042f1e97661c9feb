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
                "edge a → z: there is no node z",
                () -> GraphShape.ofJson(json(both, "{\"source\": \"a\", \"target\": \"z\"}")));
        refused(
                "edge b → a closes a cycle: a model can't inherit from its heir",
                () -> GraphShape.ofJson(json(both, ab + ", {\"source\": \"b\", \"target\": \"a\"}")));
        refused(
                "edge a → a closes a cycle",
                () -> GraphShape.ofJson(json(both, "{\"source\": \"a\", \"target\": \"a\"}")));
        refused("edge a → b is given twice", () -> GraphShape.ofJson(json(both, ab + ", " + ab)));
        refused("node a is given twice", () -> GraphShape.ofJson(json("{\"id\": \"a\"}, {\"id\": \"a\"}", "")));
        refused(
                "weight (7.0) of edge a → b must lie in (0, 1]",
                () -> GraphShape.ofJson(json(both, "{\"source\": \"a\", \"target\": \"b\", \"weight\": 7}")));
        refused(
                "labels (one) of node a must be numbers",
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
        refused("Target vertex gone not found", () -> GraphShape.ofGraphMl(dangling));
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
