package dev.corral.architecture;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A walk through the code as a Mermaid sequence diagram, and what it is checked against. */
final class WalkPicture {
    private WalkPicture() {}

    static String mermaid(List<ArchitecturePageTest.Step> walk) {
        StringBuilder text = new StringBuilder("sequenceDiagram\n");
        for (ArchitecturePageTest.Step step : walk) {
            text.append("  ")
                    .append(name(step.from()))
                    .append("->>")
                    .append(name(step.to()))
                    .append(": ")
                    .append(step.method())
                    .append("()\n");
        }
        return text.toString();
    }

    /** The methods of one class that another calls or hands on, itself or in a class within it, by its own name or an interface's. */
    static Set<String> calls(JavaClasses classes, JavaClass from, String to) {
        JavaClass target = classes.get("dev.corral." + to);
        Set<String> methods = new TreeSet<>();
        for (JavaClass type : classes) {
            if (type.equals(from) || type.getName().startsWith(from.getName() + "$")) {
                Stream.concat(type.getMethodCallsFromSelf().stream(), type.getMethodReferencesFromSelf().stream())
                        .map(access -> (AccessTarget.CodeUnitAccessTarget) access.getTarget())
                        .filter(called ->
                                target.isAssignableTo(called.getOwner().getName())
                                        || called.getOwner().isAssignableTo(target.getName()))
                        .forEach(called -> methods.add(called.getName()));
            }
        }
        return methods;
    }

    private static String name(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
