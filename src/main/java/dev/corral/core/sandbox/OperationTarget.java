package dev.corral.core.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operation works on. */
public sealed interface OperationTarget {

    /**
     * A whole sandbox.
     *
     * @param id the sandbox's id
     */
    record Sandbox(String id) implements OperationTarget {}

    /**
     * One machine of a sandbox.
     *
     * @param id   the sandbox's id
     * @param name the machine's full name
     */
    record Machine(String id, String name) implements OperationTarget {}

    /**
     * The plan of a cleanup.
     *
     * @param items how many items it names
     */
    record Plan(int items) implements OperationTarget {}

    /**
     * A sample of a task file.
     *
     * @param id       the sandbox in which it is worked on; empty when it has none yet
     * @param taskFile the file
     * @param task     the eval's name
     * @param sample   the sample's id
     */
    record Sample(String id, String taskFile, String task, String sample) implements OperationTarget {}

    /**
     * Something of this computer that lies in no sandbox: a plugin, a box, a network, a file.
     *
     * @param name what people call it
     */
    record Thing(String name) implements OperationTarget {}

    /** The sandbox's id; empty when it is not about one. */
    default String sandbox() {
        return switch (this) {
            case Sandbox(String id) -> id;
            case Machine(String id, String _) -> id;
            case Plan _, Thing _ -> "";
            case Sample(String id, String _, String _, String _) -> id;
        };
    }

    /** The machine's name; empty when it is not about one alone. */
    default String machine() {
        return this instanceof Machine(String _, String name) ? name : "";
    }

    /** A sandbox, or with a machine's full name that is not empty one machine of it. */
    static OperationTarget of(String sandbox, @Nullable String machine) {
        return machine == null || machine.isEmpty() ? new Sandbox(sandbox) : new Machine(sandbox, machine);
    }

    /** What people read, for instance {@code 9f3c2a1b/db}. */
    default String words() {
        return switch (this) {
            case Sandbox(String id) -> id;
            case Machine(String id, String name) -> id + "/" + name;
            case Plan(int items) -> items == 1 ? "1 item" : items + " items";
            case Sample(String _, String _, String task, String sample) -> task + " · " + sample;
            case Thing(String name) -> name;
        };
    }

    /**
     * The same as a journal has it: the fields that are not null say which it is.
     *
     * @param sandbox  the sandbox's id
     * @param machine  the machine's full name
     * @param items    how many items a plan names
     * @param taskFile the sample's file
     * @param task     its eval
     * @param sample   its id
     * @param thing    what it is about that lies in no sandbox
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Noted(
            @Nullable String sandbox,
            @Nullable String machine,
            @Nullable Integer items,
            @Nullable String taskFile,
            @Nullable String task,
            @Nullable String sample,
            @Nullable String thing) {

        /** The target; a journal of a sandbox that notes none is about that sandbox. */
        public OperationTarget target(String ofSandbox) {
            String id = sandbox == null ? ofSandbox : sandbox;
            return items != null
                    ? new Plan(items)
                    : thing != null
                            ? new Thing(thing)
                            : sample != null
                                    ? new Sample(id, text(taskFile), text(task), sample)
                                    : OperationTarget.of(id, text(machine));
        }

        private static String text(@Nullable String value) {
            return Optional.ofNullable(value).orElse("");
        }
    }

    /** For a journal. */
    default Noted noted() {
        return switch (this) {
            case Sandbox(String id) -> new Noted(id, null, null, null, null, null, null);
            case Machine(String id, String name) -> new Noted(id, name, null, null, null, null, null);
            case Plan(int items) -> new Noted(null, null, items, null, null, null, null);
            case Sample(String id, String file, String task, String sample) ->
                new Noted(id, null, null, file, task, sample, null);
            case Thing(String name) -> new Noted(null, null, null, null, null, null, name);
        };
    }
}
