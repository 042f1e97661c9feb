package unlearn4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import unlearn4j.Silent;
import unlearn4j.data.Images;

@ExtendWith(Silent.class)
class ULiraTest {
    private static final Images ALL = Memorised.images(240);
    private static final Images CANDIDATES = ALL.slice(0, 120);
    private static final Images MEMBERS = CANDIDATES.slice(0, 60);
    private static final List<Images> LEARNED = new ArrayList<>();
    private static ULira attack;

    @BeforeAll
    static void shadows() {
        attack = ULira.of(CANDIDATES, 8, 5, (members, seed) -> {
            LEARNED.add(members);
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
    void aWrongCallIsRefused() {
        assertThatThrownBy(() -> ULira.of(CANDIDATES, 7, 1, Memorised::of))
                .hasMessage("shadows (7) must be even and from 4 to 10,000: each image is learned by half of them");
        assertThatThrownBy(() -> attack.attack(Memorised.of(MEMBERS, 1), ALL.slice(100, 140)))
                .hasMessage(
                        "20 of the 40 members are among the 120 candidates: all must be, and some candidate must be "
                                + "none");
    }
}
