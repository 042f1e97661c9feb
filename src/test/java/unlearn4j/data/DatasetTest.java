package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetTest {
    private final Dataset data = TinyImages.dataset(5, 20, 2);

    private static List<Integer> rows(Images images) {
        return IntStream.range(0, images.size()).map(images::row).boxed().toList();
    }

    @Test
    void aSampleHasTheClassesInEqualNumbers() {
        Dataset sample = data.sample(30, 10, 1);
        assertThat(sample.train().counts()).containsOnly(6);
        assertThat(sample.test().counts()).containsOnly(2);
        assertThat(sample.name()).isEqualTo(data.name());
        assertThat(sample.sha256()).isEqualTo(data.sha256());
        assertThat(sample.train().normalisation()).isSameAs(data.train().normalisation());
    }

    @Test
    void aSampleLargerThanTheDataIsAllOfIt() {
        Dataset sample = data.sample(1000, 1000, 1);
        assertThat(rows(sample.train())).containsExactlyInAnyOrderElementsOf(rows(data.train()));
        assertThat(rows(sample.test())).containsExactlyInAnyOrderElementsOf(rows(data.test()));
    }

    @Test
    void oneSeedGivesOneSample() {
        assertThat(rows(data.sample(30, 10, 1).train()))
                .isEqualTo(rows(data.sample(30, 20, 1).train()))
                .isNotEqualTo(rows(data.sample(30, 10, 2).train()));
    }

    @Test
    void someLabelsAloneAreStillOfAsManyClasses() {
        Dataset some = data.only(Labels.of(1, 4));
        assertThat(some.train().counts()).containsExactly(0, 20, 0, 0, 20);
        assertThat(some.test().labels()).isEqualTo(Labels.of(1, 4));
        assertThat(some.classes()).isEqualTo(5);
    }

    @Test
    void theTextSaysWhatIsInIt() {
        assertThat(data).hasToString("tiny: 100 training and 50 test images of 1×2×2, 5 classes");
    }
}
