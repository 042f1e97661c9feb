package unlearn4j.data;

import unlearn4j.core.Check;
import unlearn4j.core.Seed;

/**
 * How images of one's own are read. A value; each method returns a changed copy.
 *
 * @param height the height to bring each image to, in pixels; 0 leaves them as they are, which must all be of one size
 * @param width the width to bring each image to, as for the height
 * @param channels 1 to make all images grey, 3 to make all colour; 0 leaves them as they are, all of one kind
 * @param testShare the share of each class that becomes test images, in (0, 1), where the source has none of its own
 * @param seed which images these are
 * @param leavesOut whether files that can't be read as images are left out, and said to be, not refused
 */
public record ReadingConfig(int height, int width, int channels, double testShare, Seed seed, boolean leavesOut) {

    /** As the images are; a fifth of each class for test where there are no test images; no file left out. */
    public static final ReadingConfig DEFAULT = new ReadingConfig(0, 0, 0, 0.2, Seed.of(0), false);

    /** Makes a configuration; each number must be within its bounds. */
    public ReadingConfig {
        Check.that(
                height == 0 && width == 0 || height > 0 && width > 0,
                "a size of %d×%d must be 1×1 or more, or 0×0 to leave images as they are",
                height,
                width);
        if (height > 0) {
            new ImageShape(3, height, width);
        }
        Check.that(
                channels == 0 || channels == 1 || channels == 3,
                "channels (%d) must be 1, grey, 3, colour, or 0 to leave images as they are",
                channels);
        Check.that(testShare > 0 && testShare < 1, "testShare (%s) must lie in (0, 1)", testShare);
        Check.given("seed", seed);
    }

    /** Returns a copy that brings images to that size, in pixels: each becomes the mean of the area that it covers. */
    public ReadingConfig size(int newHeight, int newWidth) {
        Check.positive("height", newHeight);
        Check.positive("width", newWidth);
        return new ReadingConfig(newHeight, newWidth, channels, testShare, seed, leavesOut);
    }

    /** Returns a copy that makes images grey: 0.299 of red, 0.587 of green, 0.114 of blue. */
    public ReadingConfig grey() {
        return new ReadingConfig(height, width, 1, testShare, seed, leavesOut);
    }

    /** Returns a copy that makes images colour: a grey one gets three equal channels. */
    public ReadingConfig colour() {
        return new ReadingConfig(height, width, 3, testShare, seed, leavesOut);
    }

    /** Returns a copy that takes that share of each class, in (0, 1), for test where the source has no test images. */
    public ReadingConfig test(double share, long newSeed) {
        return new ReadingConfig(height, width, channels, share, Seed.of(newSeed), leavesOut);
    }

    /** Returns a copy that leaves out files that can't be read as images, and says on the screen which. */
    public ReadingConfig leavingOut() {
        return new ReadingConfig(height, width, channels, testShare, seed, true);
    }

    /** Returns a picture as this has it. */
    Picture fit(Picture picture) {
        Picture coloured = channels == 0 ? picture : channels == 1 ? picture.grey() : picture.colour();
        return height == 0 ? coloured : coloured.scaled(height, width);
    }
}
