package dev.corral.chaos;

import java.util.List;

/** What Corral does when somebody is killed. */
enum Operation {
    START,
    UP,
    HALT,
    PROVISION,
    SNAPSHOT,
    EXEC,
    DESTROY,
    CLEANUP;

    /** Arguments of the command on this sandbox; those of a start and a cleanup come from its ground. */
    List<String> arguments(String sandbox) {
        return switch (this) {
            case UP, HALT, PROVISION -> List.of(name().toLowerCase(java.util.Locale.ROOT), "--force", sandbox);
            case SNAPSHOT -> List.of("snapshot", "save", "--force", sandbox, "clean");
            case EXEC -> List.of("exec", "--no-stdin", sandbox, "--", "sh", "-c", "echo runs; sleep 3");
            case DESTROY -> List.of("destroy", "--force", sandbox);
            case START, CLEANUP -> throw new IllegalArgumentException("it is not done to one sandbox");
        };
    }
}
