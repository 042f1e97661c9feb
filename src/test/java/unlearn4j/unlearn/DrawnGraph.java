package unlearn4j.unlearn;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;

/** Graphs drawn by chance, of heads under which there is nothing: the pixels are the features. */
final class DrawnGraph {
    private static final int CLASSES = 5;
    private static final Images IMAGES = TinyImages.of(CLASSES, 100, 3);

    private DrawnGraph() {}

    private record HeadAlone() implements ModelSpec {
        @Override
        public String name() {
            return "head";
        }

        @Override
        public int features() {
            return 9;
        }

        @Override
        public Block body(int height, int width) {
            return Blocks.batchFlattenBlock();
        }
    }

    /** Returns a graph of several roots, in which an heir has up to three parents; edges come in no order. */
    static Umig of(int nodes, long seed) {
        Random random = new Random(seed);
        Umig umig = Umig.of();
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            int known = i < 2 ? i : random.nextInt(CLASSES);
            Images shard = IMAGES.only(Labels.of(known, (known + 1 + random.nextInt(CLASSES - 1)) % CLASSES));
            umig.add(new ModelNode("n" + i, Classifier.create(new HeadAlone(), IMAGES, seed + i), shard));
            for (int parents = i < 3 ? 0 : random.nextInt(4); parents > 0; parents--) {
                edges.add(new int[] {i, random.nextInt(i)});
            }
        }
        Collections.shuffle(edges, random);
        edges.forEach(edge -> umig.inherit("n" + edge[0], "n" + edge[1]));
        return umig;
    }
}
