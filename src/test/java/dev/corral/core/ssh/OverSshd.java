package dev.corral.core.ssh;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** All tests of a class share a connection to a real OpenSSH server on this machine. */
public abstract class OverSshd {
    @TempDir
    protected static Path temp;

    protected static LoopbackSshd sshd;
    protected static GuestConnection guest;

    @BeforeAll
    protected static void openSshd() throws Exception {
        SshClients.warmUp();
        sshd = new LoopbackSshd(temp.resolve("sshd"));
        guest = new GuestConnection(sshd.endpoint());
    }

    @AfterAll
    protected static void closeSshd() {
        guest.close();
        sshd.close();
    }
}
