package unlearn4j.kernel;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import unlearn4j.core.Screen;

/** What every cell has without asking: the toolkit's imports, its renderers, its screen and {@link #show}. */
public final class Notebook implements Extension {
    static final List<String> TOOLKIT = List.of(
            "core",
            "data",
            "model",
            "train",
            "hdus",
            "umig",
            "lineage",
            "fisher",
            "unlearn",
            "audit",
            "experiment",
            "report",
            "ledger",
            "store");
    /** JJava itself imports {@code java.util}, {@code java.io}, {@code java.time} and a few more. */
    private static final List<String> LIBRARIES = List.of(
            "java.nio.file.*",
            "java.util.function.*",
            "java.util.stream.*",
            "tech.tablesaw.api.*",
            "org.knowm.xchart.*",
            "static unlearn4j.kernel.Notebook.show");

    /** Made by the kernel, which finds this class as a service. */
    public Notebook() {}

    /** Shows a value in the output, at any place in a cell: a table, a chart, anything else by its {@code toString}. */
    public static void show(Object value) {
        Screen.current().show(value);
    }

    @Override
    public void install(BaseKernel kernel) {
        Logger.getLogger("").setLevel(Level.WARNING);
        CellIo.give(kernel);
        Requests.take(kernel);
        Renderers.register(kernel.getRenderer());
        Screen.use(new CellScreen(kernel));
        kernel.getMagicsRegistry().registerLineMagic("vars", (jjava, words) -> Variables.table(Inside.shell(jjava)));
        kernel.evalRaw(imports());
    }

    /** A package without a class would be refused, so only those that are there are named. */
    static String imports() {
        return Stream.concat(
                        TOOLKIT.stream()
                                .filter(name -> Notebook.class.getResource("/unlearn4j/" + name + "/") != null)
                                .map(name -> "unlearn4j." + name + ".*"),
                        LIBRARIES.stream())
                .map(name -> "import " + name + ";\n")
                .collect(Collectors.joining());
    }
}
