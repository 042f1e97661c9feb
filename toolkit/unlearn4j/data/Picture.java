package unlearn4j.data;

/**
 * One image as it was stored, perhaps larger than networks take.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param height rows of pixels
 * @param width columns of pixels
 * @param pixels its bytes, channel by channel, row by row
 */
record Picture(int channels, int height, int width, byte[] pixels) {

    /** Returns it in grey, weighted as in ITU-R BT.601; where the three channels are equal, exactly what they are. */
    Picture grey() {
        if (channels == 1) {
            return this;
        }
        int plane = height * width;
        byte[] grey = new byte[plane];
        for (int i = 0; i < plane; i++) {
            int red = pixels[i] & 0xff;
            int green = pixels[plane + i] & 0xff;
            int blue = pixels[2 * plane + i] & 0xff;
            grey[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
        }
        return new Picture(1, height, width, grey);
    }

    /** Returns it with three channels, equal ones if it is grey. */
    Picture colour() {
        if (channels == 3) {
            return this;
        }
        byte[] colour = new byte[3 * pixels.length];
        for (int channel = 0; channel < 3; channel++) {
            System.arraycopy(pixels, 0, colour, channel * pixels.length, pixels.length);
        }
        return new Picture(3, height, width, colour);
    }

    /** Returns it in another size: each pixel is the mean of the area that it covers, rounded; the same on every machine. */
    Picture scaled(int toHeight, int toWidth) {
        if (toHeight == height && toWidth == width) {
            return this;
        }
        byte[] scaled = new byte[channels * toHeight * toWidth];
        for (int channel = 0, at = 0; channel < channels; channel++) {
            for (int row = 0; row < toHeight; row++) {
                for (int column = 0; column < toWidth; column++) {
                    scaled[at++] = mean(channel * height * width, row, toHeight, column, toWidth);
                }
            }
        }
        return new Picture(channels, toHeight, toWidth, scaled);
    }

    /** In units of a pixel / toHeight and a pixel / toWidth all borders lie on whole numbers. */
    private byte mean(int plane, long row, int toHeight, long column, int toWidth) {
        long sum = 0;
        for (long y = row * height / toHeight; y * toHeight < (row + 1) * height; y++) {
            long line = 0;
            for (long x = column * width / toWidth; x * toWidth < (column + 1) * width; x++) {
                long covered =
                        Math.min((x + 1) * toWidth, (column + 1) * width) - Math.max(x * toWidth, column * width);
                line += covered * (pixels[(int) (plane + y * width + x)] & 0xff);
            }
            sum += line * (Math.min((y + 1) * toHeight, (row + 1) * height) - Math.max(y * toHeight, row * height));
        }
        long area = (long) height * width;
        return (byte) ((sum + area / 2) / area);
    }
}
