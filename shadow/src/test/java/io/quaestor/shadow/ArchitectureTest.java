package io.quaestor.shadow;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The arrows between modules: shadow -> http -> actors -> persistence -> kernel, nothing points
 * back. It stands in the first of them, where all classes are.
 */
@AnalyzeClasses(packages = "io.quaestor", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule arrowsPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("shadow")
          .definedBy("io.quaestor.shadow..")
          .layer("http")
          .definedBy("io.quaestor.http..")
          .layer("actors")
          .definedBy("io.quaestor.actors..")
          .layer("persistence")
          .definedBy("io.quaestor.persistence..")
          .layer("kernel")
          .definedBy("io.quaestor.kernel..")
          .whereLayer("shadow")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("shadow")
          .whereLayer("actors")
          .mayOnlyBeAccessedByLayers("http")
          .whereLayer("persistence")
          .mayOnlyBeAccessedByLayers("http", "actors")
          .whereLayer("kernel")
          .mayOnlyBeAccessedByLayers("shadow", "http", "actors", "persistence");

  @ArchTest
  static final ArchRule kernelIsPure =
      noClasses()
          .that()
          .resideInAPackage("io.quaestor.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.pekko..",
              "com.fasterxml..",
              "com.typesafe..",
              "java.io..",
              "java.nio..",
              "java.net..",
              "java.sql..");

  @ArchTest
  static final ArchRule kernelHasNoClockAndNoChance =
      noClasses()
          .that()
          .resideInAPackage("io.quaestor.kernel..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(
              java.util.Random.class,
              java.util.concurrent.ThreadLocalRandom.class,
              java.security.SecureRandom.class);

  /** What is decided, and what money is. Learning computes in StrictMath and keeps integers. */
  @ArchTest
  static final ArchRule kernelHasNoFloatingPoint =
      noFields()
          .that()
          .areDeclaredInClassesThat(
              resideInAPackage("io.quaestor.kernel..")
                  .and(not(resideInAPackage("io.quaestor.kernel.learning.."))))
          .should()
          .haveRawType(double.class)
          .orShould()
          .haveRawType(float.class);

  @ArchTest
  static final ArchRule learningKeepsNoFloatingPoint =
      noFields()
          .that()
          .areNotStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage("io.quaestor.kernel.learning..")
          .should()
          .haveRawType(double.class)
          .orShould()
          .haveRawType(float.class);

  /** Unlike Math, the same bits on every machine. */
  @ArchTest
  static final ArchRule kernelDoesStrictMathOnly =
      noClasses()
          .that()
          .resideInAPackage("io.quaestor.kernel..")
          .should()
          .callMethodWhere(
              target(owner(equivalentTo(Math.class)))
                  .and(target(nameMatching("exp|log|pow|sin|cos|tan|cbrt|sinh|cosh|tanh|log10"))));

  @ArchTest
  static final ArchRule persistenceKnowsNoTypedActors =
      noClasses()
          .that()
          .resideInAPackage("io.quaestor.persistence..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko.actor.typed..", "org.apache.pekko.http..");
}
