package unlearn4j.train;

import java.util.Arrays;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;
import unlearn4j.core.Check;
import unlearn4j.data.Labels;

/**
 * Right answers by class.
 *
 * @param correct how many images of each class were recognised
 * @param total how many there were
 */
public record Evaluation(int[] correct, int[] total) {

    /** Makes an evaluation; the arrays are taken over, not copied. */
    public Evaluation {
        Check.that(
                Check.given("correct", correct).length == Check.given("total", total).length,
                "right answers for %d classes are not those for %d",
                correct.length,
                total.length);
    }

    /** Returns the accuracy over all images, in percent. */
    public double accuracy() {
        return accuracy(Labels.range(0, total.length));
    }

    /**
     * Returns the accuracy over the images of those labels, in percent: paper B's AD_f for the labels to forget, its AD_r
     * for the rest.
     *
     * @throws IllegalArgumentException if there are no images of those labels
     */
    public double accuracy(Labels labels) {
        Check.that(
                !Check.given("labels", labels).isEmpty(),
                "labels must not be empty: name at least one to measure an accuracy on");
        int[] known = labels.values().stream()
                .mapToInt(Integer::intValue)
                .filter(label -> label < total.length)
                .toArray();
        long images = IntStream.of(known).mapToLong(label -> total[label]).sum();
        Check.that(images > 0, "there are no images of labels %s to measure an accuracy on", labels);
        return 100.0 * IntStream.of(known).mapToLong(label -> correct[label]).sum() / images;
    }

    /** Returns an empty column for accuracies in percent, printed with two decimals. */
    public static DoubleColumn column(String name) {
        DoubleColumn column = DoubleColumn.create(Check.given("name", name));
        column.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(2));
        return column;
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%.2f %% of %,d",
                accuracy(),
                Arrays.stream(total).sum());
    }
}
