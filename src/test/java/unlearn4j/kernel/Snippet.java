package unlearn4j.kernel;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A piece of Java that some text shows. It is compiled as a cell is, with the notebook's imports, and not run; a program,
 * which has imports and a class of its own, is compiled as it stands.
 *
 * @param from the file that shows it
 * @param code the Java
 */
record Snippet(Path from, String code) {
    private static final Pattern FENCED = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern DOCUMENTED = Pattern.compile("<pre>\\{@code\n(.*?)\n *\\* *}</pre>", Pattern.DOTALL);

    private static final Pattern PROGRAM =
            Pattern.compile("\\Aimport .*?^(?:public )?class (\\w+)", Pattern.DOTALL | Pattern.MULTILINE);

    /** What an example may take as given. */
    private static final String GIVEN =
            "static Dataset data; static Classifier model; static Umig umig; static Comparison compared;";

    /** Returns what a text in Markdown shows as Java. */
    static List<Snippet> ofMarkdown(Path file) throws IOException {
        return FENCED.matcher(Files.readString(file))
                .results()
                .map(block -> new Snippet(file, block.group(1)))
                .toList();
    }

    /** Returns what the Javadoc of a source file shows as {@code <pre>{@code ...}</pre>}. */
    static List<Snippet> ofJavadoc(Path file) throws IOException {
        return DOCUMENTED
                .matcher(Files.readString(file))
                .results()
                .map(block -> new Snippet(file, block.group(1).replaceAll("(?m)^ *\\* ?", "")))
                .toList();
    }

    /** Compiles all of them at once, each in a class of its own; returns what the compiler objects to, file by file. */
    static List<String> errors(List<Snippet> snippets, Path classes) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<JavaFileObject> sources = new ArrayList<>();
        for (int i = 0; i < snippets.size(); i++) {
            sources.add(snippets.get(i).source("Snippet" + i));
        }
        ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        found,
                        List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString()),
                        null,
                        sources)
                .call();
        return found.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> snippets.get(sources.indexOf(one.getSource())).from + ": " + one.getMessage(Locale.ROOT))
                .toList();
    }

    private JavaFileObject source(String name) {
        Matcher program = PROGRAM.matcher(code);
        return program.find() ? source(program.group(1), code) : source(name, asCell(name));
    }

    private String asCell(String name) {
        String imports = Stream.concat(
                        Notebook.TOOLKIT.stream().map(layer -> "unlearn4j." + layer + ".*"),
                        Stream.of(
                                "unlearn4j.fetch.*",
                                "java.nio.file.*",
                                "java.util.*",
                                "java.util.stream.*",
                                "tech.tablesaw.api.*",
                                "static unlearn4j.kernel.Notebook.show"))
                .map(one -> "import " + one + ";")
                .collect(Collectors.joining(" "));
        return imports + " class " + name + " { " + GIVEN + " static void run() throws Exception {\n" + code + "\n} }";
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
