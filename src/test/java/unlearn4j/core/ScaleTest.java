package unlearn4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {

    @ParameterizedTest
    @CsvSource({"SMOKE, SMOKE", "quick, QUICK", "' Paper ', PAPER", "'', QUICK", "'  ', QUICK"})
    void theEnvironmentChoosesInAnyCase(String given, Scale scale) {
        assertThat(Scale.from(Map.of(Scale.VARIABLE, given))).isEqualTo(scale);
    }

    @Test
    void withoutTheVariableItIsQuick() {
        assertThat(Scale.from(Map.of())).isEqualTo(Scale.QUICK);
    }

    @Test
    void eachScalePicksItsOwn() {
        assertThat(List.of(Scale.SMOKE, Scale.QUICK, Scale.PAPER))
                .extracting(scale -> scale.pick("s", "q", "p"))
                .containsExactly("s", "q", "p");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scale.PUBLISHED.pick("s", "q", "p"))
                .withMessage(
                        "UNLEARN4J_SCALE (PUBLISHED) is the scale of kernel-setup/reproduce: a notebook runs at SMOKE, "
                                + "QUICK or PAPER");
    }

    @Test
    void seedsAreThePapersFiveAtPaperAloneUnlessTheVariableSays() {
        assertThat(Scale.values()).extracting(scale -> scale.seeds(Map.of())).containsExactly(1, 1, 1, 5);
        assertThat(Scale.values())
                .extracting(scale -> scale.seeds(Map.of(Scale.SEEDS_VARIABLE, " 3 ")))
                .containsOnly(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "two", "1.5", "10000"})
    void aWrongNumberOfSeedsIsNamed(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scale.QUICK.seeds(Map.of(Scale.SEEDS_VARIABLE, given)))
                .withMessage("UNLEARN4J_SEEDS (" + given + ") must be a whole number from 1 to 9999");
    }
}
