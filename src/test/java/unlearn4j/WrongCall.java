package unlearn4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A wrong call, as a notebook's user may make it.
 *
 * @param code what the user wrote
 * @param value what of it the message must name
 * @param rule words of the rule, or of the way out, that the message must hold
 * @param call the call
 */
public record WrongCall(String code, String value, String rule, Runnable call) {

    /** Returns a wrong call. */
    public static WrongCall wrong(String code, String value, String rule, Runnable call) {
        return new WrongCall(code, value, rule, call);
    }

    /** Makes the call and asserts that it is refused in one line that a user understands. */
    public void assertRefused() {
        Throwable error = catchThrowable(call::run);

        assertThat(error).as("error of %s", this).isInstanceOf(RuntimeException.class);
        assertThat(error.getClass())
                .as("%s", error)
                .matches(
                        type -> type == IllegalArgumentException.class
                                || type.getPackageName().startsWith("unlearn4j."),
                        "an IllegalArgumentException or one of ours");
        assertThat(error.getMessage())
                .contains(value)
                .contains(rule)
                .hasSizeGreaterThanOrEqualTo(20)
                .hasSizeLessThan(250)
                .doesNotContain("\n")
                .doesNotContainPattern("\\b(java|unlearn4j|ai\\.djl)\\.|@[0-9a-f]{4,}");
        if (!value.equals("null")) {
            assertThat(error.getMessage()).doesNotContain("null");
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
