package unlearn4j.train;

import ai.djl.nn.Block;
import ai.djl.nn.norm.Dropout;
import java.util.function.Supplier;

/** The engine's one generator of random numbers, which all threads share: who draws on it takes a turn. */
final class EngineChance {
    private static final Object TURN = new Object();

    private EngineChance() {}

    /** Returns whether a block draws on it in training. */
    static boolean isDrawnOnBy(Block block) {
        return block instanceof Dropout || block.getChildren().values().stream().anyMatch(EngineChance::isDrawnOnBy);
    }

    /** Draws with a seed of one's own, while nobody else does. */
    static <T> T from(long seed, Supplier<T> draw) {
        synchronized (TURN) {
            EngineStart.engine().setRandomSeed((int) seed);
            return draw.get();
        }
    }
}
