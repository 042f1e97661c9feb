package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.WrongCall;
import unlearn4j.data.Images;
import unlearn4j.train.Outputs;

class SeedAgreementTest {

    /** The outputs of a seed that says these classes, of three, of one image after another. */
    private static Outputs saying(int... classes) {
        float[] values = new float[3 * classes.length];
        for (int i = 0; i < classes.length; i++) {
            values[3 * i + classes[i]] = 1;
        }
        return new Outputs(3, values);
    }

    @Test
    void aSeedAgreesWhereMostOthersSayTheSame() {
        Map<String, Outputs> outputs = new LinkedHashMap<>();
        outputs.put("a", saying(0, 0, 1, 0));
        outputs.put("b", saying(0, 0, 2, 1));
        outputs.put("c", saying(0, 1, 2, 2));
        outputs.put("d", saying(1, 1, 0, 2));
        // Image 2 is a draw for nobody: a's others say 0, 1, 1. Image 3: a's say 2, 2, 0; b's say 1, 2, 0, none twice.
        // Image 4: b's others say 0, 2, 2; c's say 0, 1, 2.
        assertThat(SeedAgreement.of(outputs, 4).percent())
                .isEqualTo(Map.of("a", 25.0, "b", 50.0, "c", 75.0, "d", 25.0));
    }

    @Test
    void whoIsFarBelowTheMedianIsSuspected() {
        Map<String, Double> percent = new LinkedHashMap<>();
        Stream.of("a", "b", "c", "d").forEach(owner -> percent.put(owner, 80.0 + percent.size()));
        percent.put("flips", 10.0);
        percent.put("noise", 12.0);
        SeedAgreement agreement = new SeedAgreement(percent, 1_000_000);
        assertThat(agreement.median()).isEqualTo(80.5);
        // Deviations 0.5, 0.5, 1.5, 2.5, 70.5 and 68.5: their median is 2.
        assertThat(agreement.threshold()).isCloseTo(80.5 - 3 * 1.4826 * 2, within(1e-9));
        assertThat(agreement.suspects()).containsExactly("flips", "noise");
        assertThat(agreement.table().stringColumn("suspected").asList())
                .containsExactly("no", "no", "no", "no", "yes", "yes");
    }

    @Test
    void whatChanceMakesOfFewImagesIsNoReasonForSuspicion() {
        Map<String, Double> percent = new LinkedHashMap<>(Map.of("a", 80.0, "b", 80.0, "c", 80.0, "d", 78.0));
        // Of 100 images: 100 √(0.8 · 0.2 / 100) = 4, three of which make 12; of 40,000: 0.2.
        assertThat(new SeedAgreement(percent, 100).threshold()).isCloseTo(68, within(1e-9));
        assertThat(new SeedAgreement(percent, 100).suspects()).isEmpty();
        assertThat(new SeedAgreement(percent, 40_000).suspects()).containsExactly("d");
    }

    @Test
    void seedsAreAskedAboutTheImages() {
        Members members = new Members(new Traffic());
        List.of("a", "b", "c", "d").forEach(name -> UntrainedNetworks.admit(members, name, members.names()));
        List<SeedModel> seeds = members.member("a").repository();
        SeedAgreement agreement = SeedAgreement.of(seeds, UntrainedNetworks.test());
        Map<String, Outputs> outputs = new LinkedHashMap<>();
        seeds.forEach(
                seed -> outputs.put(seed.owner(), new ModelOutputs(UntrainedNetworks.test()).logits(seed.model())));
        assertThat(agreement)
                .isEqualTo(SeedAgreement.of(outputs, UntrainedNetworks.test().size()));
        assertThat(agreement.percent().keySet()).containsExactly("b", "c", "d");
    }

    static Stream<WrongCall> wrongCalls() {
        Members members = new Members(new Traffic());
        List.of("a", "b", "c").forEach(name -> UntrainedNetworks.admit(members, name, members.names()));
        List<SeedModel> two = members.member("a").repository();
        Images images = UntrainedNetworks.test();
        return Stream.of(
                WrongCall.wrong("of(two seeds)", "2 seeds", "have 3 or more", () -> SeedAgreement.of(two, images)),
                WrongCall.wrong(
                        "of(a seed twice)",
                        "b",
                        "two seeds of",
                        () -> SeedAgreement.of(List.of(two.get(0), two.get(1), two.get(0)), images)),
                WrongCall.wrong("of(null)", "seeds", "must not be empty", () -> SeedAgreement.of(null, images)),
                WrongCall.wrong(
                        "of(no images)",
                        "no images",
                        "holds",
                        () -> SeedAgreement.of(
                                Stream.of("a", "b", "c")
                                        .map(name -> members.member(name).seed())
                                        .toList(),
                                images.slice(0, 0))));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void wrongCallsAreRefused(WrongCall call) {
        call.assertRefused();
    }
}
