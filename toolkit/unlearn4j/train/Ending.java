package unlearn4j.train;

import java.util.function.BooleanSupplier;
import unlearn4j.core.Check;

/**
 * When a training, or an epoch of it, ends before its time.
 *
 * @param steps how many steps pass before the rule is asked again, 1 or more; it is asked at the end of each epoch too
 * @param rule whether it is to end now; it may look at the network
 * @param epochAlone whether the epoch ends and the training goes on with the next
 * @param thenInUse whether the network, once the rule was asked, looks at images as it does when it is used
 */
record Ending(int steps, BooleanSupplier rule, boolean epochAlone, boolean thenInUse) {
    /** Not before its time. */
    static final Ending IN_TIME = new Ending(Integer.MAX_VALUE, () -> false, false, false);

    /** Makes an ending. */
    Ending {
        Check.positive("steps", steps);
        Check.given("rule", rule);
    }
}
