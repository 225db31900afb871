package dev.corral.cli;

import dev.corral.cli.CorralProcess.Ended;
import dev.corral.core.operation.OverStub;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** The command line as processes of their own, over a core with the stub provider. */
abstract class CommandsOverStub extends OverStub {
    /** What the processes get; a test may change it. */
    Map<String, String> variables;

    @BeforeEach
    final void copyVariables() {
        variables = new HashMap<>(stub.environment().variables());
    }

    /** Runs the command line to its end. */
    final Ended corral(String... arguments) throws InterruptedException {
        return CorralProcess.run(variables, arguments);
    }
}
