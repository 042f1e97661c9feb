package unlearn4j.model;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;

/**
 * MobileNetV2 (Sandler et al. 2018) for small images: inverted residuals with linear bottlenecks, ReLU6, batch
 * normalisation. Its channel counts stand one by one, so that a pruned network is a description too.
 *
 * <p>The first convolution has stride 1, or 2 for images of 64 pixels and more; the stages' strides are the original's.
 * The first block keeps its 1×1 expansion, though that expands by 1.
 *
 * <p>Paper A's Table IV prints 8.665 MB for MobileNet-L. That is {@link #LARGE} for grey images and ten classes to the last
 * digit, if running means and variances count and an MB has 2^20 bytes: 2,271,370 numbers (2,237,194 of them trained).
 * Without the first expansion it would be 8.660, without the running statistics 8.534. {@link #MEDIUM} and {@link #SMALL}
 * have the sizes that the paper pruned to, counted so: 1.362 MB, and those of its ResNet8.
 *
 * @param name the network's name
 * @param stem filters of the first convolution
 * @param stages the inverted residuals, stage by stage
 * @param features filters of the last convolution, which is also J
 */
public record MobileNetV2(String name, int stem, List<Stage> stages, int features) implements ModelSpec {

    /**
     * Inverted residuals of one width. The first has the stage's stride and no short cut; those after it add their input.
     *
     * @param width channels between the blocks
     * @param stride of the first block, 1 or 2
     * @param expanded channels within each block, between its expansion and its projection
     */
    public record Stage(int width, int stride, List<Integer> expanded) {

        /** Makes a stage of one block or more. */
        public Stage {
            Check.positive("width of a stage", width);
            Check.that(stride == 1 || stride == 2, "stride of a stage (%d) must be 1 or 2", stride);
            expanded = List.copyOf(Check.notEmpty("expanded channels of a stage", expanded));
            expanded.forEach(channels -> Check.positive("expanded channels of a block", channels));
        }
    }

    /** Paper A's MobileNet-L: MobileNetV2 at width 1, 1,280 features. */
    public static final MobileNetV2 LARGE = new MobileNetV2(
            "MobileNet-L",
            32,
            List.of(
                    new Stage(16, 1, List.of(32)),
                    new Stage(24, 2, List.of(96, 144)),
                    new Stage(32, 2, List.of(144, 192, 192)),
                    new Stage(64, 2, List.of(192, 384, 384, 384)),
                    new Stage(96, 1, List.of(384, 576, 576)),
                    new Stage(160, 2, List.of(576, 960, 960)),
                    new Stage(320, 1, List.of(960))),
            1280);
    /** Paper A's MobileNet-M, as many numbers as make 1.362 MB: 357,349 for grey images and ten classes. */
    public static final MobileNetV2 MEDIUM = LARGE.narrowed("MobileNet-M", 0.378);
    /** Paper A's MobileNet-S, of the size of ResNet8: 78,696 numbers for grey images and ten classes, to its 78,426. */
    public static final MobileNetV2 SMALL = LARGE.narrowed("MobileNet-S", 0.161);

    /** Makes a description of one stage or more. */
    public MobileNetV2 {
        Check.given("name", name);
        Check.positive("stem", stem);
        stages = List.copyOf(Check.notEmpty("stages", stages));
        Check.positive("features", features);
    }

    /**
     * Returns a network of the same stages with that share of the channels in every layer, rounded, at least one.
     *
     * @param name the narrower network's name
     * @param share above 0, at most 1
     */
    public MobileNetV2 narrowed(String name, double share) {
        Check.that(share > 0 && share <= 1, "share (%s) must lie in (0, 1]", share);
        return new MobileNetV2(
                name,
                narrowed(stem, share),
                stages.stream()
                        .map(stage -> new Stage(
                                narrowed(stage.width, share),
                                stage.stride,
                                stage.expanded.stream()
                                        .map(channels -> narrowed(channels, share))
                                        .toList()))
                        .toList(),
                narrowed(features, share));
    }

    private static int narrowed(int channels, double share) {
        return (int) Math.max(1, Math.round(channels * share));
    }

    @Override
    public Block body(int height, int width) {
        Layers.checkSize(name, height, width, 4);
        SequentialBlock body = new SequentialBlock().add(activated(stem, 3, height >= 64 ? 2 : 1));
        for (Stage stage : stages) {
            for (int block = 0; block < stage.expanded.size(); block++) {
                Block residual = new SequentialBlock()
                        .add(activated(stage.expanded.get(block), 1, 1))
                        .add(Layers.depthwise(stage.expanded.get(block), block == 0 ? stage.stride : 1))
                        .add(Activation.relu6Block())
                        .add(Layers.normalised(stage.width, 1, 1));
                body.add(block == 0 ? residual : Layers.sum(residual, Blocks.identityBlock()));
            }
        }
        return body.add(activated(features, 1, 1)).add(Pool.globalAvgPool2dBlock());
    }

    private static Block activated(int filters, int kernel, int stride) {
        return Layers.normalised(filters, kernel, stride).add(Activation.relu6Block());
    }

    @Override
    public List<String> torchLayers() {
        throw Refusal.of(
                "%s expands in its first block too, PyTorch's MobileNetV2 does not: it is another network", name);
    }

    @Override
    public String toString() {
        return name;
    }
}
