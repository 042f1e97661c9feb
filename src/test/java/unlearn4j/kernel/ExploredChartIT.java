package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts in JupyterLab: drawn by Vega, with what the pointer asks for, and nobody else's host is asked. */
class ExploredChartIT {
    private static final String VIEW = ".jp-RenderedVegaCommon5 canvas, .jp-RenderedVegaCommon5 svg";

    @Test
    void aChartIsDrawnByVegaInLightAndInDark(@TempDir Path home) throws Exception {
        try (Lab lab = new Lab(home, Path.of("target/explored.log"), "00-tour.ipynb")) {
            Page page = lab.open("00-tour.ipynb");
            List<String> hosts = Collections.synchronizedList(new ArrayList<>());
            List<String> wrong = Collections.synchronizedList(new ArrayList<>());
            page.onRequest(request ->
                    hosts.add(String.valueOf(URI.create(request.url()).getHost())));
            page.onPageError(wrong::add);
            Locator bars = page.locator(".jp-CodeCell").nth(0);
            Lab.rewrite(
                    page,
                    bars,
                    "Charts.bars(\"What is left\", \"node\", \"AD_f, %\", List.of(\"w_0\", \"w_1\"),"
                            + " Bars.of(\"FIUn\", 2.5, 40), Bars.of(\"HeadMask\", 0, 12))");
            bars.locator(VIEW).first().waitFor();
            Locator lines = page.locator(".jp-CodeCell").nth(1);
            Lab.rewrite(
                    page,
                    lines,
                    "Charts.lines(\"Training\", \"epoch\", \"accuracy, %\","
                            + " Curve.of(\"a\", 10, 50, 70), Curve.of(\"b\", 20, 40, 90))");
            lines.locator(VIEW).first().waitFor();
            Lab.rest(page);
            bars.locator(VIEW).first().hover();
            lab.photograph(page, "explored-light.png");
            page.getByText("Settings", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .click();
            page.getByText("Theme", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .hover();
            page.getByText("JupyterLab Dark", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .click();
            page.waitForCondition(() -> Boolean.TRUE.equals(
                    page.evaluate("document.body.getAttribute('data-jp-theme-name') == 'JupyterLab Dark'")));
            lab.photograph(page, "explored-dark.png");
            assertThat(page.locator("[data-mime-type='application/vnd.jupyter.error']")
                            .count())
                    .isZero();
            assertThat(wrong).isEmpty();
            assertThat(hosts).isSubsetOf("127.0.0.1", "null");
            page.close();
        }
    }
}
