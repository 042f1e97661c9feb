package unlearn4j.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;

/**
 * Densely connected networks (Huang et al. 2017, DenseNet-BC) for small images: a 3×3 convolution, with stride 2 from 64
 * pixels on; dense blocks, each of whose layers adds {@link #growth} channels to all those before it; between them
 * transitions that halve channels and image; global average pooling.
 *
 * @param name the network's name
 * @param growth channels that a layer adds; its 1×1 convolution before has four times as many
 * @param layers how many layers each dense block has
 * @param initial filters of the first convolution
 * @param imageNet whether it begins as for ImageNet, with a 7×7 convolution with stride 2, normalised, and 3×3 max-pooling
 *     with stride 2
 */
public record DenseNet(String name, int growth, List<Integer> layers, int initial, boolean imageNet)
        implements ModelSpec {
    /** Paper B's DenseNet161 (its tables' name) in the form for small images: 2208 features. */
    public static final DenseNet SPEC = new DenseNet("DenseNet161", 48, List.of(6, 12, 36, 24), 96);
    /** One of a quarter of its width, with 20 layers in four dense blocks instead of 78: 138 features. */
    public static final DenseNet SLIM = new DenseNet("DenseNet slim", 12, List.of(2, 4, 8, 6), 24);

    /** Paper B's DenseNet161 as its published scripts have it, in the form for ImageNet: 2208 features. */
    public static final DenseNet IMAGENET = new DenseNet("DenseNet161 ImageNet", 48, List.of(6, 12, 36, 24), 96, true);

    /** Makes a description in the form for small images. */
    public DenseNet(String name, int growth, List<Integer> layers, int initial) {
        this(name, growth, layers, initial, false);
    }

    /** Makes a description of one dense block or more. */
    public DenseNet {
        Check.given("name", name);
        Check.positive("growth", growth);
        layers = List.copyOf(Check.notEmpty("layers", layers));
        layers.forEach(count -> Check.that(
                count != null && count > 0 && count <= 1000,
                "layers of a dense block (%s) must be 1 or more, at most 1000",
                count));
        Check.positive("initial", initial);
    }

    @Override
    public int features() {
        int channels = initial;
        for (int block = 0; block < layers.size(); block++) {
            channels = (block == 0 ? channels : channels / 2) + growth * layers.get(block);
        }
        return channels;
    }

    @Override
    public Block body(int height, int width) {
        int least = 1 << layers.size() + (imageNet ? 1 : -1);
        Layers.checkSize(name, height, width, least);
        SequentialBlock body = new SequentialBlock()
                .add(
                        imageNet
                                ? Layers.imageNetStem(initial)
                                : Layers.convolution(initial, 3, height >= 64 ? 2 : 1, false));
        int channels = initial;
        for (int block = 0; block < layers.size(); block++) {
            if (block > 0) {
                channels /= 2;
                body.add(normalised(channels, 1)).add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
            }
            for (int layer = 0; layer < layers.get(block); layer++) {
                body.add(Layers.beside(
                        new SequentialBlock().add(normalised(4 * growth, 1)).add(normalised(growth, 3))));
                channels += growth;
            }
        }
        return body.add(BatchNorm.builder().build()).add(Activation.reluBlock()).add(Pool.globalAvgPool2dBlock());
    }

    /** Batch normalisation, a ReLU and a convolution, in the order of pre-activation. */
    private static Block normalised(int filters, int kernel) {
        return new SequentialBlock()
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(Layers.convolution(filters, kernel, 1, false));
    }

    /** The names of torchvision and timm, whose networks begin as for ImageNet. */
    @Override
    public List<String> torchLayers() {
        Refusal.unless(
                imageNet,
                "%s begins with a convolution that is not normalised, PyTorch's DenseNets as for ImageNet: take one that"
                        + " does, DenseNet.IMAGENET",
                name);
        List<String> names = new ArrayList<>(List.of("features.conv0", "features.norm0"));
        for (int block = 1; block <= layers.size(); block++) {
            if (block > 1) {
                String in = "features.transition" + (block - 1) + ".";
                names.addAll(List.of(in + "norm", in + "conv"));
            }
            for (int layer = 1; layer <= layers.get(block - 1); layer++) {
                String in = "features.denseblock" + block + ".denselayer" + layer + ".";
                names.addAll(List.of(in + "norm1", in + "conv1", in + "norm2", in + "conv2"));
            }
        }
        names.addAll(List.of("features.norm5", "classifier"));
        return names;
    }

    @Override
    public String toString() {
        return name;
    }
}
