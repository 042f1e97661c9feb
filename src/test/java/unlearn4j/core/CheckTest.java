package unlearn4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CheckTest {

    private static void refuses(String message, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void whatKeepsTheRuleIsReturned() {
        assertThat(Check.positive("n", 1)).isEqualTo(1);
        assertThat(Check.positive("x", Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
        assertThat(Check.notNegative("x", 0)).isZero();
        assertThat(Check.in("x", 0, 0, 1)).isZero();
        assertThat(Check.given("x", "here")).isEqualTo("here");
        assertThat(Check.notEmpty("x", List.of(1))).containsExactly(1);
    }

    @Test
    void whatBreaksTheRuleIsNamedWithItsValue() {
        refuses("n (0) must be 1 or more", () -> Check.positive("n", 0));
        refuses("x (0.0) must be a finite number above 0", () -> Check.positive("x", 0.0));
        refuses("x (Infinity) must be a finite number above 0", () -> Check.positive("x", Double.POSITIVE_INFINITY));
        refuses("x (-0.5) must be a finite number, 0 or more", () -> Check.notNegative("x", -0.5));
        refuses("x (1.0) must lie in [0.0, 1.0)", () -> Check.in("x", 1, 0, 1));
        refuses("x must be given, not null", () -> Check.given("x", null));
        refuses("x must not be empty", () -> Check.notEmpty("x", List.of()));
        refuses("x must not be empty", () -> Check.notEmpty("x", null));
    }

    @Test
    void nullAmongSeveralIsRefused() {
        List<String> holed = Arrays.asList("a", null);
        refuses("x must hold no null", () -> Check.notEmpty("x", holed));
        refuses("x must hold no null", () -> Check.allGiven("x", holed));
        refuses("x must hold no null", () -> Check.allGiven("x", new String[] {"a", null}));
        refuses("x must hold no null", () -> Check.allGiven("x", Collections.singletonMap("a", null)));
        refuses("x must hold no null", () -> Check.allGiven("x", Collections.singletonMap(null, "a")));
        refuses("x must be given, not null", () -> Check.allGiven("x", (String[]) null));
        assertThat(Check.allGiven("x", List.of())).isEmpty();
    }

    @Test
    void notANumberBreaksEveryRule() {
        refuses("x (NaN) must be a finite number above 0", () -> Check.positive("x", Double.NaN));
        refuses("x (NaN) must be a finite number, 0 or more", () -> Check.notNegative("x", Double.NaN));
        refuses("x (NaN) must lie in [0.0, 1.0)", () -> Check.in("x", Double.NaN, 0, 1));
    }

    @Test
    void numbersAreWrittenTheSameInEveryCountry() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            refuses("share (0.5), 1,000 images", () -> Check.that(false, "share (%.1f), %,d images", 0.5, 1000));
        } finally {
            Locale.setDefault(before);
        }
    }
}
