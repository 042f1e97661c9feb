package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The kernel in VS Code, by what its Jupyter extension asks. */
class VsCodeIT {
    @Test
    void theKernelAnswersWhatTheExtensionAsks() throws Exception {
        Kernel.assertInstalled();
        Process process = new ProcessBuilder(
                        Kernel.PYTHON.toString(), "-m", "unittest", "-v", "src/test/python/test_vs_code.py")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }
}
