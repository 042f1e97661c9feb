package unlearn4j.model;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;
import unlearn4j.core.Check;

/**
 * Residual networks of basic blocks (He et al. 2016) in the form for small images: a 3×3 convolution, the stages, global
 * average pooling. Each stage after the first halves the image; where a block changes the shape, a 1×1 convolution does so
 * on the short cut.
 *
 * <p>Paper A's have three stages of 16, 32 and 64 filters (He et al., §4.2). With three channels, ten classes, and the
 * running means and variances counted: ResNet8 78,714 numbers (0.315 MB), ResNet18 269,306 (1.077 MB), ResNet50 762,362
 * (3.049 MB). Table IV prints 1.044 MB for ResNet18, which is within 4 %; to the last digit it would be (3, 3, 3) blocks,
 * 20 layers, for grey images, in MB of 2^20 bytes, as {@link MobileNetV2#LARGE} is.
 *
 * <p>Paper B's has four stages of 64 to 512 filters. Its published scripts have them in the form for ImageNet, whatever the
 * images: a 7×7 convolution with stride 2 and 3×3 max-pooling with stride 2 come first, so that 32×32 pixels are 8×8 in the
 * first stage and one in the last. In the form for small images, networks of four stages begin with stride 2 from 64
 * pixels on.
 *
 * @param name the network's name
 * @param blocks how many basic blocks each stage has
 * @param filters how many filters each stage has
 * @param imageNet whether it begins as for ImageNet (He et al. 2016, Table 1)
 */
public record ResNet(String name, List<Integer> blocks, List<Integer> filters, boolean imageNet) implements ModelSpec {
    private static final List<Integer> FILTERS = List.of(16, 32, 64);

    /** Paper A's small ResNet: ResNet8 in Table IV. */
    public static final ResNet SMALL = new ResNet("ResNet8", List.of(1, 1, 1));
    /** Paper A's medium ResNet: ResNet18 in Table IV. */
    public static final ResNet MEDIUM = new ResNet("ResNet18", List.of(2, 3, 3));
    /** Paper A's large ResNet: ResNet50 in Table IV. */
    public static final ResNet LARGE = new ResNet("ResNet50", List.of(8, 8, 8));
    /** Paper B's ResNet18 (its tables' name) in the form for small images: 512 features. */
    public static final ResNet FULL = new ResNet("ResNet18 full", List.of(2, 2, 2, 2), List.of(64, 128, 256, 512));
    /** The same at a quarter of its width: 128 features. */
    public static final ResNet SLIM = new ResNet("ResNet18 slim", List.of(2, 2, 2, 2), List.of(16, 32, 64, 128));

    /** Paper B's ResNet18 as its published scripts have it, in the form for ImageNet: 512 features. */
    public static final ResNet IMAGENET =
            new ResNet("ResNet18 ImageNet", List.of(2, 2, 2, 2), List.of(64, 128, 256, 512), true);
    /** The same at a quarter of its width: 128 features. */
    public static final ResNet IMAGENET_SLIM =
            new ResNet("ResNet18 ImageNet slim", List.of(2, 2, 2, 2), List.of(16, 32, 64, 128), true);

    /** Makes a description; there must be one stage or more, and as many of {@code blocks} as of {@code filters}. */
    public ResNet {
        Check.given("name", name);
        blocks = List.copyOf(Check.notEmpty("blocks", blocks));
        filters = List.copyOf(Check.notEmpty("filters", filters));
        Check.that(
                blocks.size() == filters.size(),
                "blocks %s must name %d stages, as filters %s do",
                blocks,
                filters.size(),
                filters);
        blocks.forEach(count -> Check.that(
                count != null && count > 0 && count <= 1000,
                "blocks of a stage (%s) must be 1 or more, at most 1000",
                count));
        filters.forEach(count -> Check.positive("filters of a stage", count));
    }

    /** Makes a description in the form for small images. */
    public ResNet(String name, List<Integer> blocks, List<Integer> filters) {
        this(name, blocks, filters, false);
    }

    /**
     * Makes a description with three stages of 16, 32 and 64 filters.
     *
     * @param name the network's name
     * @param blocks how many basic blocks each stage has
     */
    public ResNet(String name, List<Integer> blocks) {
        this(name, blocks, FILTERS);
    }

    @Override
    public int features() {
        return filters.get(filters.size() - 1);
    }

    @Override
    public Block body(int height, int width) {
        Layers.checkSize(name, height, width, 4);
        int first = filters.size() >= 4 && height >= 64 ? 2 : 1;
        SequentialBlock body = new SequentialBlock()
                .add(imageNet ? Layers.imageNetStem(filters.get(0)) : Layers.activated(filters.get(0), 3, first));
        int before = filters.get(0);
        for (int stage = 0; stage < filters.size(); stage++) {
            for (int block = 0; block < blocks.get(stage); block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                body.add(basicBlock(before, filters.get(stage), stride)).add(Activation.reluBlock());
                before = filters.get(stage);
            }
        }
        return body.add(Pool.globalAvgPool2dBlock());
    }

    private static Block basicBlock(int before, int filters, int stride) {
        Block residual =
                new SequentialBlock().add(Layers.activated(filters, 3, stride)).add(Layers.normalised(filters, 3, 1));
        Block shortCut =
                stride == 1 && before == filters ? Blocks.identityBlock() : Layers.normalised(filters, 1, stride);
        return Layers.sum(residual, shortCut);
    }

    /** The names of torchvision and timm; theirs, ResNet18 and ResNet34, begin as for ImageNet. */
    @Override
    public List<String> torchLayers() {
        List<String> names = new ArrayList<>(List.of("conv1", "bn1"));
        for (int stage = 0; stage < filters.size(); stage++) {
            for (int block = 0; block < blocks.get(stage); block++) {
                String in = "layer" + (stage + 1) + "." + block + ".";
                names.addAll(List.of(in + "conv1", in + "bn1", in + "conv2", in + "bn2"));
                boolean changes = stage > 0 && block == 0;
                if (changes) {
                    names.addAll(List.of(in + "downsample.0", in + "downsample.1"));
                }
            }
        }
        names.add("fc");
        return names;
    }

    @Override
    public String toString() {
        return name;
    }
}
