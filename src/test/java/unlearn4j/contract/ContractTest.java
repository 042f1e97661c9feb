package unlearn4j.contract;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.OneLine;

/**
 * What every public method and constructor of the toolkit promises, found by reflection: called with good arguments but for
 * one, it does its work or refuses in one line that a user understands, and null it refuses always. A new method is tried
 * without being named here; where one of its parameters is of a type that {@link Samples} has no value for, it needs one.
 */
class ContractTest {
    /** What is not called, each with a reason. */
    private static final Map<String, String> NOT_CALLED = Map.of(
            "Fetch.main", "it ends the process: FetchTest tries its words",
            "Notebook.install", "the kernel calls it, with itself",
            "ModelSpecJson.serialize", "Gson calls it",
            "ModelSpecJson.deserialize", "Gson calls it",
            "Archive.Visitor.entry", "a caller's own code",
            "Evaluator.BatchUse.accept", "a caller's own code",
            "Gradients.Pull.at", "a caller's own code",
            "Gradients.Use.accept", "a caller's own code",
            "Functionality.Setup.train", "a caller's own code",
            "Reproduction.Graphs.trained", "a caller's own code");
    /** Methods and parameters, patterns, that null may come in, each with a reason. */
    private static final Map<String, String> MAY_BE_NULL = Map.of(
            "Check\\..*|Refusal\\..*", "the checks themselves: what they are given stands in the toolkit's own code",
            "(Data|Fetch|Training)Exception\\.new .*|Interrupted\\..*", "an error must not be lost in making it",
            "(Screen|TextScreen|Notebook)\\.show value", "null is shown as what it is",
            "Scale\\.pick .*", "null may be what is chosen",
            "Verdicts\\.(claim|fact) values", "null may be what was measured",
            "(Fetcher|Scale)\\.from environment", "variables of other programs are not looked at",
            "TrainingPlan\\.graph models", "models of no node are passed over",
            "Measurements\\.over things", "things are the caller's own, and go to the caller's function");
    /** Whose good arguments are refused all the same, each with a reason. */
    private static final Map<String, String> NOTHING_AT_HAND = Map.of(
            "Fetcher.fetch", "there is no data set to fetch",
            "Results.compare", "there are no runs in this folder",
            "Spark.store", "Spark is installed on demand: SparkTest tries it",
            "Spark.draw", "Spark is installed on demand: SparkTest tries it",
            "Spark.heads", "Spark is installed on demand: SparkTest tries it",
            "StoredFiun.forget", "Spark is installed on demand: SparkTest tries it");
    /** Long after the slowest call is done on a busy machine: only what never ends takes so long. */
    private static final Duration NEVER = Duration.ofMinutes(5);

    @TempDir
    private static Path folder;

    /** A method or a constructor, and the type that it is called on. */
    private record Call(Class<?> type, Executable method) {
        String name() {
            return method.getDeclaringClass()
                            .getName()
                            .replaceFirst("^unlearn4j\\.\\w+\\.", "")
                            .replace('$', '.')
                    + "." + (method instanceof Constructor ? "new" : method.getName());
        }

        boolean needsReceiver() {
            return method instanceof Method && !Modifier.isStatic(method.getModifiers());
        }

        /** Makes the call with a bad value for one parameter; for none if {@code at} is −1. */
        Optional<Throwable> outcome(int at, Object bad) throws IOException, ReflectiveOperationException {
            Samples samples = new Samples(Files.createTempDirectory(folder, "call"));
            Object[] arguments = new Object[method.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = i == at
                        ? bad
                        : samples.of(method, method.getParameters()[i]).orElseThrow();
            }
            Object receiver = needsReceiver() ? samples.of(type, method).orElseThrow() : null;
            method.setAccessible(true);
            try {
                if (method instanceof Constructor<?> constructor) {
                    constructor.newInstance(arguments);
                } else {
                    ((Method) method).invoke(receiver, arguments);
                }
                return Optional.empty();
            } catch (InvocationTargetException e) {
                return Optional.of(e.getCause());
            }
        }

        @Override
        public String toString() {
            return name()
                    + Arrays.stream(method.getParameterTypes())
                            .map(Class::getSimpleName)
                            .collect(joining(", ", "(", ")"));
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    /** The public ones of a type that have parameters; equals and an enum's valueOf are Java's own. */
    private static Stream<Executable> methods(Class<?> type) {
        Stream<Method> methods = Arrays.stream(type.getMethods())
                .filter(method -> !method.isSynthetic()
                        && method.getDeclaringClass().getName().startsWith("unlearn4j."))
                .filter(method -> !method.getName().equals("equals"))
                .filter(method -> !type.isEnum() || !method.getName().equals("valueOf"));
        Stream<Constructor<?>> constructors =
                Modifier.isAbstract(type.getModifiers()) ? Stream.of() : Arrays.stream(type.getConstructors());
        return Stream.concat(constructors, methods).filter(method -> method.getParameterCount() > 0);
    }

    private static List<Call> calls() {
        Map<Executable, Call> calls = new LinkedHashMap<>();
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("unlearn4j").stream()
                        .map(JavaClass::reflect)
                        .filter(ContractTest::isPublic)
                        .sorted(Comparator.comparing(Class::getName))
                        .forEach(type -> methods(type)
                                // A public class inherits those of one that is not.
                                .filter(method ->
                                        method.getDeclaringClass() == type || !isPublic(method.getDeclaringClass()))
                                .forEach(method -> calls.putIfAbsent(method, new Call(type, method))));
        return calls.values().stream()
                .sorted(Comparator.comparing(Call::toString))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> aWrongArgumentIsRefusedInOneLine() {
        return calls().stream()
                .filter(call -> !NOT_CALLED.containsKey(call.name()))
                .map(call -> DynamicTest.dynamicTest(
                        call.toString(),
                        () -> assertTimeoutPreemptively(
                                NEVER, () -> assertThat(faults(call)).isEmpty())));
    }

    private static List<String> faults(Call call) throws IOException, ReflectiveOperationException {
        Samples samples = new Samples(Files.createTempDirectory(folder, "call"));
        List<String> faults = new ArrayList<>();
        for (Parameter parameter : call.method.getParameters()) {
            if (samples.of(call.method, parameter).isEmpty()) {
                faults.add("Samples has no " + parameter.getParameterizedType() + " " + parameter.getName());
            }
        }
        if (call.needsReceiver() && samples.of(call.type, call.method).isEmpty()) {
            faults.add("Samples has no " + call.type.getName() + " to call it on");
        }
        if (!faults.isEmpty()) {
            return faults;
        }
        if (!NOTHING_AT_HAND.containsKey(call.name())) {
            call.outcome(-1, null).ifPresent(error -> faults.add("good arguments: " + words(error)));
        }
        for (int at = 0; at < call.method.getParameterCount(); at++) {
            Parameter parameter = call.method.getParameters()[at];
            String name = call.name() + " " + parameter.getName();
            boolean mayBeNull = MAY_BE_NULL.keySet().stream().anyMatch(name::matches);
            Object good = samples.of(call.method, parameter).orElseThrow();
            for (BadValue bad : BadValue.of(parameter.getType(), good)) {
                Optional<Throwable> error =
                        bad.isNull() && mayBeNull ? Optional.empty() : call.outcome(at, bad.value());
                if (error.isPresent() && !OneLine.is(error.get())) {
                    faults.add(parameter.getName() + ", " + bad + ": " + words(error.get()));
                } else if (error.isEmpty() && bad.isNull() && !mayBeNull) {
                    faults.add(parameter.getName() + ", " + bad + ": is not refused");
                }
            }
        }
        return faults;
    }

    private static String words(Throwable error) {
        return error + Arrays.stream(error.getStackTrace()).limit(3).toList().toString();
    }
}
