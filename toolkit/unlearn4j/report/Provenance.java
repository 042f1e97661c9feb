package unlearn4j.report;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import unlearn4j.core.Build;

/** What this program is and what it runs on, as far as it decides a run's numbers. */
final class Provenance {
    private static final String UNKNOWN = "unknown";

    private Provenance() {}

    /** Returns the versions of the libraries that compute and draw, of Java and of the operating system. */
    static Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("unlearn4j", Build.version());
        versions.put("djl", Engine.getDjlVersion());
        versions.put("pytorch", engine().map(Engine::getVersion).orElse(UNKNOWN));
        versions.put("pytorch threads", engine().map(any -> threads()).orElse(UNKNOWN));
        versions.put("tablesaw", Build.version("tech.tablesaw", "tablesaw-core"));
        versions.put("xchart", Build.version("org.knowm.xchart", "xchart"));
        versions.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        versions.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        return versions;
    }

    /** With other numbers of threads the engine adds up in another order, and the last bits differ. */
    private static String threads() {
        String variable = System.getenv("OMP_NUM_THREADS");
        return JniUtils.getNumThreads() + " within an operation, " + JniUtils.getNumInteropThreads() + " between, "
                + (variable == null ? "OMP_NUM_THREADS not set" : "OMP_NUM_THREADS " + variable);
    }

    /** Returns the GPUs' names where the engine computes on GPUs, and the processor's name and threads. */
    static String device() throws IOException {
        String processor = processor() + ", " + Runtime.getRuntime().availableProcessors() + " threads";
        if (engine().map(Engine::getGpuCount).orElse(0) == 0) {
            return processor;
        }
        String gpus = answer("nvidia-smi", "--query-gpu=name", "--format=csv,noheader")
                .map(names -> String.join(" + ", names))
                .orElse("GPU");
        return gpus + "; " + processor;
    }

    /** The engine; none where its native library can't be loaded, which must not cost a result. */
    private static Optional<Engine> engine() {
        try {
            return Optional.of(Engine.getInstance());
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    private static String processor() throws IOException {
        Path linux = Path.of("/proc/cpuinfo");
        if (Files.isReadable(linux)) {
            for (String line : Files.readAllLines(linux)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return answer("sysctl", "-n", "machdep.cpu.brand_string")
                .map(lines -> lines.get(0))
                .orElse(System.getProperty("os.arch"));
    }

    /** The lines that a command prints; none where there is no such command or it fails. */
    private static Optional<List<String>> answer(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(10, TimeUnit.SECONDS);
            List<String> lines = out.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return ended && process.exitValue() == 0 && !lines.isEmpty() ? Optional.of(lines) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
