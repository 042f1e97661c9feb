package unlearn4j.data;

import java.util.List;

/**
 * What all views of some images share.
 *
 * @param shape an image's shape
 * @param pixels the images one after another
 * @param labels each image's label
 * @param labelNames each label's name
 * @param normalisation how a network is to see the pixels
 * @param part of which of the toolkit's data sets they are; null for images of one's own
 */
record ImageStore(
        ImageShape shape,
        byte[] pixels,
        int[] labels,
        List<String> labelNames,
        Normalisation normalisation,
        Dataset.Part part) {

    /** Returns the same images as those of a data set of the toolkit. */
    ImageStore of(Dataset.Part named) {
        return new ImageStore(shape, pixels, labels, labelNames, normalisation, named);
    }

    /** Returns the same images under other labels, which no data set of the toolkit has. */
    ImageStore relabelled(int[] others) {
        return new ImageStore(shape, pixels, others, labelNames, normalisation, null);
    }

    /** Returns them as {@link Images#asPublished} says. */
    ImageStore asPublished() {
        int plane = shape.height() * shape.width();
        int channels = shape.channels();
        byte[] again = new byte[pixels.length];
        for (int at = 0; at < again.length; at++) {
            int inImage = at % shape.bytes();
            again[at] = pixels[at - inImage + inImage % channels * plane + inImage / channels];
        }
        Dataset.Part published = part == null ? null : part.asPublished();
        return new ImageStore(shape, again, labels, labelNames, Normalisation.none(channels), published);
    }
}
