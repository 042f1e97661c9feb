package unlearn4j.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JupyterLab in a browser, as a reader of the tour meets it. */
class LabIT {
    private static final String TOUR = "00-tour.ipynb";
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/lab\\S*token=\\S+");
    private static final String IDLE = ".jp-Notebook-ExecutionIndicator[data-status='idle']";
    private static final double PATIENCE_MILLIS = 180_000;

    private static Process lab;
    private static String url;

    @BeforeAll
    static void startLab(@TempDir Path home, @TempDir Path notebooks) throws IOException {
        Kernel.assertInstalled();
        Files.copy(Path.of("notebooks", TOUR), notebooks.resolve(TOUR)); // JupyterLab saves what it has run
        ProcessBuilder builder = new ProcessBuilder(
                        "kernel-setup/lab",
                        "--no-browser",
                        "--port=0",
                        "--allow-root",
                        "--ServerApp.root_dir=" + notebooks,
                        "--LabApp.workspaces_dir=" + home)
                .redirectErrorStream(true);
        builder.environment().putAll(Map.of("UNLEARN4J_SCALE", "SMOKE", "JUPYTER_CONFIG_DIR", home.toString()));
        lab = builder.start();
        StringBuilder said = new StringBuilder();
        BufferedReader lines = lab.inputReader();
        for (String line = lines.readLine(); line != null && url == null; line = lines.readLine()) {
            said.append(line).append('\n');
            Matcher matcher = URL.matcher(line);
            url = matcher.find() ? matcher.group() : null;
        }
        assertThat(url).as(said.toString()).isNotNull();
        Thread reader = new Thread(() -> readOn(lines), "JupyterLab's log");
        reader.setDaemon(true);
        reader.start();
    }

    /** JupyterLab would stand still if nobody read its log. */
    private static void readOn(BufferedReader lines) {
        try (Writer log = Files.newBufferedWriter(Path.of("target/lab.log"))) {
            lines.transferTo(log);
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @AfterAll
    static void stopLab() {
        if (lab != null) {
            lab.destroy();
            lab.onExit().join();
        }
    }

    @Test
    void theTourRunsToItsEndAndShowsAChartAndATable() {
        try (Chromium chromium = new Chromium()) {
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 2400));
            page.setDefaultTimeout(PATIENCE_MILLIS);
            AtomicBoolean ready = kernelOf(page);
            page.navigate(url.replace("/lab?", "/lab/tree/" + TOUR + "?"));
            try {
                page.waitForCondition(ready::get);
                runAllCells(page);
            } finally {
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of("target/00-tour.png"))
                        .setFullPage(true));
            }

            assertThat(page.locator("[data-mime-type='application/vnd.jupyter.error']")
                            .count())
                    .as("errors")
                    .isZero();
            assertThat(page.locator("[data-mime-type='application/vnd.jupyter.stderr']")
                            .count())
                    .as("standard error")
                    .isZero();
            assertThat(page.getByText("Would you like to get notified").count())
                    .as("questions")
                    .isZero();
        }
    }

    /**
     * Returns what becomes true when the kernel has said who it is. Before, JupyterLab says that it is idle and loses
     * what it is told to run.
     */
    private static AtomicBoolean kernelOf(Page page) {
        AtomicBoolean ready = new AtomicBoolean();
        page.onWebSocket(socket -> socket.onFrameReceived(frame -> {
            String message = frame.text() != null ? frame.text() : new String(frame.binary(), ISO_8859_1);
            if (message.contains("kernel_info_reply")) {
                ready.set(true);
            }
        }));
        return ready;
    }

    private static void runAllCells(Page page) {
        page.locator(".jp-Notebook .jp-CodeCell").first().waitFor();
        page.getByRole(
                        AriaRole.MENUITEM,
                        new Page.GetByRoleOptions().setName("Run").setExact(true))
                .click();
        page.getByText("Run All Cells", new Page.GetByTextOptions().setExact(true))
                .click();
        Locator lastPrompt = page.locator(".jp-CodeCell .jp-InputPrompt").last();
        lastPrompt.and(page.locator("text=/\\[\\d+\\]:/")).waitFor();
        page.locator(".jp-RenderedImage img").first().waitFor();
        page.locator(".jp-RenderedHTMLCommon.jp-OutputArea-output table")
                .first()
                .waitFor();
        page.locator(IDLE).waitFor();
    }
}
