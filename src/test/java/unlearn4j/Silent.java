package unlearn4j;

import java.io.PrintStream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import unlearn4j.core.Screen;
import unlearn4j.core.TextScreen;

/** A test whose progress nobody sees. */
public final class Silent implements BeforeEachCallback, AfterEachCallback {
    private Screen before;

    @Override
    public void beforeEach(ExtensionContext test) {
        before = Screen.current();
        Screen.use(new TextScreen(new PrintStream(PrintStream.nullOutputStream())));
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Screen.use(before);
    }
}
