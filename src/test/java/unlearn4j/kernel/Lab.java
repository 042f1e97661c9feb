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

/** JupyterLab on this machine, with copies of notebooks, and a browser that looks at it. */
final class Lab implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/lab\\S*token=\\S+");
    private static final String IDLE = ".jp-Notebook-ExecutionIndicator[data-status='idle']";
    private static final double PATIENCE_MILLIS = 90_000;

    private final Process server;
    private final Chromium chromium;
    private final Path pictures;
    private String url;

    /**
     * Starts both.
     *
     * @param home a new folder
     * @param log where the server's log goes
     * @param notebooks names of notebooks, copies of which are there: JupyterLab saves what it has run
     */
    Lab(Path home, Path log, String... notebooks) throws IOException {
        Kernel.assertInstalled();
        Path root = Files.createDirectory(home.resolve("root"));
        for (String notebook : notebooks) {
            Files.copy(Path.of("notebooks", notebook), root.resolve(notebook));
        }
        ProcessBuilder builder = new ProcessBuilder(
                        "kernel-setup/lab",
                        "--no-browser",
                        "--port=0",
                        "--allow-root",
                        "--ServerApp.root_dir=" + root,
                        "--LabApp.workspaces_dir=" + home)
                .redirectErrorStream(true);
        builder.environment().putAll(Map.of("UNLEARN4J_SCALE", "SMOKE", "JUPYTER_CONFIG_DIR", home.toString()));
        server = builder.start();
        StringBuilder said = new StringBuilder();
        BufferedReader lines = server.inputReader();
        for (String line = lines.readLine(); line != null && url == null; line = lines.readLine()) {
            said.append(line).append('\n');
            Matcher matcher = URL.matcher(line);
            url = matcher.find() ? matcher.group() : null;
        }
        assertThat(url).as(said.toString()).isNotNull();
        Thread reader = new Thread(() -> readOn(lines, log), "JupyterLab's log");
        reader.setDaemon(true);
        reader.start();
        pictures = log.toAbsolutePath().getParent();
        chromium = new Chromium();
    }

    /** JupyterLab would stand still if nobody read its log. */
    private static void readOn(BufferedReader lines, Path to) {
        try (Writer log = Files.newBufferedWriter(to)) {
            lines.transferTo(log);
        } catch (IOException closed) {
            // The test is over.
        }
    }

    /** Opens a notebook, when its kernel has said who it is: before, JupyterLab loses what it is told to run. */
    Page open(String notebook) {
        Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 2400));
        page.setDefaultTimeout(PATIENCE_MILLIS);
        AtomicBoolean ready = new AtomicBoolean();
        page.onWebSocket(socket -> socket.onFrameReceived(frame -> {
            String message = frame.text() != null ? frame.text() : new String(frame.binary(), ISO_8859_1);
            if (message.contains("kernel_info_reply")) {
                ready.set(true);
            }
        }));
        page.navigate(url.replace("/lab?", "/lab/tree/" + notebook + "?"));
        page.waitForCondition(ready::get);
        page.locator(".jp-Notebook .jp-CodeCell").first().waitFor();
        return page;
    }

    /** Chooses from the menu Run. */
    static void run(Page page, String what) {
        page.getByRole(
                        AriaRole.MENUITEM,
                        new Page.GetByRoleOptions().setName("Run").setExact(true))
                .click();
        page.getByText(what, new Page.GetByTextOptions().setExact(true)).click();
    }

    /** Waits until all that was asked for is done. */
    static void rest(Page page) {
        page.locator(IDLE).waitFor();
    }

    /** Returns the cell that has these words in its code. */
    static Locator cell(Page page, String words) {
        return page.locator(".jp-CodeCell", new Page.LocatorOptions().setHasText(words));
    }

    /** Puts other code into a cell and runs it. */
    static void rewrite(Page page, Locator cell, String code) {
        cell.locator(".cm-content").click();
        page.keyboard().press("ControlOrMeta+a");
        page.keyboard().insertText(code);
        page.keyboard().press("ControlOrMeta+Enter");
    }

    /** Leaves a picture of the page for whoever looks. */
    void photograph(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setPath(pictures.resolve(name)).setFullPage(true));
    }

    @Override
    public void close() {
        chromium.close();
        server.destroy();
        server.onExit().join();
    }
}
