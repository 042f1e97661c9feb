package unlearn4j.data;

import java.util.Arrays;
import unlearn4j.core.Check;

/**
 * What a pixel becomes before a network sees it: (pixel / 255 − mean) / deviation, channel by channel. Measured on a
 * data set's training images and used for its test images too.
 *
 * @param mean a channel's mean, between 0 and 1
 * @param deviation a channel's standard deviation, above 0
 */
public record Normalisation(float[] mean, float[] deviation) {

    /** Makes a normalisation; the arrays are taken over, not copied. */
    public Normalisation {
        Check.given("mean", mean);
        Check.given("deviation", deviation);
        Check.that(
                mean.length == deviation.length && mean.length > 0,
                "%d means and %d deviations must be as many, one a channel",
                mean.length,
                deviation.length);
        for (int channel = 0; channel < mean.length; channel++) {
            Check.that(Float.isFinite(mean[channel]), "mean (%s) of channel %d must be finite", mean[channel], channel);
            Check.positive("deviation of channel " + channel, (double) deviation[channel]);
        }
    }

    /** Leaves bytes as they are, 0 to 255. */
    static Normalisation none(int channels) {
        float[] deviation = new float[channels];
        Arrays.fill(deviation, 1 / 255f);
        return new Normalisation(new float[channels], deviation);
    }

    /**
     * Measures images.
     *
     * @param pixels images one after another, channel by channel
     * @param shape an image's shape
     */
    static Normalisation of(byte[] pixels, ImageShape shape) {
        int plane = shape.height() * shape.width();
        long[][] histogram = new long[shape.channels()][256];
        for (int at = 0, channel = 0; at < pixels.length; channel = (channel + 1) % shape.channels()) {
            for (int end = at + plane; at < end; at++) {
                histogram[channel][pixels[at] & 0xff]++;
            }
        }
        float[] mean = new float[shape.channels()];
        float[] deviation = new float[shape.channels()];
        for (int channel = 0; channel < mean.length; channel++) {
            double count = 0;
            double sum = 0;
            double squares = 0;
            for (int value = 0; value < 256; value++) {
                double share = value / 255.0;
                count += histogram[channel][value];
                sum += share * histogram[channel][value];
                squares += share * share * histogram[channel][value];
            }
            double average = sum / count;
            mean[channel] = (float) average;
            // An image set of one colour has no deviation; 1 leaves it where it is.
            double variance = squares / count - average * average;
            deviation[channel] = variance > 1e-12 ? (float) Math.sqrt(variance) : 1;
        }
        return new Normalisation(mean, deviation);
    }

    @Override
    public String toString() {
        return "mean " + Arrays.toString(mean) + ", deviation " + Arrays.toString(deviation);
    }
}
