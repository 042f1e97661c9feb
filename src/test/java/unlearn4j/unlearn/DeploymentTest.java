package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.AllWeights;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Merge;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Request;
import unlearn4j.umig.Umig;

/** A coordinator, or every owner for itself, in whatever order and with however many threads: the same bits. */
class DeploymentTest {
    private static final List<Request> REQUESTS = List.of(
            Request.labelsAt("w_s", Labels.of(1)).and(Request.labelsAt("w_f", Labels.of(4))),
            Request.labels(Labels.of(2)),
            Request.clients("w_j").and(Request.samples(SmallGraph.IMAGES.slice(0, 5))));

    private static Map<String, Weights> centralised(FiunConfig config, int threads) {
        Umig umig = SmallGraph.trained();
        REQUESTS.forEach(
                request -> Fiun.on(umig).config(config).threads(threads).forget(request));
        return AllWeights.of(umig);
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        Map<String, Weights> one = centralised(FiunConfig.tempered(), 1);
        assertThat(one).isNotEqualTo(AllWeights.of(SmallGraph.trained()));
        for (int threads : new int[] {2, 3, 8}) {
            assertThat(centralised(FiunConfig.tempered(), threads)).isEqualTo(one);
        }
        assertThat(centralised(FiunConfig.paper().layers(3), 4))
                .isEqualTo(centralised(FiunConfig.paper().layers(3), 1));
    }

    @Test
    void theOrderInWhichNodesAreUpdatedChangesNoBit() {
        Map<String, Weights> centralised = centralised(FiunConfig.tempered(), 2);
        List<String> names = new ArrayList<>(List.of("w_s", "w_f", "w_j", "w_h"));
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(names, new Random(round));
            Umig umig = SmallGraph.trained();
            PublishedFims published = PublishedFims.of(umig, FiunConfig.tempered());
            REQUESTS.forEach(published::publish);
            names.forEach(name -> published.owner(name).catchUp());
            assertThat(AllWeights.of(umig)).as("%s", names).isEqualTo(centralised);
        }
    }

    static Stream<Merge> merges() {
        return Stream.of(Merge.MAXIMUM, Merge.SUM, Merge.MEAN, Merge.NONE);
    }

    /** w_j keeps up, w_f looks in once, w_h and w_s were away all along. */
    @ParameterizedTest
    @MethodSource("merges")
    void ownersWhoCatchUpWhenTheyLikeEndWhereACoordinatorEnds(Merge merge) {
        FiunConfig config = FiunConfig.paper().merge(merge);
        Umig umig = SmallGraph.trained();
        PublishedFims published = PublishedFims.of(umig, config);
        published.publish(REQUESTS.get(0));
        published.owner("w_j").catchUp();
        published.publish(REQUESTS.get(1));
        assertThat(published.owner("w_h").outstanding()).isEqualTo(REQUESTS.subList(0, 2));
        assertThat(published.owner("w_f").catchUp()).hasSize(1);
        published.owner("w_j").catchUp();
        published.publish(REQUESTS.get(2));

        assertThat(published.owner("w_h").outstanding()).isEqualTo(REQUESTS);
        assertThat(published.owner("w_h").catchUp()).hasSize(3);
        for (String late : new String[] {"w_s", "w_j", "w_f"}) {
            published.owner(late).catchUp();
        }
        assertThat(AllWeights.of(umig)).isEqualTo(centralised(config, 2));
        assertThat(published.owner("w_h").catchUp()).as("nothing is met twice").isEmpty();
    }

    @Test
    void ownersInThreadsOfTheirOwnEndThereToo() throws InterruptedException {
        FiunConfig config = FiunConfig.tempered();
        Umig umig = SmallGraph.trained();
        PublishedFims published = PublishedFims.of(umig, config);
        REQUESTS.forEach(published::publish);
        List<Thread> owners = umig.nodes().stream()
                .map(node -> new Thread(() -> published.owner(node.name()).catchUp()))
                .toList();
        owners.forEach(Thread::start);
        for (Thread owner : owners) {
            owner.join();
        }
        assertThat(AllWeights.of(umig)).isEqualTo(centralised(config, 2));
    }

    @Test
    void anOwnerCanTakeItsStepsBackTheLastFirst() {
        Umig umig = SmallGraph.trained();
        Map<String, Weights> before = AllWeights.of(umig);
        PublishedFims published = PublishedFims.of(umig, FiunConfig.tempered());
        published.publish(Labels.of(2));
        published.publish(Labels.of(3));
        List<UnlearningResult> steps = published.owner("w_h").catchUp();
        assertThat(steps.get(0).toString()).startsWith("FIUn at w_h: labels 2 forgotten by");
        assertThatThrownBy(steps.get(0)::undo).hasMessage("w_h was changed since: undo the later change first");
        steps.get(1).undo();
        steps.get(0).undo();
        assertThat(umig.node("w_h").model().weights()).isEqualTo(before.get("w_h"));
    }

    @Test
    void aRequestThatConcernsNobodyIsNotPublished() {
        PublishedFims published = PublishedFims.of(SmallGraph.trained(), FiunConfig.tempered());
        assertThatThrownBy(() -> published.publish(Labels.of(5, 17))).hasMessageContaining("17");
        assertThat(published.owner("w_h").outstanding()).isEmpty();
        assertThatThrownBy(() -> published.owner("w_x")).hasMessageContaining("no node named w_x");
    }

    @Test
    void mergingUpdatesANodeOnceAndWithoutItOnceForEachDiscoveryNode() {
        Umig umig = SmallGraph.trained();
        ModelNode multi = umig.node("w_h");
        assertThat(umig.unlearning(REQUESTS.get(0)).multiRoot(multi)).isTrue();
        // So low that both discovery nodes select some parameters.
        FiunConfig low = FiunConfig.paper().gamma(0.1);
        UnlearningResult merged = Fiun.on(umig).config(low).forget(REQUESTS.get(0));
        Map<String, Weights> once = AllWeights.of(umig);
        merged.undo();
        Fiun.on(umig).config(low.merge(Merge.NONE)).forget(REQUESTS.get(0));
        assertThat(AllWeights.of(umig).get("w_s")).isEqualTo(once.get("w_s"));
        assertThat(multi.model().weights()).isNotEqualTo(once.get("w_h"));
    }
}
