package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import unlearn4j.umig.Role;

class PdfTest {
    private static final Picture GRAPH = GraphPicture.of(
            List.of(
                    new GraphPicture.Node("base-model", Role.DISCOVERY, "forgets 3"),
                    new GraphPicture.Node("client-2", Role.INHERITED, "knows λ, ✓")),
            List.of(new GraphPicture.Edge("base-model", "client-2", "0.25")));

    private static Picture chart() {
        return Charts.picture(Charts.bars(
                        "What is left, λ = 0.5",
                        "a node",
                        "AD_f, %",
                        List.of(
                                "node-1 with a long name",
                                "node-2 with a long name",
                                "node-3 with a long name",
                                "n4",
                                "n5"),
                        Bars.of("re-trained", 12.5, 0, 3, 100, 0)
                                .within(new double[] {3, 0, 1, 90, 0}, new double[] {22, 4, 8, 120, 9}),
                        Bars.of("FIUn", 71, 7, 5, 42, 3)))
                .stamped("scale SMOKE");
    }

    private static Picture lines() {
        return Charts.picture(Charts.lines(
                "Lines",
                "depth",
                "points",
                Curve.of("FIUn", 1, 2, 3).within(new double[] {0, 1, 1}, new double[] {3, 4, 5}),
                Curve.of("HeadMask", 3, 2, 2.5).within(new double[] {2, 1.5, 2}, new double[] {3.5, 4, Math.PI})));
    }

    @Test
    void isOnePageOfThePicturesSize() throws IOException {
        try (PDDocument document = Loader.loadPDF(GRAPH.pdf())) {
            assertThat(document.getNumberOfPages()).isOne();
            assertThat(document.getPage(0).getMediaBox().getWidth()).isEqualTo(0.75f * GRAPH.width());
            assertThat(document.getPage(0).getMediaBox().getHeight()).isEqualTo(0.75f * GRAPH.height());
        }
    }

    @Test
    void aSmallPictureIsAsWideAsItsCaption() {
        Picture small = GraphPicture.of(List.of(new GraphPicture.Node("a", Role.DISCOVERY, "")), List.of());
        String caption = "an experiment, scale SMOKE, seeds 1, 2, 3, commit 1234567";
        assertThat(small.stamped(caption).width()).isGreaterThan(small.width() + 100);
        assertThat(chart().stamped(caption).width()).isEqualTo(Charts.WIDTH);
    }

    @Test
    void aGraphsWordsAreText() throws IOException {
        // Of a word with a sign that the font lacks there is a picture.
        assertThat(text(GRAPH))
                .contains("base-model", "forgets 3", "client-2", "0.25")
                .doesNotContain("✓");
    }

    @Test
    void aChartsWordsAreTextTurnedOnesToo() throws IOException {
        assertThat(text(chart()))
                .contains("What is left, λ = 0.5", "a node", "re-trained", "FIUn", "12.5", "100", "n5", "scale SMOKE");
        // Of turned words PDFBox makes lines of a letter or two.
        assertThat(text(chart()).replaceAll("\\s", "")).contains("AD_f,%", "node-1withalongname");
        assertThat(chart().svg()).contains(">AD_f, %<", ">node-1 with a long name<", ">re-trained<", ">12.5<");
    }

    @Test
    void aHeatMapsNumbersAreText() throws IOException {
        Picture map = Charts.picture(Charts.heat(
                "Accuracy", "λ", "T", List.of("1", "3"), List.of("0", "0.5"), new double[][] {{71.5, 72}, {80, 85.2}}));
        assertThat(text(map)).contains("Accuracy", "71.5", "72.0", "80.0", "85.2");
    }

    @Test
    void theSamePictureIsTheSameFileWithItsFontInside() throws IOException {
        byte[] one = chart().pdf();
        assertThat(one).isEqualTo(chart().pdf());
        try (PDDocument document = Loader.loadPDF(one)) {
            PDResources page = document.getPage(0).getResources();
            COSName form = page.getXObjectNames().iterator().next();
            PDResources drawn =
                    new PDResources(page.getXObject(form).getCOSObject().getCOSDictionary(COSName.RESOURCES));
            for (COSName font : drawn.getFontNames()) {
                assertThat(drawn.getFont(font).isEmbedded()).isTrue();
            }
        }
    }

    @Test
    void picturesToLookAt() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/print"));
        for (Picture picture : List.of(GRAPH, chart(), lines())) {
            String name = picture == GRAPH ? "graph" : picture.height() == Charts.HEIGHT ? "lines" : "chart";
            Files.write(folder.resolve(name + ".pdf"), picture.pdf());
            Files.write(folder.resolve(name + ".png"), picture.png());
            Files.writeString(folder.resolve(name + ".svg"), picture.svg());
            try (PDDocument document = Loader.loadPDF(picture.pdf())) {
                javax.imageio.ImageIO.write(
                        new PDFRenderer(document).renderImageWithDPI(0, 192),
                        "png",
                        folder.resolve(name + "-pdf.png").toFile());
            }
        }
    }

    private static String text(Picture picture) throws IOException {
        try (PDDocument document = Loader.loadPDF(picture.pdf())) {
            return new PDFTextStripper().getText(document);
        }
    }
}
