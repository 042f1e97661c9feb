package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import unlearn4j.fisher.Fisher;
import unlearn4j.train.Head;

/** Eq. 6 against an example worked out by hand: two classes, three features. */
class FiunUpdateTest {
    private static final Head HEAD = new Head(2, 3, new float[] {1, -2, 3, 4, -5, 6}, new float[] {7, -8});

    @Test
    void handWorkedExampleWithItsEdges() {
        // F̂ / F:          2       1      F̂=0    F=0     40     0/0      bias: 1.5   0.5
        Fisher merged = new Fisher(2, 3, new float[] {2, 3, 0, 5, 40, 0}, new float[] {3, 1});
        Fisher model = new Fisher(2, 3, new float[] {1, 3, 4, 0, 1, 0}, new float[] {2, 2});

        FiunUpdate update = FiunUpdate.of("w", HEAD, merged, model, FiunConfig.paper());

        // min(1/2, 0.1); ratio 1 is not above 1; F̂ = 0 stays; F = 0 gives 0; min(1/40, 0.1) = 0.025; 0/0 stays
        assertThat(update.head().weight()).containsExactly(new float[] {0.1f, -2, 3, 0, -0.125f, 6}, within(1e-6f));
        assertThat(update.head().bias()).containsExactly(new float[] {0.7f, -8}, within(1e-6f));
        assertThat(update.touched()).isEqualTo(4);
        assertThat(HEAD.weight()).as("the head given is not changed").containsExactly(1, -2, 3, 4, -5, 6);
    }

    @Test
    void tauMultipliesAndEtaBounds() {
        Fisher merged = new Fisher(2, 3, new float[] {4, 4, 4, 0, 0, 0}, new float[2]);
        Fisher model = new Fisher(2, 3, new float[] {1, 1, 1, 1, 1, 1}, new float[] {1, 1});
        FiunConfig config = FiunConfig.paper().tau(2).eta(1);
        assertThat(FiunUpdate.of("w", HEAD, merged, model, config).head().weight())
                .containsExactly(new float[] {0.5f, -1, 1.5f, 4, -5, 6}, within(1e-6f));
        assertThat(FiunUpdate.of("w", HEAD, merged, model, config.gamma(4)).touched())
                .isZero();
        assertThat(FiunUpdate.of("w", HEAD, merged, model, config.gamma(3.99)).touched())
                .isEqualTo(3);
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        Fisher ones = new Fisher(2, 3, new float[] {1, 1, 1, 1, 1, 1}, new float[] {1, 1});
        Head broken = new Head(2, 3, new float[] {1, Float.NaN, 1, 1, 1, 1}, new float[2]);
        assertThatThrownBy(() -> FiunUpdate.of("w_b", broken, ones, ones, FiunConfig.paper()))
                .hasMessage("node w_b, head weight holds NaN: only finite numbers can be scaled, train it anew");
        Head infinite = new Head(2, 3, new float[6], new float[] {0, Float.NEGATIVE_INFINITY});
        assertThatThrownBy(() -> FiunUpdate.of("w_b", infinite, ones, ones, FiunConfig.paper()))
                .hasMessage("node w_b, head bias holds -Infinity: only finite numbers can be scaled, "
                        + "undo its HeadMask first");
    }

    @Test
    void matricesOfAnotherShapeAreRefused() {
        Fisher narrow = new Fisher(2, 2, new float[4], new float[2]);
        assertThatThrownBy(() -> FiunUpdate.of("w_b", HEAD, narrow, narrow, FiunConfig.paper()))
                .hasMessage("Fisher information of 2×2 does not fit the head of w_b, which is 2×3");
    }
}
