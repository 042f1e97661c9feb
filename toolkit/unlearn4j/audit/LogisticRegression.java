package unlearn4j.audit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A logistic regression on a few numbers, fitted by Newton's method on standardised columns. A small ridge keeps it finite
 * where a line parts the two perfectly.
 */
final class LogisticRegression {
    private static final double RIDGE = 1e-3;
    private static final int STEPS = 50;
    private static final double STILL = 1e-9;

    private final double[] means;
    private final double[] deviations;
    private final RealVector weights;

    private LogisticRegression(double[] means, double[] deviations, RealVector weights) {
        this.means = means;
        this.deviations = deviations;
        this.weights = weights;
    }

    /**
     * Fits one.
     *
     * @param rows finite numbers, as many in each row
     * @param yes of which rows the answer is yes
     */
    static LogisticRegression of(double[][] rows, boolean[] yes) {
        int width = rows[0].length;
        double[] means = new double[width];
        double[] deviations = new double[width];
        for (int j = 0; j < width; j++) {
            int column = j;
            double[] values = IntStream.range(0, rows.length)
                    .mapToDouble(i -> rows[i][column])
                    .toArray();
            means[j] = StatUtils.mean(values);
            double deviation = Math.sqrt(StatUtils.populationVariance(values, means[j]));
            deviations[j] = deviation > 0 ? deviation : 1;
        }
        LogisticRegression fitted = new LogisticRegression(means, deviations, new ArrayRealVector(width + 1));
        RealVector weights = fitted.weights;
        for (int step = 0; step < STEPS; step++) {
            RealVector gradient = weights.mapMultiply(-RIDGE);
            RealMatrix curvature = new Array2DRowRealMatrix(width + 1, width + 1);
            for (int i = 0; i < rows.length; i++) {
                RealVector row = fitted.standardised(rows[i]);
                double share = 1 / (1 + Math.exp(-row.dotProduct(weights)));
                gradient = gradient.add(row.mapMultiply(((yes[i] ? 1 : 0) - share) / rows.length));
                curvature = curvature.add(row.outerProduct(row).scalarMultiply(share * (1 - share) / rows.length));
            }
            for (int j = 0; j <= width; j++) {
                curvature.addToEntry(j, j, RIDGE);
            }
            RealVector move = new CholeskyDecomposition(curvature).getSolver().solve(gradient);
            // Far from the end a whole step of Newton's may overshoot.
            double length = move.getNorm();
            weights = weights.add(move.mapMultiply(length > 2 ? 2 / length : 1));
            if (length < STILL) {
                break;
            }
        }
        return new LogisticRegression(means, deviations, weights);
    }

    private RealVector standardised(double[] row) {
        RealVector standard = new ArrayRealVector(row.length + 1);
        for (int j = 0; j < row.length; j++) {
            standard.setEntry(j, (row[j] - means[j]) / deviations[j]);
        }
        standard.setEntry(row.length, 1);
        return standard;
    }

    /** Returns the log odds of yes for each row. */
    double[] scores(double[][] rows) {
        return Arrays.stream(rows)
                .mapToDouble(row -> standardised(row).dotProduct(weights))
                .toArray();
    }
}
