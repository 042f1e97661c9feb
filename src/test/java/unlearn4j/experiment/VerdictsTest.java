package unlearn4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class VerdictsTest {
    private static final Table RUNS = Table.create(
            "runs",
            StringColumn.create("framework", "A", "A", "A", "B", "B", "B", "C", "C", "C", "D"),
            DoubleColumn.create("ahead", 5, 6, 7, -5, -6, -7, -1, 0, 2, 3));

    @Test
    void aClaimHoldsWhereTheWholeIntervalLiesAboveTheBoundAndOneRunSaysThatItIsOne() {
        Table spread = Tables.spread(RUNS, "ahead", "framework");

        Table judged = Verdicts.exceeds(spread, "is ahead", 0);

        assertThat(judged.stringColumn("is ahead").asList()).containsExactly("yes", "no", "can't tell", "yes, one run");
    }

    private static DoubleColumn numbers(double... values) {
        return DoubleColumn.create("AD_r", values);
    }

    @Test
    void numbersRiseWhereNoneIsLowerThanThatBeforeItAndOneIsHigher() {
        assertThat(Verdicts.way(numbers(1, 1, 2))).isEqualTo("rises");
        assertThat(Verdicts.way(numbers(2, 1, 1))).isEqualTo("falls");
        assertThat(Verdicts.way(numbers(1, 1))).isEqualTo("stays");
        assertThat(Verdicts.way(numbers(1, 3, 2))).isEqualTo("neither");

        Table table = Verdicts.of("title")
                .goes("deeper is worse", "falls", numbers(90, 50.125, 50))
                .goes("deeper is better", "rises", numbers(90, 50.125, 50))
                .table();

        assertThat(table.stringColumn("measured").get(0)).isEqualTo("90.00 → 50.13 → 50.00");
        assertThat(table.stringColumn("holds").asList()).containsExactly("yes, no interval", "no, no interval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Verdicts.of("title").goes("deeper is worse", "sinks", numbers(90, 50)))
                .withMessage("way (sinks) must be rises, falls or stays");
    }

    @Test
    void aClaimWithoutAnIntervalSaysSoAndAFactNeedsNone() {
        Table table = Verdicts.of("title")
                .claim("A is ahead", 3 > 2, "%d, %d", 3, 2)
                .fact("three is more than two", 3 > 2, "%d, %d", 3, 2)
                .table();

        assertThat(table.stringColumn("holds").asList()).containsExactly("yes, no interval", "yes");
        assertThat(table.stringColumn("measured").asList()).containsExactly("3, 2", "3, 2");
    }

    @Test
    void aSingleRowSaysWhatWasMeasured() {
        Table spread = Tables.spread(RUNS, "ahead", "framework");

        Table table = Verdicts.of("title")
                .exceeds("A is ahead", spread, 0, 0)
                .exceeds("D is ahead", spread, 3, 4)
                .table();

        // t for two degrees of freedom is 4.302653; over the square root of 3 that is 2.48.
        assertThat(table.stringColumn("measured").asList())
                .containsExactly("6.00 [3.52, 8.48]", "3.00, one run: no interval");
        assertThat(table.stringColumn("holds").asList()).containsExactly("yes", "no, one run");
    }
}
