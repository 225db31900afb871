package dev.corral.console.sandboxes;

import dev.corral.console.sandboxes.files.TaskFile;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inspect.tasks.SandboxSpec;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxVagrantfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a row stands for. */
public sealed interface Subject {

    /** The one sandbox that actions on this row are about, if there is exactly one. */
    default Optional<SandboxView> sandbox() {
        return Optional.empty();
    }

    /** All sandboxes below this row. */
    default List<SandboxView> sandboxes() {
        return sandbox().map(List::of).orElseGet(List::of);
    }

    /** The open task file or folder that it stands for or comes from. */
    default Optional<TaskFile> taskFile() {
        return Optional.empty();
    }

    /** The Vagrantfile behind it: the sandbox's own copy when there is one, else the sample's. */
    default Optional<Path> vagrantfile() {
        return sandbox().map(view -> SandboxVagrantfile.of(view.directory(), view.manifest()));
    }

    /** The file that {@link #vagrantfile} is a copy of, or that file where it is none; it may be gone. */
    default Optional<Path> original() {
        return sandbox()
                .flatMap(SandboxView::manifest)
                .map(Manifest::vagrantfile)
                .filter(file -> !file.isEmpty())
                .map(Path::of);
    }

    /**
     * An eval.
     *
     * @param task       its name
     * @param file       its file, may be empty
     * @param definition what its file says, where that is known
     * @param sandboxes  the sandboxes of its samples
     * @param opened     the open task file or folder that it comes from
     */
    record Eval(
            String task,
            String file,
            Optional<EvalTask> definition,
            List<SandboxView> sandboxes,
            Optional<TaskFile.Loaded> opened)
            implements Subject {
        @Override
        public Optional<TaskFile> taskFile() {
            return opened.map(TaskFile.class::cast);
        }

        /** That of all its samples, where they have the same. */
        @Override
        public Optional<Path> original() {
            List<Path> files = definition.stream()
                    .flatMap(task -> task.samples().stream())
                    .flatMap(sample -> sample.sandbox().stream())
                    .map(SandboxSpec::vagrantfile)
                    .distinct()
                    .limit(2)
                    .toList();
            return files.size() == 1 ? Optional.of(files.getFirst()) : Optional.empty();
        }
    }

    /**
     * A sample.
     *
     * @param task       its eval's name
     * @param file       its eval's file, may be empty
     * @param id         its id, verbatim
     * @param definition what the task file says, where that is known
     * @param sandboxes  its sandboxes, oldest first
     * @param lastFailed its last start, when that failed and was cleaned up
     */
    record Sample(
            String task,
            String file,
            String id,
            Optional<EvalSample> definition,
            List<SandboxView> sandboxes,
            Optional<SandboxView> lastFailed)
            implements Subject {
        @Override
        public Optional<SandboxView> sandbox() {
            return sandboxes.size() == 1 ? Optional.of(sandboxes.getFirst()) : Optional.empty();
        }

        @Override
        public Optional<Path> original() {
            return definition
                    .flatMap(EvalSample::sandbox)
                    .<Path>map(spec -> spec.vagrantfile())
                    .or(Subject.super::original);
        }

        @Override
        public Optional<Path> vagrantfile() {
            return sandbox()
                    .map(view -> SandboxVagrantfile.of(view.directory(), view.manifest()))
                    .or(() -> definition.flatMap(EvalSample::sandbox).map(spec -> spec.vagrantfile()));
        }
    }

    /**
     * A sandbox with a row of its own.
     *
     * @param view  the sandbox
     * @param ended whether it is only the story of a start that failed and was cleaned up
     */
    record Sandbox(SandboxView view, boolean ended) implements Subject {
        @Override
        public Optional<SandboxView> sandbox() {
            return ended ? Optional.empty() : Optional.of(view);
        }

        @Override
        public Optional<Path> original() {
            return view.manifest()
                    .map(Manifest::vagrantfile)
                    .filter(file -> !file.isEmpty())
                    .map(Path::of);
        }

        @Override
        public Optional<Path> vagrantfile() {
            return ended
                    ? view.manifest()
                            .map(Manifest::vagrantfile)
                            .filter(file -> !file.isEmpty())
                            .map(Path::of)
                    : Optional.of(SandboxVagrantfile.of(view.directory(), view.manifest()));
        }
    }

    /** A VM and its sandbox. */
    record Machine(SandboxView owner, MachineView view) implements Subject {
        @Override
        public Optional<SandboxView> sandbox() {
            return Optional.of(owner);
        }
    }

    /** Sandboxes that belong to no eval. */
    record Group(GroupKind kind, List<SandboxView> sandboxes) implements Subject {}

    /** A task file that is loading or could not be loaded. */
    record File(TaskFile file) implements Subject {
        @Override
        public Optional<TaskFile> taskFile() {
            return Optional.of(file);
        }
    }

    /** The groups. */
    enum GroupKind {
        /** Vagrantfiles that a person started. */
        BY_HAND("Started by hand", "Vagrantfiles without an eval"),
        /** Sandboxes whose owner has ended. */
        STRAYS("Strays", "no owner is alive"),
        /** Sandboxes without a manifest. */
        UNKNOWN("Owner unknown", "no manifest says whose they are");

        private final String title;
        private final String explanation;

        GroupKind(String title, String explanation) {
            this.title = title;
            this.explanation = explanation;
        }

        /** The row's text. */
        public String title() {
            return title;
        }

        /** The muted text after it. */
        public String explanation() {
            return explanation;
        }
    }
}
