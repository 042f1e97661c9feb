package unlearn4j.model;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import unlearn4j.core.Check;

/**
 * Residual networks in the form for small images (He et al. 2016, §4.2): a 3×3 convolution, three stages of basic
 * blocks with 16, 32 and 64 filters, global average pooling. Where a block changes the shape, a 1×1 convolution does
 * so on the short cut.
 *
 * <p>The sizes fit paper A's Table IV (ResNet18: 1.044 MB). With three channels, ten classes, and the running means and
 * variances counted: ResNet8 78,714 numbers (0.315 MB), ResNet18 269,306 (1.077 MB), ResNet50 762,362 (3.049 MB).
 *
 * @param name the network's name
 * @param blocks how many basic blocks each of the three stages has
 */
public record ResNet(String name, List<Integer> blocks) implements ModelSpec {
    private static final int[] FILTERS = {16, 32, 64};

    /** Paper A's small ResNet, ResNet8. */
    public static final ResNet SMALL = new ResNet("ResNet8", List.of(1, 1, 1));
    /** Paper A's medium ResNet, ResNet18. */
    public static final ResNet MEDIUM = new ResNet("ResNet18", List.of(2, 3, 3));
    /** Paper A's large ResNet, ResNet50. */
    public static final ResNet LARGE = new ResNet("ResNet50", List.of(8, 8, 8));

    /** Makes a description; there must be three stages of one block or more. */
    public ResNet {
        blocks = List.copyOf(blocks);
        Check.that(blocks.size() == FILTERS.length, "blocks %s must name %d stages", blocks, FILTERS.length);
        blocks.forEach(count -> Check.positive("blocks of a stage", count));
    }

    @Override
    public int features() {
        return FILTERS[FILTERS.length - 1];
    }

    @Override
    public Block body(int height, int width) {
        Check.that(height >= 4 && width >= 4, "images of %d×%d are too small for %s: 4×4 is the least", height, width, name);
        SequentialBlock body = new SequentialBlock().add(Layers.activated(FILTERS[0], 3, 1));
        int before = FILTERS[0];
        for (int stage = 0; stage < FILTERS.length; stage++) {
            for (int block = 0; block < blocks.get(stage); block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                body.add(basicBlock(before, FILTERS[stage], stride)).add(Activation.reluBlock());
                before = FILTERS[stage];
            }
        }
        return body.add(Pool.globalAvgPool2dBlock());
    }

    private static Block basicBlock(int before, int filters, int stride) {
        Block residual = new SequentialBlock()
                .add(Layers.activated(filters, 3, stride))
                .add(Layers.normalised(filters, 3, 1));
        Block shortCut = stride == 1 && before == filters
                ? Blocks.identityBlock()
                : Layers.normalised(filters, 1, stride);
        return new ParallelBlock(ends -> new NDList(ends.get(0).singletonOrThrow().add(ends.get(1).singletonOrThrow())),
                List.of(residual, shortCut));
    }

    @Override
    public String toString() {
        return name;
    }
}
