package unlearn4j.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;

/**
 * A picture with a line of small words below it, wide enough for both.
 *
 * @param picture the picture
 * @param words the words
 */
record Stamped(Picture picture, String words) implements Picture {
    private static final int LINE = 18;
    private static final int MARGIN = 12;
    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);
    private static final Font SMALL = Charts.FONT.deriveFont(Font.PLAIN, 11f);
    private static final Color CALM = new Color(0x767676);

    @Override
    public int width() {
        double line = SMALL.getStringBounds(words, EXACT).getWidth();
        return Math.max(picture.width(), (int) Math.ceil(line) + 2 * MARGIN);
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
        graphics.drawString(words, MARGIN, height() - 6);
    }
}
