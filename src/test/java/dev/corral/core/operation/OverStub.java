package dev.corral.core.operation;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a core of its own, over real Vagrant with the stub provider. */
public abstract class OverStub {
    @TempDir
    protected Path temp;

    protected StubWorld stub;

    /** Variables that the core has beside the usual ones. */
    protected Map<String, String> more() {
        return Map.of();
    }

    @BeforeEach
    protected final void openStub() {
        stub = new StubWorld(temp, more());
    }

    // Those of the tests themselves come before it.
    @AfterEach
    protected final void closeStub() {
        stub.close();
    }
}
