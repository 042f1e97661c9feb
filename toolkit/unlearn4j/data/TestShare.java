package unlearn4j.data;

import unlearn4j.core.Seed;

/** Which images become test images where a source has none: of each class the same share, at random. */
final class TestShare {
    private TestShare() {}

    /**
     * Chooses them.
     *
     * @param labels each image's label
     * @param classes how many classes there are
     * @param share the share of each class, rounded; at least one image stays for training
     * @param seed where chance comes from
     * @return whether each image is one, an element an image
     */
    static boolean[] of(int[] labels, int classes, double share, Seed seed) {
        int[] left = new int[classes];
        int[] all = new int[classes];
        for (int label : labels) {
            all[label]++;
        }
        for (int label = 0; label < classes; label++) {
            left[label] = (int) Math.min(Math.round(share * all[label]), Math.max(0, all[label] - 1));
        }
        boolean[] test = new boolean[labels.length];
        for (int position : seed.child("test").permutation(labels.length)) {
            test[position] = left[labels[position]]-- > 0;
        }
        return test;
    }
}
