package dev.corral.cli.recording;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.recording.export.CastExport;
import dev.corral.core.recording.export.CommandsCsv;
import dev.corral.core.recording.export.TextExport;
import dev.corral.core.recording.replay.Recording;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a recording as something else. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes a recording as plain text, as one asciicast file, or as a table of its commands and notes.")
public final class ExportRecording implements Callable<Integer> {
    @Mixin
    private NamedRecording named = new NamedRecording();

    /** What it becomes. */
    public enum Form {
        text,
        cast,
        csv
    }

    @Option(names = "--as", paramLabel = "FORM", description = "text (the default), cast or csv.")
    private Form form = Form.text;

    @Option(names = "--no-times", description = "Text without the time before each line.")
    private boolean noTimes;

    @Option(
            names = "--skip-idle",
            paramLabel = "SECONDS",
            arity = "0..1",
            fallbackValue = "2",
            description = "For cast: cut pauses to so many seconds; 2 if none are given.")
    private @Nullable Double skipIdle;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "A new file, instead of standard output.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        try (Recording recording = named.open()) {
            if (output == null) {
                Writer out = new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8);
                write(recording, out);
                out.flush();
            } else {
                try (Writer out =
                        Files.newBufferedWriter(output, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
                    write(recording, out);
                } catch (FileAlreadyExistsException e) {
                    throw ExpectedFailure.failed(
                            output + " is there already.", "Give another name, or remove it first.", e);
                }
                new Output().message("Written to " + output + ".");
            }
        }
        return ExitCode.DONE;
    }

    private void write(Recording recording, Writer out) throws IOException {
        switch (form) {
            case text -> TextExport.write(recording, !noTimes, out);
            case cast -> CastExport.write(recording, NamedRecording.pauses(recording, skipIdle), out);
            case csv -> CommandsCsv.write(recording, out);
        }
    }
}
