package unlearn4j.umig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;

/** What each kind of request concerns, on a federation of two clients and two rounds. */
class RequestTest {
    private static final Images IMAGES = Datasets.fashionMnistSample().train().slice(0, 200);
    private static final Classifier MODEL = Classifier.create(ResNet.SMALL, IMAGES, 1);
    private static final Images FIRST = IMAGES.slice(0, 100).named("first");
    private static final Images SECOND = IMAGES.slice(100, 180).named("second");

    private final Umig umig = Umig.of();

    RequestTest() {
        add("a/1", FIRST);
        add("b/1", SECOND);
        add("g/1", IMAGES.slice(0, 0));
        umig.inherit("g/1", "a/1", 0.5).inherit("g/1", "b/1", 0.5);
        add("a/2", FIRST);
        add("b/2", SECOND.and(IMAGES.slice(180, 200)));
        umig.inherit("a/2", "g/1").inherit("b/2", "g/1");
    }

    private void add(String name, Images shard) {
        umig.add(new ModelNode(name, MODEL, shard));
    }

    private static Set<Integer> rows(Images images) {
        Set<Integer> rows = new TreeSet<>();
        for (int i = 0; i < images.size(); i++) {
            rows.add(images.row(i));
        }
        return rows;
    }

    private List<String> discovery(UnlearningGraph graph) {
        return graph.discovered().keySet().stream().map(ModelNode::name).toList();
    }

    @Test
    void labelsThatAllClientsHaveAreDiscoveredAtEachAndMergedInTheirAverage() {
        UnlearningGraph graph = umig.unlearning(Labels.of(3));

        assertThat(discovery(graph)).containsExactly("a/1", "b/1");
        assertThat(graph.multiRoot(umig.node("g/1"))).isTrue();
        assertThat(rows(graph.images(umig.node("b/1")))).isEqualTo(rows(SECOND.only(Labels.of(3))));
        assertThat(graph.labels()).isEqualTo(Labels.of(3));
        assertThat(rows(graph.forgotten(IMAGES))).isEqualTo(rows(IMAGES.only(Labels.of(3))));
        assertThat(rows(graph.retained(IMAGES))).isEqualTo(rows(IMAGES.without(Labels.of(3))));
    }

    @Test
    void aClientIsDiscoveredWhereItsImagesCameIn() {
        UnlearningGraph graph = umig.unlearning(Request.clients("a/2"));

        assertThat(discovery(graph)).containsExactly("a/1");
        assertThat(rows(graph.images(umig.node("a/1")))).isEqualTo(rows(FIRST));
        assertThat(graph.role(umig.node("b/1"))).isEqualTo(Role.UNTOUCHED);
        assertThat(graph.role(umig.node("b/2"))).isEqualTo(Role.INHERITED);
        assertThat(graph.labels().isEmpty()).isTrue();
        assertThat(rows(graph.forgotten(umig.reached(umig.node("g/1"))))).isEqualTo(rows(FIRST));
        assertThat(rows(graph.retained(umig.reached(umig.node("g/1"))))).isEqualTo(rows(SECOND));
    }

    @Test
    void samplesAreDiscoveredEachWhereItCameIn() {
        Images samples = IMAGES.at(5, 6, 150, 190);

        UnlearningGraph graph = umig.unlearning(Request.samples(samples));

        assertThat(discovery(graph)).containsExactly("a/1", "b/1", "b/2");
        assertThat(rows(graph.images(umig.node("a/1")))).isEqualTo(rows(IMAGES.at(5, 6)));
        assertThat(rows(graph.images(umig.node("b/1")))).isEqualTo(rows(IMAGES.at(150)));
        assertThat(rows(graph.images(umig.node("b/2")))).isEqualTo(rows(IMAGES.at(190)));
        assertThat(graph.sources().get(umig.node("a/2"))).hasSize(2);
    }

    @Test
    void nodesMayForgetDifferentLabels() {
        Request request = Request.labelsAt("a/1", Labels.of(1, 2)).and(Request.labelsAt("b/1", Labels.of(2, 3)));

        UnlearningGraph graph = umig.unlearning(request);

        assertThat(graph.discovered().get(umig.node("a/1"))).isEqualTo(Labels.of(1, 2));
        assertThat(graph.discovered().get(umig.node("b/1"))).isEqualTo(Labels.of(2, 3));
        assertThat(graph.known(umig.node("g/1"))).isEqualTo(Labels.of(1, 2, 3));
        assertThat(graph.request()).hasToString("labels 1, 2 of a/1; labels 2, 3 of b/1");
    }

    @Test
    void requestsOfAllKindsMix() {
        Images one = IMAGES.at(7);
        UnlearningGraph graph = umig.unlearning(
                Request.labels(Labels.of(4)).and(Request.samples(one)).and(Request.clients("b/1")));

        assertThat(rows(graph.images(umig.node("a/1"))))
                .isEqualTo(rows(FIRST.only(Labels.of(4)).and(one)));
        assertThat(rows(graph.images(umig.node("b/1")))).isEqualTo(rows(SECOND));
        assertThat(rows(graph.forgotten(IMAGES)))
                .isEqualTo(rows(IMAGES.only(Labels.of(4)).and(one).and(SECOND)));
    }
}
