package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JupyterLab in a browser, as a student and a researcher meet it. */
class LabIT {
    private static final String TOUR = "00-tour.ipynb";
    /** JupyterLab shows an exception like what is printed to standard error. */
    private static final String ERRORS = "[data-mime-type='application/vnd.jupyter.stderr']";

    private static final String TRAINING =
            """
            var images = Datasets.fashionMnistSample().sample(60, 100, 7);
            var untrained = Classifier.create(ResNet.SMALL, images.train(), 1);
            var training = Training.of(untrained, images.train(), TrainingConfig.DEFAULT.epochs(60));
            training.run()""";
    /** The first of CONTRIBUTING's methods, in a cell. */
    private static final String OWN =
            """
            class Half extends UnlearningMethod<Half> {
                Half(Umig umig) { super(umig); }
                protected NodeWeights unlearn(ModelNode node, UnlearningGraph unlearning) {
                    var head = node.model().head();
                    var weight = head.weight().clone();
                    for (int i = 0; i < weight.length; i++) weight[i] /= 2;
                    return NodeWeights.of(new Head(head.classes(), head.features(), weight, head.bias()));
                }
            }
            var umig = Umig.incremental(images).first(8).step(1).models(2).model(ResNet.SMALL)
                    .training(TrainingConfig.DEFAULT.epochs(1).batchSize(16)).seed(3).train();
            Comparison.of().method("FIUn", Fiun::on).method("Half", Half::new)
                    .run(umig, Labels.of(1)).beside("AD_r")""";

    private static Lab lab;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        lab = new Lab(home, Path.of("target/lab.log"), TOUR);
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    /** Runs the tour, changes a line, is told what to run again, misspells a name, and asks what a method does. */
    @Test
    void aStudentRunsTheTourAndChangesALine() {
        Page page = lab.open(TOUR);
        try {
            Lab.run(page, "Run All Cells");
            Locator lastPrompt = page.locator(".jp-CodeCell .jp-InputPrompt").last();
            lastPrompt.and(page.locator("text=/\\[\\d+\\]:/")).waitFor();
            page.locator(".jp-RenderedImage img").first().waitFor();
            page.locator(".jp-RenderedHTMLCommon.jp-OutputArea-output table")
                    .first()
                    .waitFor();
            Lab.rest(page);
            lab.photograph(page, "00-tour.png");
            assertThat(page.locator(ERRORS).count()).as("errors").isZero();
            assertThat(page.getByText("Would you like to get notified").count())
                    .as("questions")
                    .isZero();

            Locator request = Lab.cell(page, "forget(Labels.of(5))");
            Lab.rewrite(page, request, "var fiun = Fiun.on(umig.restore()).forget(Labels.of(8));\nfiun.draw();");
            Locator changed = Lab.cell(page, "forget(Labels.of(8))");
            changed.getByText("lost their values").waitFor();
            assertThat(changed.innerText()).contains("Run Selected Cell and All Below");
            lab.photograph(page, "00-tour-changed.png");
            Lab.run(page, "Run Selected Cell and All Below");
            Lab.cell(page, "var forgotten = fiun.evaluate()")
                    .getByText("FIUn, labels 8")
                    .first()
                    .waitFor();
            lastPrompt.and(page.locator("text=/\\[\\d+\\]:/")).waitFor();
            Lab.rest(page);
            assertThat(exceptions(page)).as("exceptions").isZero();

            Lab.rewrite(page, changed, "umig.evaluat()");
            Locator wrong = Lab.cell(page, "umig.evaluat()");
            wrong.getByText("did you mean \"evaluate\"?").first().waitFor();
            wrong.locator(".cm-content").click();
            page.keyboard().press("ControlOrMeta+a");
            page.keyboard().insertText("umig.evaluate");
            page.keyboard().press("Shift+Tab");
            page.locator(".jp-Tooltip").getByText("evaluate").first().waitFor();
            lab.photograph(page, "00-tour-tooltip.png");
        } finally {
            lab.photograph(page, "00-tour-last.png");
            page.close();
        }
    }

    private static int exceptions(Page page) {
        return page.locator(ERRORS, new Page.LocatorOptions().setHasText("Exception"))
                .count();
    }

    /** Stops a long training, goes on with it, and compares a method of their own with ours. */
    @Test
    void aResearcherInterruptsATrainingAndComparesAMethodOfTheirOwn() {
        Page page = lab.open(TOUR);
        try {
            Locator cell = page.locator(".jp-CodeCell").nth(0);
            Lab.rewrite(page, cell, TRAINING);
            cell.getByText(Pattern.compile("epoch \\d+ of 60")).first().waitFor();
            page.getByTitle(Pattern.compile("Interrupt the kernel")).first().click();
            cell.getByText("the same call goes on from there").first().waitFor();
            lab.photograph(page, "researcher-interrupted.png");
            Locator next = page.locator(".jp-CodeCell").nth(1);
            Lab.rewrite(page, next, "training.run();\ntraining.epochsDone()");
            next.locator(".jp-OutputArea-output").getByText("60").first().waitFor();

            Locator own = page.locator(".jp-CodeCell").nth(2);
            Lab.rewrite(page, own, OWN);
            own.locator(".jp-RenderedHTMLCommon table").first().waitFor();
            assertThat(own.innerText()).contains("Half").contains("FIUn");
            assertThat(exceptions(page)).as("exceptions").isZero();
        } finally {
            lab.photograph(page, "researcher-last.png");
            page.close();
        }
    }
}
