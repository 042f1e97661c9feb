package unlearn4j.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** How large an experiment runs; one notebook serves {@link #SMOKE}, {@link #QUICK} and {@link #PAPER}. */
public enum Scale {
    /** Seconds, in the tests: shapes, files and invariants, no accuracies. */
    SMOKE(1),
    /** Minutes, on a laptop without a GPU: the papers' orderings. */
    QUICK(1),
    /**
     * The sizes of the scripts that paper B's authors published: 8,000 images of CIFAR-100, ResNet18 in ImageNet form. Hours,
     * on a laptop without a GPU; {@code kernel-setup/reproduce} runs them.
     */
    PUBLISHED(1),
    /** The papers' own sizes, epochs and hyper-parameters, on a GPU. */
    PAPER(5);

    /** The environment variable that chooses the scale. */
    public static final String VARIABLE = "UNLEARN4J_SCALE";
    /** The environment variable that says how many seeds an experiment runs with. */
    public static final String SEEDS_VARIABLE = "UNLEARN4J_SEEDS";

    private final int seeds;

    Scale(int seeds) {
        this.seeds = seeds;
    }

    /** Returns the scale that {@value #VARIABLE} names, {@link #QUICK} where it is not set. */
    public static Scale current() {
        return from(System.getenv());
    }

    /** Returns the scale that {@code environment} names. */
    public static Scale from(Map<String, String> environment) {
        String name = Check.given("environment", environment)
                .getOrDefault(VARIABLE, "")
                .strip();
        if (name.isEmpty()) {
            return QUICK;
        }
        return Arrays.stream(values())
                .filter(scale -> scale.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> Check.refusal("%s (%s) must be one of %s", VARIABLE, name, Arrays.toString(values())));
    }

    /**
     * Returns the value for this scale.
     *
     * @throws IllegalArgumentException at {@link #PUBLISHED}, which is kernel-setup/reproduce's
     */
    public <T> T pick(T smoke, T quick, T paper) {
        return switch (this) {
            case SMOKE -> smoke;
            case QUICK -> quick;
            case PUBLISHED ->
                throw Check.refusal(
                        "%s (PUBLISHED) is the scale of kernel-setup/reproduce: a notebook runs at SMOKE, QUICK or PAPER",
                        VARIABLE);
            case PAPER -> paper;
        };
    }

    /** Returns how many seeds an experiment runs with: what {@value #SEEDS_VARIABLE} says, else 1, or 5 at PAPER. */
    public int seeds() {
        return seeds(System.getenv());
    }

    int seeds(Map<String, String> environment) {
        String given = environment.getOrDefault(SEEDS_VARIABLE, "").strip();
        if (given.isEmpty()) {
            return seeds;
        }
        Check.that(
                given.matches("[1-9]\\d{0,3}"), "%s (%s) must be a whole number from 1 to 9999", SEEDS_VARIABLE, given);
        return Integer.parseInt(given);
    }
}
