package unlearn4j.report;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.util.Matrix;

/** A picture as a PDF of one page of its size, by PDFBox, with text as text, in the font that PDFBox brings along. */
final class Pdf {
    /** A CSS pixel is 1/96 of an inch, a PDF's unit is 1/72. */
    private static final float POINTS = 0.75f;
    /** A fixed one, in place of one made of the time: the same picture is the same file. */
    private static final long ID = 1;

    private static final String FACE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);
    /** How far letters are stretched to fill the width that they were measured with; bold ones keep to its middle. */
    private static final double WIDER = 1.1;
    /** Half as wide as the difference between a regular and a bold stem, as a share of the font's size. */
    private static final float BOLDER = 0.04f;

    private Pdf() {}

    static byte[] of(Picture picture) throws IOException, FontFormatException {
        try (PDDocument document = new PDDocument();
                InputStream embedded = PDDocument.class.getResourceAsStream(FACE);
                InputStream measured = PDDocument.class.getResourceAsStream(FACE)) {
            document.setDocumentId(ID);
            Paper graphics = new Paper(
                    document,
                    picture,
                    PDType0Font.load(document, embedded),
                    Font.createFont(Font.TRUETYPE_FONT, measured));
            picture.paint(graphics);
            graphics.dispose();
            PDPage page = new PDPage(new PDRectangle(POINTS * picture.width(), POINTS * picture.height()));
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.transform(Matrix.getScaleInstance(POINTS, POINTS));
                content.drawForm(graphics.getXFormObject());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    /** Draws in one embedded font, each text where it was measured in its own; what the font lacks is outlines. */
    private static final class Paper extends PdfBoxGraphics2D {
        private final Font face;

        Paper(PDDocument document, Picture picture, PDFont embedded, Font face) throws IOException {
            super(document, picture.width(), picture.height());
            this.face = face;
            setFontTextDrawer(new PdfBoxGraphics2DFontTextDrawer() {
                @Override
                protected PDFont mapFont(Font font, IFontTextDrawerEnv env) {
                    return embedded;
                }
            });
        }

        @Override
        public void fill(Shape shape) {
            if (!OutlinedText.draw(this, shape)) {
                super.fill(shape);
            }
        }

        @Override
        public void drawString(String text, float x, float y) {
            Font font = getFont();
            if (text.isBlank()) {
                return;
            }
            AffineTransform before = getTransform();
            translate(x, y);
            if (face.canDisplayUpTo(text) >= 0) {
                super.fill(font.createGlyphVector(EXACT, text).getOutline());
            } else {
                Font own = face.deriveFont(font.getSize2D());
                double room = font.getStringBounds(text, EXACT).getWidth();
                double width = own.getStringBounds(text, EXACT).getWidth();
                double wider = Math.min(WIDER, room / width);
                translate(font.isBold() ? (room - wider * width) / 2 : 0, 0);
                scale(wider, 1);
                super.drawString(text, 0f, 0f);
                if (font.isBold()) {
                    Stroke stroke = getStroke();
                    setStroke(new BasicStroke(BOLDER * font.getSize2D()));
                    super.draw(own.createGlyphVector(EXACT, text).getOutline());
                    setStroke(stroke);
                }
            }
            setTransform(before);
        }
    }
}
