package unlearn4j.kernel;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/** The kernel's streams, with what a cell prints {@linkplain Printed gathered}. JJava has no door for it. */
final class CellIo extends JupyterIO {
    private final Printed printed;
    private final Printed errors;

    private CellIo() throws ReflectiveOperationException {
        super(StandardCharsets.UTF_8);
        printed = new Printed(out, this::isAttached);
        errors = new Printed(err, this::isAttached);
        Inside.set(JupyterIO.class, this, "out", new PrintStream(printed, true, StandardCharsets.UTF_8));
        Inside.set(JupyterIO.class, this, "err", new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    /** Gives a kernel these streams; one that is built otherwise keeps its own, and then a flood is dropped. */
    static void give(BaseKernel kernel) {
        try {
            Inside.set(BaseKernel.class, kernel, "io", new CellIo());
        } catch (ReflectiveOperationException e) {
            System.err.println("unlearn4j: this JJava's output can't be gathered, a flood of lines may be lost");
        }
    }

    @Override
    protected void retractEnv(ShellReplyEnvironment cell) {
        printed.end();
        errors.end();
        super.retractEnv(cell);
    }
}
