package unlearn4j.kernel;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What the toolkit's Javadoc says of a class, a method or a constant, read from the sources that come in the jar. */
final class Javadoc extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final List<String> path;
    /** Types of the method's parameters; null if it is no method. */
    private final List<String> parameters;

    private final List<String> inside = new ArrayList<>();
    private String found;

    private Javadoc(DocTrees docs, List<String> path, List<String> parameters) {
        this.docs = docs;
        this.path = path;
        this.parameters = parameters;
    }

    /**
     * Returns what is said of a signature as JShell words it, such as {@code Labels unlearn4j.data.Labels.of(int... labels)}
     * or {@code unlearn4j.umig.Umig}; of a variable, {@code umig:unlearn4j.umig.Umig}, what its class is.
     */
    static Optional<String> of(String signature) {
        String plain = signature.lines().findFirst().orElse("");
        while (!plain.equals(plain.replaceAll("<[^<>]*>", ""))) {
            plain = plain.replaceAll("<[^<>]*>", "");
        }
        int open = plain.lastIndexOf('(');
        // Java 25 names a record with its components, Labels(SortedSet values).of(int... labels).
        String head = open < 0 ? plain : plain.substring(0, open).replaceAll("\\([^()]*\\)", "");
        String name = head.matches("\\w+:.*") ? head.substring(head.indexOf(':') + 1) : head.replaceAll(":.*", "");
        List<String> path = Arrays.stream(
                        name.substring(name.lastIndexOf(' ') + 1).split("\\."))
                .dropWhile(part -> part.isEmpty() || Character.isLowerCase(part.charAt(0)))
                .toList();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        List<String> parameters = open < 0 ? null : types(plain.substring(open + 1, plain.lastIndexOf(')')));
        return source(path.get(0)).map(source -> read(source, path, parameters));
    }

    private static List<String> types(String parameters) {
        return Arrays.stream(parameters.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(one -> simple(one.replaceAll(" \\w+$", "")))
                .toList();
    }

    private static String simple(String type) {
        return type.replaceAll("<.*>", "").replace("...", "[]").replaceAll("^.*\\.", "");
    }

    private static Optional<String> source(String type) {
        return Notebook.TOOLKIT.stream()
                .map(name -> Notebook.class.getResourceAsStream(
                        "/META-INF/sources/unlearn4j/" + name + "/" + type + ".java"))
                .filter(stream -> stream != null)
                .findFirst()
                .map(stream -> {
                    try (InputStream closed = stream) {
                        return new String(closed.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static String read(String source, List<String> path, List<String> parameters) {
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return source;
                    }
                };
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, List.of(file));
        Javadoc javadoc = new Javadoc(DocTrees.instance(task), path, parameters);
        try {
            for (CompilationUnitTree unit : task.parse()) {
                javadoc.scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return javadoc.found;
    }

    @Override
    public Void visitClass(ClassTree type, Void none) {
        inside.add(type.getSimpleName().toString());
        if (inside.equals(path)) {
            take(getCurrentPath());
        } else if (inside.equals(path.subList(0, path.size() - 1)) && type.getKind() == Tree.Kind.RECORD) {
            component(path.get(path.size() - 1));
        }
        super.visitClass(type, none);
        inside.remove(inside.size() - 1);
        return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
        boolean constructor = method.getName().contentEquals("<init>") && inside.equals(path);
        if (parameters != null && (constructor || member(method.getName().toString()))) {
            List<String> types = method.getParameters().stream()
                    .map(one -> simple(one.getType().toString()))
                    .toList();
            if (types.equals(parameters)) {
                take(getCurrentPath());
            }
        }
        return null;
    }

    @Override
    public Void visitVariable(VariableTree variable, Void none) {
        if (parameters == null && member(variable.getName().toString())) {
            take(getCurrentPath());
        }
        return null;
    }

    private boolean member(String name) {
        return path.size() == inside.size() + 1
                && path.subList(0, inside.size()).equals(inside)
                && path.get(inside.size()).equals(name);
    }

    private void take(TreePath at) {
        DocCommentTree comment = docs.getDocCommentTree(at);
        if (comment == null) {
            return;
        }
        List<String> lines = new ArrayList<>(List.of(text(comment.getFullBody())));
        for (DocTree tag : comment.getBlockTags()) {
            if (tag instanceof ParamTree parameter && !parameter.isTypeParameter()) {
                lines.add("  " + parameter.getName() + ": " + text(parameter.getDescription()));
            } else if (tag instanceof ReturnTree returned) {
                lines.add("  returns " + text(returned.getDescription()));
            } else if (tag instanceof ThrowsTree thrown) {
                lines.add("  throws " + thrown.getExceptionName() + " " + text(thrown.getDescription()));
            }
        }
        found = String.join("\n", lines).strip();
    }

    /** A record's accessor has no Javadoc, but the record's has a line for it. */
    private void component(String name) {
        DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
        if (comment != null) {
            comment.getBlockTags().stream()
                    .filter(tag -> tag instanceof ParamTree parameter
                            && parameter.getName().toString().equals(name))
                    .findFirst()
                    .ifPresent(tag -> found = text(((ParamTree) tag).getDescription()));
        }
    }

    private static String text(List<? extends DocTree> parts) {
        return parts.stream()
                .map(DocTree::toString)
                .collect(Collectors.joining())
                .replaceAll("\\{@(?:code|literal|value)\\s+([^{}]*)}", "$1")
                .replaceAll("\\{@link(?:plain)?\\s+[^\\s{}]+\\s+([^{}]*)}", "$1")
                .replaceAll("\\{@link(?:plain)?\\s+#?([^\\s{}]+)}", "$1")
                .replaceAll("\\{@\\w+}", "")
                .replaceAll("\\s+", " ")
                .replaceAll(" ?<p> ?", "\n")
                .replaceAll(" ?<(?:li|pre)> ?", "\n- ")
                .replaceAll("</?\\w+[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .strip();
    }
}
