package unlearn4j.data;

import unlearn4j.core.Check;

/**
 * The shape of one image.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param height rows of pixels
 * @param width columns of pixels
 */
public record ImageShape(int channels, int height, int width) {
    /** As many bytes as make a batch of 100 fit an array. */
    private static final int LARGEST_IMAGE = 1 << 24;

    private static final int LARGEST_SIDE = 1 << 16;

    /** Makes a shape; each of its numbers must be 1 or more. */
    public ImageShape {
        Check.positive("channels", channels);
        Check.positive("height", height);
        Check.positive("width", width);
        Check.that(
                Math.max(channels, Math.max(height, width)) <= LARGEST_SIDE
                        && (long) channels * height * width <= LARGEST_IMAGE,
                "an image of %d×%d×%d is larger than networks here take: at most %,d pixels in all, %,d a side",
                channels,
                height,
                width,
                LARGEST_IMAGE,
                LARGEST_SIDE);
    }

    /** Returns how many bytes an image has. */
    public int bytes() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return channels + "×" + height + "×" + width;
    }
}
