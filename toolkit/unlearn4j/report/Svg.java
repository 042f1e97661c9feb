package unlearn4j.report;

import java.awt.Dimension;
import java.awt.Shape;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A picture as SVG, by Batik, with text as text. */
final class Svg {
    private static final int REPLACEMENT = 0xFFFD;

    private Svg() {}

    /** Returns an {@code <svg>} element, without a document type, which no page could hold. */
    static String of(Picture picture) {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVGGraphics2D.SVG_NAMESPACE_URI, "svg", null);
            Plain graphics = new Plain(document);
            graphics.setSVGCanvasSize(new Dimension(picture.width(), picture.height()));
            picture.paint(graphics);
            Element svg = graphics.getRoot();
            svg.setAttribute("viewBox", "0 0 " + picture.width() + " " + picture.height());
            fonts(svg);
            StringWriter text = new StringWriter();
            Transformer writer = TransformerFactory.newInstance().newTransformer();
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            writer.transform(new DOMSource(svg), new StreamResult(text));
            return text.toString();
        } catch (ParserConfigurationException | TransformerException e) {
            throw new IllegalStateException("every Java reads and writes XML", e);
        }
    }

    /** Text was measured in Java's sans-serif, which is DejaVu Sans or as wide; few machines' own is. */
    private static void fonts(Element svg) {
        NodeList elements = svg.getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            if (element.getAttribute("font-family").equals("sans-serif")) {
                element.setAttribute("font-family", "'DejaVu Sans',Verdana,sans-serif");
            }
        }
    }

    /** Returns a text without what XML can't hold: control characters, halves of characters. */
    static String plain(String text) {
        int[] kept = text.codePoints()
                .map(code -> Character.isISOControl(code)
                                || code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE
                                || (code & 0xFFFE) == 0xFFFE
                        ? REPLACEMENT
                        : code)
                .toArray();
        return new String(kept, 0, kept.length);
    }

    /** Paints plain text. */
    private static final class Plain extends SVGGraphics2D {
        Plain(Document document) {
            super(document);
        }

        @Override
        public void fill(Shape shape) {
            if (!OutlinedText.draw(this, shape)) {
                super.fill(shape);
            }
        }

        @Override
        public void drawString(String text, float x, float y) {
            super.drawString(plain(text), x, y);
        }
    }
}
