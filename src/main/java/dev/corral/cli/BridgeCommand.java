package dev.corral.cli;

import dev.corral.bridge.Bridge;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Rows;
import dev.corral.core.app.LocalCorral;
import dev.corral.core.base.Environment;
import dev.corral.core.sandbox.Owner;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Serves the Inspect plugin, which starts it; people have no use for it. */
@Command(name = "bridge", hidden = true, description = "Serves the Inspect plugin over standard input and output.")
final class BridgeCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        // A stray print would break the protocol.
        System.setOut(System.err);
        try (LocalCorral corral = LocalCorral.open(Environment.system(), Owner.Kind.INSPECT)) {
            new Bridge(corral, Version.text(), Rows::sandbox, new FileInputStream(FileDescriptor.in), out).serve();
        }
        return ExitCode.DONE;
    }
}
