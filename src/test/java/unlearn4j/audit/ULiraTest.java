package unlearn4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.Silent;
import unlearn4j.data.DataException;
import unlearn4j.data.Images;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.Classifier;

@ExtendWith(Silent.class)
class ULiraTest {
    private static final Images ALL = Memorised.images(240);
    private static final Images CANDIDATES = ALL.slice(0, 120);
    private static final Images MEMBERS = CANDIDATES.slice(0, 60);
    private static final List<Images> LEARNED = new ArrayList<>();
    private static final Set<Long> SEEDS = new HashSet<>();
    private static ULira attack;

    @BeforeAll
    static void shadows() {
        attack = ULira.of(CANDIDATES, 8, 5, (members, seed) -> {
            LEARNED.add(members);
            SEEDS.add(seed);
            return Memorised.of(members, seed);
        });
    }

    @Test
    void eachImageIsLearnedByHalfOfTheShadows() {
        int[] learned = new int[60_000];
        LEARNED.forEach(members -> {
            for (int i = 0; i < members.size(); i++) {
                learned[members.row(i)]++;
            }
        });
        for (int i = 0; i < CANDIDATES.size(); i++) {
            assertThat(learned[CANDIDATES.row(i)]).isEqualTo(4);
        }
        assertThat(SEEDS).hasSize(8);
        assertThat(attack).hasToString("U-LiRA by 8 shadow networks on 120 candidates");
    }

    @Test
    void whatWasMemorisedIsTold() {
        assertThat(attack.attack(Memorised.of(MEMBERS, 77), MEMBERS).area().estimate())
                .isGreaterThan(0.95);
    }

    @Test
    void whatWasNeverSeenIsNotTold() {
        assertThat(attack.attack(Memorised.of(ALL.slice(120, 240), 78), MEMBERS)
                        .area()
                        .holds(0.5))
                .isTrue();
    }

    @Test
    void whatShadowsSaidIsKeptForThoseWhoAskTheSame(@TempDir Path folder) throws IOException {
        Images few = ALL.slice(0, 10);
        Classifier model = Classifier.create(new Mlp(7, 5), few, 1);
        int[] made = {0};
        BiFunction<Images, Long, Classifier> shadow = (members, seed) -> {
            made[0]++;
            return Classifier.create(new Mlp(7, 5), members, seed);
        };
        double[] scores = ULira.of(few, 4, 5, shadow).scores(model);
        assertThat(ULira.of(few, 4, 5, shadow, folder, "untrained").scores(model))
                .isEqualTo(scores);
        assertThat(made[0]).isEqualTo(8);
        assertThat(ULira.of(few, 4, 5, shadow, folder, "untrained").scores(model))
                .isEqualTo(scores);
        assertThat(made[0]).isEqualTo(8);
        // Other words, another seed, other images: other networks.
        ULira.of(few, 4, 5, shadow, folder, "otherwise");
        ULira.of(few, 4, 6, shadow, folder, "untrained");
        ULira.of(ALL.slice(1, 11), 4, 5, shadow, folder, "untrained");
        assertThat(made[0]).isEqualTo(20);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.writeString(file, "learned,confidence\ntrue,NaN\n");
            }
        }
        assertThatThrownBy(() -> ULira.of(few, 4, 5, shadow, folder, "untrained"))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith(" is damaged: delete it, and its shadow network is made anew");
    }

    @Test
    void aWrongCallIsRefused() {
        assertThatThrownBy(() -> ULira.of(CANDIDATES, 7, 1, Memorised::of))
                .hasMessage("shadows (7) must be even and from 4 to 10,000: each image is learned by half of them");
        assertThatThrownBy(() -> attack.attack(Memorised.of(MEMBERS, 1), ALL.slice(100, 140)))
                .hasMessage(
                        "20 of the 40 members are among the 120 candidates: all must be, and some candidate must be "
                                + "none");
    }
}
