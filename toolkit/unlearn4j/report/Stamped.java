package unlearn4j.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;

/**
 * A picture with a line of small words below it.
 *
 * @param picture the picture
 * @param words the words
 */
record Stamped(Picture picture, String words) implements Picture {
    private static final int LINE = 18;
    private static final Font SMALL = Charts.FONT.deriveFont(Font.PLAIN, 11f);
    private static final Color CALM = new Color(0x767676);

    @Override
    public int width() {
        return picture.width();
    }

    @Override
    public int height() {
        return picture.height() + LINE;
    }

    @Override
    public void paint(Graphics2D graphics) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width(), height());
        picture.paint(graphics);
        graphics.setColor(CALM);
        graphics.setFont(SMALL);
        graphics.drawString(words, 12, height() - 6);
    }
}
