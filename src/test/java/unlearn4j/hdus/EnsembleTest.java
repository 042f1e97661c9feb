package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;

/** Eq. 2 by hand. */
class EnsembleTest {
    private static Outputs row(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return new Outputs(values.length, floats);
    }

    private static void assertRow(Outputs outputs, double... values) {
        assertThat(outputs.values()).containsExactly(row(values).values(), within(1e-6f));
    }

    @Test
    void everyModelIsWeighedAsInEquationTwo() {
        // (1 − 0.5) · 0.8 + 0.5/2 · (0.1 + 0.5) = 0.55
        assertRow(Ensemble.combine(row(0.8, 0.2), List.of(row(0.1, 0.9), row(0.5, 0.5)), 0.5), 0.55, 0.45);
    }

    @Test
    void aClassIsAveragedOverThoseWhoKnowIt() {
        Outputs main = row(0.6, 0.3, 0.1);
        Outputs seed = row(0.2, 0.3, 0.5);
        // 0: main alone, 0.6. 1: both, 0.5 · 0.3 + 0.5 · 0.3 = 0.3. 2: the seed alone, 0.5. Their sum is 1.4.
        assertRow(
                Ensemble.combineKnown(List.of(main, seed), List.of(Labels.of(0, 1), Labels.of(1, 2)), 0.5),
                0.6 / 1.4,
                0.3 / 1.4,
                0.5 / 1.4);
        // At λ = 0.8 the weights of class 1 are 0.2 and 0.8, which changes nothing here; of two seeds each has 0.4.
        assertRow(
                Ensemble.combineKnown(
                        List.of(main, seed, row(0, 1, 0)),
                        List.of(Labels.of(0, 1), Labels.of(1, 2), Labels.of(1)),
                        0.8),
                0.6 / 1.68,
                0.58 / 1.68,
                0.5 / 1.68);
    }

    @Test
    void aClassThatNobodyKnowsIsImprobable() {
        assertRow(
                Ensemble.combineKnown(
                        List.of(row(0.5, 0.1, 0.4), row(0.3, 0.3, 0.4)), List.of(Labels.of(0), Labels.of(1)), 0.5),
                0.5 / 0.8,
                0.3 / 0.8,
                0);
        assertRow(Ensemble.combineKnown(List.of(row(0.5, 0.1, 0.4)), List.of(Labels.of(1)), 0.5), 0, 1, 0);
    }

    @Test
    void withoutAWeightASeedHasNoSayEvenOnAClassThatItAloneKnows() {
        assertRow(
                Ensemble.combineKnown(List.of(row(0.5, 0.5), row(0.1, 0.9)), List.of(Labels.of(0), Labels.of(1)), 0),
                1,
                0);
    }

    @Test
    void whereAllKnowAllAbstainingIsEquationTwo() {
        Labels all = Labels.range(0, 2);
        Outputs main = row(0.8, 0.2);
        Outputs seed = row(0.1, 0.9);
        assertThat(Ensemble.combineKnown(List.of(main, seed), List.of(all, all), 0.3)
                        .values())
                .containsExactly(Ensemble.combine(main, List.of(seed), 0.3).values(), within(1e-6f));
    }

    @Test
    void sensitivityIsWhatEnsemblesOfEachLambdaAndCombinationSay() {
        Members members = new Members(new Traffic());
        for (String name : List.of("a", "b", "c")) {
            UntrainedNetworks.admit(members, name, members.names());
        }
        HdusNetwork network = UntrainedNetworks.network(members, Combination.PROBABILITIES);
        Table table = network.sensitivity(UntrainedNetworks.test(), 0, 0.5, 0.9);
        assertThat(table.rowCount()).isEqualTo(27);
        Map<String, Combination> ways =
                Arrays.stream(Combination.values()).collect(Collectors.toMap(Combination::words, way -> way));
        for (Row row : table) {
            String client = row.getString("client");
            Evaluation single = network.withLambda(row.getDouble("lambda"))
                    .withCombination(ways.get(row.getString("combination")))
                    .outputs(client, UntrainedNetworks.test())
                    .against(UntrainedNetworks.test());
            assertThat(row.getDouble("all classes %")).isEqualTo(single.accuracy());
            assertThat(row.getDouble("own classes %"))
                    .isEqualTo(single.accuracy(
                            UntrainedNetworks.client(client).images().labels()));
        }
        Images strange = UntrainedNetworks.test()
                .without(UntrainedNetworks.client("a").images().labels());
        Table own = network.sensitivity(strange, 0.5);
        assertThat(own.where(own.stringColumn("client").isEqualTo("a"))
                        .doubleColumn("own classes %")
                        .countMissing())
                .isEqualTo(3);
    }

    @Test
    void fidelityIsHowOftenASeedSaysWhatItsMainModelSays() {
        Members members = new Members(new Traffic());
        UntrainedNetworks.admit(members, "a", List.of());
        Images images = UntrainedNetworks.test();
        Outputs main = Evaluator.logits(members.member("a").main(), images);
        Outputs seed = Evaluator.logits(members.member("a").seed().model(), images);
        int same = 0;
        for (int i = 0; i < images.size(); i++) {
            same += main.predicted(i) == seed.predicted(i) ? 1 : 0;
        }
        Table table = UntrainedNetworks.network(members, Combination.LOGITS).fidelity(images);
        assertThat(table.stringColumn("client").asList()).containsExactly("a");
        assertThat(table.doubleColumn("fidelity %").get(0)).isEqualTo(100.0 * same / images.size());
        assertThat(new Outputs(2, new float[] {1, 2, 3, 8}).mean(1)).isEqualTo(5);
        assertThat(row(0.2, 0.8).agreement(row(0.4, 0.6))).isEqualTo(100);
        assertThat(row(0.2, 0.8).agreement(row(0.6, 0.4))).isZero();
        assertThatThrownBy(() -> row(0.2, 0.8).agreement(main)).hasMessageContaining("1 images can't be compared");
    }
}
