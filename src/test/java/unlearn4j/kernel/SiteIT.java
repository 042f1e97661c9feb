package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The site of what {@link NotebooksIT} has run, as a browser shows it. */
class SiteIT {
    private static final Path EXECUTED = Path.of("target/notebooks");
    private static final Path SITE = Path.of("target/site").toAbsolutePath();
    private static final String LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)";
    private static final String IDS = "() => [...document.querySelectorAll('[id]')].map(element => element.id)";
    private static final String TOO_WIDE =
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

    private static final List<String> asked = new ArrayList<>();
    private static Chromium chromium;
    private static Page page;

    @BeforeAll
    static void makeTheSite() throws Exception {
        Kernel.assertInstalled();
        assertThat(EXECUTED)
                .withFailMessage("NotebooksIT leaves what this test needs: run it first")
                .isNotEmptyDirectory();
        Process process = new ProcessBuilder("kernel-setup/site", EXECUTED.toString(), "--out", SITE.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        chromium = new Chromium();
        page = chromium.browser().newPage();
        page.onRequest(request -> asked.add(request.url()));
        page.onRequestFailed(request -> asked.add("failed: " + request.url()));
    }

    @AfterAll
    static void closeTheBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    /** Ours, and of the Javadoc's hundreds the first. */
    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(SITE)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .filter(file -> !file.startsWith(SITE.resolve("javadoc")) || file.endsWith("javadoc/index.html"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void eachPageIsWholeAndAsWideAsTheWindow() throws IOException {
        Map<Path, List<String>> ids = new HashMap<>();
        Map<Path, List<String>> links = new HashMap<>();
        List<String> wide = new ArrayList<>();
        for (Path file : pages()) {
            page.setViewportSize(1400, 900);
            page.navigate(file.toUri().toString());
            ids.put(file, strings(IDS));
            links.put(file, strings(LINKS));
            for (int width : new int[] {1400, 400}) {
                page.setViewportSize(width, 900);
                int over = (int) page.evaluate(TOO_WIDE);
                if (over > 0 && !file.startsWith(SITE.resolve("javadoc"))) {
                    wide.add(SITE.relativize(file) + " at " + width + ": " + over + " pixels over");
                }
            }
        }
        assertThat(asked)
                .hasSizeGreaterThan(pages().size())
                .allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
        assertThat(wide).as("pages that scroll sideways").isEmpty();
        assertThat(links.keySet()).hasSizeGreaterThan(20);
        List<String> broken = new ArrayList<>();
        links.forEach((from, to) -> to.stream()
                .filter(link -> link.startsWith("file:"))
                .filter(link -> !leadsSomewhere(URI.create(link), ids))
                .forEach(link -> broken.add(SITE.relativize(from) + " -> " + link)));
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(URI link, Map<Path, List<String>> ids) {
        Path file = Path.of(link.getPath());
        String fragment = link.getFragment();
        return Files.isRegularFile(file)
                && (fragment == null
                        || fragment.isEmpty()
                        || !ids.containsKey(file)
                        || ids.get(file).contains(fragment));
    }

    @Test
    void eachExecutedNotebookIsThereWithItsOutputs() throws IOException {
        List<String> notebooks = NotebooksIT.notebooks().stream()
                .map(notebook -> notebook.getFileName().toString())
                .filter(notebook -> Files.exists(EXECUTED.resolve(notebook)))
                .toList();
        assertThat(notebooks).isNotEmpty();
        page.navigate(SITE.resolve("index.html").toUri().toString());
        for (String notebook : notebooks) {
            String html = "notebooks/" + notebook.replace(".ipynb", ".html");
            assertThat(page.locator("article a[href='" + html + "']").count())
                    .as(html)
                    .isOne();
            assertThat(SITE.resolve(html)).content().contains("cell_output");
        }
        assertThat(page.locator("article tbody tr").first().innerText()).contains("SMOKE");
    }

    @Test
    void searchFindsANotebookAndTheLedger() {
        page.navigate(SITE.resolve("search.html").toUri() + "?q=tour");
        page.locator("#search-results li a[href*='00-tour']").first().waitFor();
        page.navigate(SITE.resolve("search.html").toUri() + "?q=ledger");
        page.locator("#search-results li a[href*='reproduction']").first().waitFor();
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(String script) {
        return (List<String>) page.evaluate(script);
    }
}
