package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Test
    void runsOfThreeOrMoreAreDrawnTogether() {
        assertThat(Labels.of(4, 2, 1, 0, 3, 7, 9)).hasToString("0–4, 7, 9");
        assertThat(Labels.of(1, 2)).hasToString("1, 2");
        assertThat(Labels.of(1, 2, 3)).hasToString("1–3");
        assertThat(Labels.of(0, 1, 3, 4, 5, 9, 10, 11, 12)).hasToString("0, 1, 3–5, 9–12");
        assertThat(Labels.of(List.of())).hasToString("");
        assertThat(Labels.range(0, 100)).hasToString("0–99");
    }

    @Test
    void theyAreASet() {
        assertThat(Labels.of(3, 1, 3)).isEqualTo(Labels.of(1, 3));
        assertThat(Labels.of(3, 1, 3).size()).isEqualTo(2);
        assertThat(Labels.range(2, 5)).isEqualTo(Labels.of(2, 3, 4));
    }

    @Test
    void setsAreJoinedCutAndShared() {
        Labels one = Labels.of(1, 2, 3);
        Labels other = Labels.of(3, 4);
        assertThat(one.and(other)).isEqualTo(Labels.of(1, 2, 3, 4));
        assertThat(one.without(other)).isEqualTo(Labels.of(1, 2));
        assertThat(one.shared(other)).isEqualTo(Labels.of(3));
        assertThat(one.without(one).isEmpty()).isTrue();
        assertThat(one.containsAll(Labels.of(1, 3))).isTrue();
        assertThat(one.containsAll(other)).isFalse();
        assertThat(one.contains(2)).isTrue();
        assertThat(one).isEqualTo(Labels.of(1, 2, 3));
    }

    @Test
    void theyCannotBeChanged() {
        TreeSet<Integer> given = new TreeSet<>(List.of(1, 2));
        Labels labels = new Labels(given);
        given.add(3);
        assertThat(labels).isEqualTo(Labels.of(1, 2));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> labels.values().add(4));
    }
}
