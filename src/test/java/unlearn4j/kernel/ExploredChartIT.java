package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Charts in JupyterLab: drawn by Vega, with what the pointer asks for, and nobody else's host is asked; and what stands beside
 * them can be read in a light and in a dark theme.
 */
class ExploredChartIT {
    /** Texts of outputs that stand out from their ground by less than 4.5 : 1 (WCAG 2.1, 1.4.3). */
    private static final String FAINT =
            """
            () => {
              const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
              const light = colour => colour.slice(0, 3).map(c => c / 255)
                .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
              const ground = element => {
                const colour = element ? rgb(getComputedStyle(element).backgroundColor) : [255, 255, 255];
                return colour.length < 4 || colour[3] > 0.9 ? colour : ground(element.parentElement);
              };
              const opacity = element => element
                ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;
              const faint = [];
              document.querySelectorAll('.jp-OutputArea-output').forEach(output => {
                const texts = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
                while (texts.nextNode()) {
                  const words = texts.currentNode.data.trim();
                  const element = texts.currentNode.parentElement;
                  if (!words || element.closest('svg, canvas, style, script, details')) continue;
                  const behind = ground(element);
                  const part = opacity(element);
                  const ink = rgb(getComputedStyle(element).color).slice(0, 3)
                    .map((c, i) => c * part + behind[i] * (1 - part));
                  const both = [light(ink), light(behind)];
                  const contrast = (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
                  if (contrast < 4.5) faint.push(words.slice(0, 40) + ': ' + contrast.toFixed(2));
                }
              });
              return faint;
            }""";

    private static final String OTHERS =
            """
            var data = Datasets.fashionMnistSample().sample(60, 60, 7);
            var umig = Umig.incremental(data).first(8).step(1).models(2).model(ResNet.SMALL)
                    .training(TrainingConfig.DEFAULT.epochs(1)).seed(3).train();
            var fiun = HeadMask.on(umig).forget(Labels.of(3));
            fiun.draw();
            fiun.evaluate()""";

    private static final String VIEW = ".jp-RenderedVegaCommon5 canvas, .jp-RenderedVegaCommon5 svg";

    @Test
    void aChartIsDrawnByVegaInLightAndInDark(@TempDir Path home) throws Exception {
        try (Lab lab = new Lab(home, Path.of("target/explored.log"), "00-tour.ipynb")) {
            Page page = lab.open("00-tour.ipynb");
            List<String> hosts = Collections.synchronizedList(new ArrayList<>());
            List<String> errors = Collections.synchronizedList(new ArrayList<>());
            page.onRequest(request ->
                    hosts.add(String.valueOf(URI.create(request.url()).getHost())));
            page.onPageError(errors::add);
            Locator bars = page.locator(".jp-CodeCell").nth(0);
            Lab.rewrite(
                    page,
                    bars,
                    "Charts.bars(\"What is left\", \"node\", \"AD_f, %\", List.of(\"w_0\", \"w_1\"),"
                            + " Bars.of(\"FIUn\", 2.5, 40).within(new double[] {0, 31}, new double[] {9, 120}),"
                            + " Bars.of(\"HeadMask\", 0, 12))");
            bars.locator(VIEW).first().waitFor();
            Locator lines = page.locator(".jp-CodeCell").nth(1);
            Lab.rewrite(
                    page,
                    lines,
                    "Charts.lines(\"Training\", \"epoch\", \"accuracy, %\","
                            + " Curve.of(\"a\", 10, 50, 70), Curve.of(\"b\", 20, 40, 90))");
            lines.locator(VIEW).first().waitFor();
            Locator others = page.locator(".jp-CodeCell").nth(2);
            Lab.rewrite(page, others, OTHERS);
            others.locator("table").first().waitFor();
            Locator wrong = page.locator(".jp-CodeCell").nth(3);
            Lab.rewrite(page, wrong, "show(\"1 < 2\");\nLabels.of(-1)");
            wrong.locator(".jp-OutputArea-output")
                    .getByText("IllegalArgumentException")
                    .first()
                    .waitFor();
            Lab.rest(page);
            assertThat(strings(page, FAINT)).as("light").isEmpty();
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
            page.locator("#jupyterlab-splash")
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
            assertThat(strings(page, FAINT)).as("dark").isEmpty();
            lab.photograph(page, "explored-dark.png");
            assertThat(page.locator("[data-mime-type='application/vnd.jupyter.error']")
                            .count())
                    .isZero();
            assertThat(errors).isEmpty();
            assertThat(hosts).isSubsetOf("127.0.0.1", "null");
            page.close();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(Page page, String script) {
        return (List<String>) page.evaluate(script);
    }
}
