package dev.corral.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a cache directory of its own for real VMs, and leaves none. */
abstract class OverLab {
    @TempDir
    Path temp;

    VmLab lab;

    @BeforeEach
    final void openLab() {
        lab = new VmLab(temp);
    }

    @AfterEach
    final void nothingIsLeft() throws Exception {
        lab.leaveNothing();
    }
}
