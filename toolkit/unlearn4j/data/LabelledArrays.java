package unlearn4j.data;

import java.io.IOException;

/**
 * An array of images and one of their labels, which fit each other. Images are N×H×W or N×H×W×C of bytes, or of floating
 * point that is bytes / 255; other numbers are refused, for bytes would not be what they were. Labels are N or N×1.
 */
final class LabelledArrays {
    private final String name;
    private final Npy images;
    private final int[] labels;
    private final int channels;

    /**
     * Takes two arrays.
     *
     * @param name what comes before a message
     * @throws IOException if they are not images and their labels
     */
    LabelledArrays(String name, Npy images, Npy labels) throws IOException {
        this.name = name;
        this.images = images;
        int[] shape = images.shape();
        check(
                shape.length == 3 || shape.length == 4,
                images + " are no images: N×height×width or N×height×width×channels");
        channels = shape.length == 3 ? 1 : shape[3];
        check(
                channels == 1 || channels == 3 || shape[1] != 1 && shape[1] != 3,
                images + " has channels first: save x.transpose(0, 2, 3, 1)");
        check(channels == 1 || channels == 3, images + " has " + channels + " channels, 1 or 3 are read");
        check(
                images.bytes() == 1 && images.kind() == 'u' || images.kind() == 'f' && images.bytes() >= 4,
                images + " is no array of bytes: save x.astype(np.uint8)");
        check(shape[0] > 0 && shape[1] > 0 && shape[2] > 0, images + " holds no images");
        int[] of = labels.shape();
        check(
                of.length == 1 || of.length == 2 && of[1] == 1,
                labels + " are no labels: one whole number an image is read");
        check(of[0] == shape[0], images + " and labels " + labels + " are not as many");
        check(labels.kind() != 'f', labels + " are no labels: save y.astype(np.int64)");
        this.labels = new int[of[0]];
        for (int i = 0; i < of[0]; i++) {
            long label = labels.whole(i);
            check(label >= 0 && label <= Integer.MAX_VALUE, "label " + i + " is " + label + ", it must be 0 or more");
            this.labels[i] = (int) label;
        }
    }

    private void check(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(name + otherwise);
        }
    }

    int size() {
        return labels.length;
    }

    int[] labels() {
        return labels;
    }

    /** Returns one image, its channels one after another. */
    Picture picture(int position) throws IOException {
        int height = images.shape()[1];
        int width = images.shape()[2];
        int plane = height * width;
        byte[] pixels = new byte[channels * plane];
        int from = position * pixels.length;
        for (int i = 0; i < pixels.length; i++) {
            int sample = images.kind() == 'u' ? images.data().get(from + i) : scaled(images.real(from + i));
            pixels[i % channels * plane + i / channels] = (byte) sample;
        }
        return new Picture(channels, height, width, pixels);
    }

    private int scaled(double value) throws IOException {
        long whole = Math.round(value * 255);
        check(
                whole >= 0 && whole <= 255 && Math.abs(value * 255 - whole) < 1e-3,
                "pixel " + value + " of " + images + " is no byte / 255: save np.round(x * 255).astype(np.uint8), "
                        + "x scaled to 0 to 1");
        return (int) whole;
    }
}
