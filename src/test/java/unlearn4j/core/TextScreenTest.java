package unlearn4j.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TextScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Screen screen = new TextScreen(new PrintStream(bytes, true, UTF_8));

    private String[] lines() {
        return bytes.toString(UTF_8).split("\\R");
    }

    @Test
    void aValueIsShownByItsText() {
        screen.show(Seed.of(3));
        assertThat(lines()).containsExactly("Seed[value=3]");
    }

    @Test
    void aFloodOfReportsEndsInOneLine() {
        try (Progress progress = screen.progress("training", 100_000, "images")) {
            for (int done = 1; done <= 100_000; done++) {
                progress.note("epoch " + done % 7);
                progress.point("accuracy", done, 50);
                progress.done(done);
            }
        }
        assertThat(lines()).hasSizeLessThan(100);
        assertThat(lines()[lines().length - 1]).matches("training  100,000 images in [0-9.]+ s  epoch 5");
    }

    @Test
    void aPartReportsToTheWholeUnderItsName() {
        try (Progress whole = screen.progress("training", 300, "images");
                Progress part = whole.part("client-2", 200)) {
            part.done(50);
            part.note("epoch 1");
        }
        assertThat(lines()).hasSize(1);
        assertThat(lines()[0]).matches("training  250 images in [0-9.]+ s  client-2: epoch 1");
    }

    @Test
    void anotherScreenCanBePutInUse() {
        Screen before = Screen.current();
        try {
            Screen.use(screen);
            assertThat(Screen.current()).isSameAs(screen);
        } finally {
            Screen.use(before);
        }
    }

    @Test
    void manyDisplaysAreFoldedIntoOneThatCountsThemAll() {
        Screen before = Screen.current();
        Screen.use(screen);
        try {
            String result = Screen.folded("two trainings", "images", () -> {
                for (int i = 1; i <= 2; i++) {
                    try (Progress progress = Screen.current().progress("training " + i, 300, "images")) {
                        progress.note("epoch 1");
                        progress.point("accuracy", 1, 50);
                        progress.done(200);
                        progress.done(300);
                    }
                }
                return "done";
            });
            assertThat(result).isEqualTo("done");
            assertThat(Screen.current()).isSameAs(screen);
        } finally {
            Screen.use(before);
        }
        assertThat(lines()).hasSize(1);
        assertThat(lines()[0]).matches("two trainings  600 images in [0-9.]+ s  training 2, epoch 1");
    }

    @Test
    void afterAFailureTheScreenIsTheOneBefore() {
        Screen before = Screen.current();
        Screen.use(screen);
        try {
            assertThatThrownBy(() -> Screen.folded("a training", "images", () -> {
                        throw new IllegalStateException("failed");
                    }))
                    .hasMessage("failed");
            assertThat(Screen.current()).isSameAs(screen);
        } finally {
            Screen.use(before);
        }
    }
}
