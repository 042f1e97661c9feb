package unlearn4j.fisher;

import java.io.Serializable;
import java.util.List;
import unlearn4j.core.Check;

/** The element-wise maximum of matrices, divided once for each beyond the first. */
record DividedMaximum(double divisor) implements Merge, Serializable {

    DividedMaximum {
        Check.positive("divisor", divisor);
    }

    @Override
    public List<Fisher> of(List<Fisher> fims) {
        Fisher maximum = MAXIMUM.of(fims).get(0);
        double all = Math.pow(divisor, fims.size() - 1.0);
        return List.of(maximum.combined(maximum, (value, same) -> value / all));
    }

    @Override
    public String toString() {
        return "MAXIMUM / " + divisor;
    }
}
