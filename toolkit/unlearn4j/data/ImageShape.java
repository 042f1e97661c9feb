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

    /** Makes a shape; each of its numbers must be 1 or more. */
    public ImageShape {
        Check.positive("channels", channels);
        Check.positive("height", height);
        Check.positive("width", width);
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
