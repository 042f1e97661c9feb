package unlearn4j;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.audit.FeatureProbe;
import unlearn4j.train.Evaluator;

/** Who may import whom. A new package needs a line in the table. */
class LayersTest {
    /** Each package, and those that it stands on; what these stand on it may import too. */
    static final String TABLE =
            """
            core       :
            fetch      : core
            data       : core fetch
            model      : core
            train      : data model
            hdus       : train
            fisher     : train
            umig       : train
            lineage    : umig
            audit      : train
            unlearn    : fisher umig audit
            store      : unlearn
            experiment : hdus unlearn
            report     : experiment lineage
            kernel     : report store
            ledger     : report
            """;

    private static final Map<String, Set<String>> LAYERS = layers();
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("unlearn4j");

    private static Map<String, Set<String>> layers() {
        Map<String, Set<String>> layers = new LinkedHashMap<>();
        TABLE.lines().map(line -> line.split(":")).forEach(line -> {
            Set<String> allowed = new TreeSet<>();
            if (line.length > 1) {
                Arrays.stream(line[1].strip().split(" +"))
                        .filter(name -> !name.isEmpty())
                        .forEach(name -> {
                            allowed.add(name);
                            allowed.addAll(layers.get(name));
                        });
            }
            layers.put(line[0].strip(), allowed);
        });
        return layers;
    }

    static Stream<String> layerNames() {
        return LAYERS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("layerNames")
    void aPackageImportsOnlyThoseItStandsOn(String layer) {
        List<String> allowed = new ArrayList<>(List.of("unlearn4j." + layer + ".."));
        LAYERS.get(layer).forEach(below -> allowed.add("unlearn4j." + below + ".."));
        check(classes()
                .that()
                .resideInAPackage("unlearn4j." + layer + "..")
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage("unlearn4j..").or(resideInAnyPackage(allowed.toArray(String[]::new)))));
    }

    @Test
    void everyClassIsInAPackageOfTheTable() {
        assertThat(CLASSES).extracting(JavaClass::getPackageName).allSatisfy(name -> assertThat(LAYERS)
                .containsKey(name.replaceFirst("^unlearn4j\\.?([^.]*).*$", "$1")));
    }

    @Test
    void theRulesSeeTheToolkit() {
        assertThat(CLASSES)
                .extracting(JavaClass::getPackageName)
                .contains("unlearn4j.core", "unlearn4j.data", "unlearn4j.train", "unlearn4j.unlearn");
    }

    @Test
    void noPackagesImportOneAnotherInACycle() {
        check(slices().matching("unlearn4j.(**)").should().beFreeOfCycles());
    }

    @Test
    void theCoreStandsOnTheJdkAlone() {
        check(classes()
                .that()
                .resideInAPackage("unlearn4j.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("unlearn4j.core..", "java.."));
    }

    @Test
    void fetchingNeedsTheCoreTheJdkAndCommonsCompress() {
        check(classes()
                .that()
                .resideInAPackage("unlearn4j.fetch..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "unlearn4j.fetch..", "unlearn4j.core..", "java..", "javax..", "org.apache.commons.compress.."));
    }

    @Test
    void tensorsStayWithThoseThatLookIntoNetworks() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "unlearn4j.model..", "unlearn4j.train..", "unlearn4j.fisher..", "unlearn4j.audit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.ndarray.."));
    }

    @Test
    void theInheritanceGraphKnowsNothingOfDjl() {
        check(noClasses()
                .that()
                .resideInAPackage("unlearn4j.umig..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.."));
    }

    @Test
    void onlyTheKernelKnowsJJava() {
        check(noClasses()
                .that(resideOutsideOfPackage("unlearn4j.kernel.."))
                .should()
                .dependOnClassesThat(resideInAPackage("org.dflib..")));
    }

    /** AD_r and AD_f come from {@code audit.Forgetting} and from nowhere else. */
    @Test
    void whatANodeRetainsAndForgetsIsMeasuredInOnePlace() {
        check(noClasses()
                .that()
                .resideInAnyPackage("unlearn4j.unlearn..", "unlearn4j.experiment..", "unlearn4j.report..")
                .should()
                .callMethodWhere(JavaCall.Predicates.target(HasOwner.Predicates.With.owner(
                                JavaClass.Predicates.belongToAnyOf(Evaluator.class, FeatureProbe.class)))
                        .and(JavaCall.Predicates.target(HasName.Predicates.name("evaluate")))));
    }

    /** A package that has no classes yet breaks no rule. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
