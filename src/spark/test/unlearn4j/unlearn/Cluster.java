package unlearn4j.unlearn;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A standalone cluster of processes of their own on this machine, from the jars that the tests run with. */
final class Cluster implements AutoCloseable {
    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");
    private static final List<String> CLASS_PATH =
            Arrays.asList(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator));

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final List<Process> workers = new ArrayList<>();
    private final String url;

    /** Starts a master and workers of one core, and waits until all are registered. */
    Cluster(Path folder, int count) throws IOException, InterruptedException {
        this.folder = folder;
        Path jars = Files.createDirectories(folder.resolve("spark/jars"));
        for (String jar : CLASS_PATH) {
            if (jar.endsWith(".jar")) {
                Path link = jars.resolve(Path.of(jar).getFileName());
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, Path.of(jar));
            }
        }
        url = said(start("org.apache.spark.deploy.master.Master", "--port", "0"), MASTER)
                .group(1);
        List<BlockingQueue<String>> said = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            said.add(start(
                    "org.apache.spark.deploy.worker.Worker",
                    "--port",
                    "0",
                    "--cores",
                    "1",
                    "--memory",
                    "512M",
                    "--work-dir",
                    folder.resolve("work-" + i).toString(),
                    url));
            workers.add(processes.get(processes.size() - 1));
        }
        for (BlockingQueue<String> each : said) {
            said(each, REGISTERED);
        }
    }

    /** Returns the folders of classes, which the machines see too. */
    static String classes() {
        return CLASS_PATH.stream()
                .filter(path -> !path.endsWith(".jar"))
                .map(path -> Path.of(path).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    String url() {
        return url;
    }

    private BlockingQueue<String> start(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                folder.resolve("spark/jars") + "/*"));
        command.addAll(Arrays.asList(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptions()
                .split(" ")));
        command.addAll(List.of(main, "--host", "127.0.0.1", "--webui-port", "0"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Process process = builder.start();
        processes.add(process);
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> {
            try (BufferedReader output = process.inputReader()) {
                output.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add("ended: " + e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    private static Matcher said(BlockingQueue<String> lines, Pattern what) throws InterruptedException {
        StringBuilder all = new StringBuilder();
        while (true) {
            String line = lines.poll(2, TimeUnit.MINUTES);
            if (line == null) {
                throw new AssertionError("never said " + what + " but: " + all);
            }
            all.append(line).append('\n');
            Matcher matcher = what.matcher(line);
            if (matcher.find()) {
                return matcher;
            }
        }
    }

    /** Kills the worker whose executor it is, and the executor. */
    boolean killWorkerOf(String executor) {
        for (Process worker : workers) {
            List<ProcessHandle> executors = worker.descendants().toList();
            if (executors.stream()
                    .anyMatch(
                            each -> each.info().commandLine().orElse("").contains("--executor-id " + executor + " "))) {
                worker.destroyForcibly();
                executors.forEach(ProcessHandle::destroyForcibly);
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        List<ProcessHandle> all = processes.stream()
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }
}
