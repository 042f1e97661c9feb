package unlearn4j.train;

/** How the learning rate changes from the first batch to the last. */
public enum Schedule {
    /** Always the same. */
    CONSTANT {
        @Override
        double factor(double done) {
            return 1;
        }
    },
    /** A tenth from half-way on, a hundredth from three quarters on (He et al. 2016, §4.2). */
    STEP {
        @Override
        double factor(double done) {
            return done < 0.5 ? 1 : done < 0.75 ? 0.1 : 0.01;
        }
    },
    /** Up from a 25th over the first three tenths, then down to nearly nothing, along cosines (Smith and Topin 2019). */
    ONE_CYCLE {
        @Override
        double factor(double done) {
            return done < 0.3 ? cosine(0.04, 1, done / 0.3) : cosine(1, 1e-4, (done - 0.3) / 0.7);
        }
    };

    /**
     * Returns what the learning rate is multiplied by.
     *
     * @param done the share of all batches that are done, in [0, 1)
     */
    abstract double factor(double done);

    private static double cosine(double from, double to, double way) {
        return to + (from - to) * (1 + Math.cos(Math.PI * way)) / 2;
    }
}
