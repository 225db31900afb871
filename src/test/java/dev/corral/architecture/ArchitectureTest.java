package dev.corral.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.corral.console.Console;
import dev.corral.console.WindowOptions;
import dev.corral.core.process.Processes;
import dev.corral.core.process.RunningProcess;
import dev.corral.core.vagrant.Vagrant;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may use what. */
@Tag("unit")
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.corral");

    @Test
    void coreAndCommandLineKnowNoWindow() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.corral.core..", "dev.corral.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "com.techsenger..", "org.fxmisc..", "org.controlsfx.."));
        check(noClasses()
                .that()
                .resideInAPackage("dev.corral.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.corral.console..", "dev.corral.cli.."));
        check(noClasses()
                .that()
                .resideInAPackage("dev.corral.cli..")
                .and()
                .haveSimpleNameNotStartingWith("UiCommand")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.corral.console.."));
        check(noClasses()
                .that()
                .haveSimpleName("UiCommand")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.corral.console..").and(not(oneOf(Console.class, WindowOptions.class)))));
        check(noClasses()
                .that()
                .resideInAPackage("dev.corral.console..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.corral.cli.."));
    }

    @Test
    void theDockKnowsNoKindOfTab() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.corral.console.dock")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.corral.console.dock.tabs..", "dev.corral.console.terminal..", "dev.corral.core.app.."));
    }

    @Test
    void processesStartInOnePlace() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.corral.core.process")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ProcessBuilder.class.getName()));
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.corral.core.process")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.zeroturnaround.."));
        check(noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "Runtime.exec",
                        call -> call.getTargetOwner().isEquivalentTo(Runtime.class)
                                && call.getName().equals("exec"))));
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.corral.core.process",
                        "dev.corral.core.vagrant..",
                        "dev.corral.core.hypervisor..",
                        "dev.corral.core.inspect..",
                        "dev.corral.core.doctor")
                .and()
                .haveSimpleNameNotStartingWith("Destroyer")
                .and()
                .haveSimpleNameNotStartingWith("SshConfigText")
                .should()
                .dependOnClassesThat(oneOf(Processes.class, RunningProcess.class)));
    }

    @Test
    void vagrantStartsInOnePlace() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.corral.core.vagrant",
                        "dev.corral.core.operation..",
                        "dev.corral.core.machine",
                        "dev.corral.core.cleanup",
                        "dev.corral.core.app",
                        "dev.corral.core.doctor",
                        "dev.corral.core.vagrantfile")
                .should()
                .dependOnClassesThat(oneOf(Vagrant.class)));
    }

    @Test
    void onlyTheCommandLinePrints() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.corral.cli..")
                .should()
                .accessField(System.class, "out"));
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.corral.cli..")
                .should()
                .accessField(System.class, "err"));
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.corral.cli..")
                .should()
                .callMethod(Throwable.class, "printStackTrace"));
    }

    @Test
    void oneClassHopsToTheWindowsThread() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.corral.console.fx.FxThread")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "Platform.runLater",
                        call -> call.getTargetOwner().getName().equals("javafx.application.Platform")
                                && call.getName().equals("runLater"))));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.corral.core.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("dev.corral.console.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("dev.corral.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theRootsOnlyPutTogether() {
        // What everybody needs must not lie where everything is tied together, or all packages become one knot.
        check(noClasses()
                .that()
                .resideInAPackage("dev.corral.console.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.corral.console"));
        check(noClasses()
                .that()
                .resideInAPackage("dev.corral.core.(*)..")
                .and()
                .resideOutsideOfPackage("dev.corral.core.app")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.corral.core.app"));
        assertThat(CLASSES.that(resideInAPackage("dev.corral.core")))
                .as("classes in the core's root")
                .isEmpty();
    }

    @Test
    void theRulesHoldForSomething() {
        // A rule over packages that were renamed would hold for ever.
        for (String name : new String[] {
            "core.process",
            "core.vagrant",
            "core.sandbox",
            "core.hypervisor",
            "core.inventory",
            "core.ssh",
            "core.inspect",
            "core.app",
            "core.base",
            "core.machine",
            "core.operation",
            "core.cleanup",
            "core.doctor",
            "core.vagrantfile",
            "cli",
            "console"
        }) {
            assertThat(CLASSES.that(resideInAnyPackage("dev.corral." + name + "..")))
                    .as("classes in dev.corral.%s", name)
                    .isNotEmpty();
        }
        assertThat(CLASSES.that(nameMatching("dev\\.corral\\.console\\.fx\\.FxThread")))
                .isNotEmpty();
    }

    private static DescribedPredicate<JavaClass> oneOf(Class<?>... types) {
        return DescribedPredicate.describe(
                "one of " + Arrays.toString(types), type -> Arrays.stream(types).anyMatch(type::isEquivalentTo));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(CLASSES);
    }
}
