package dev.corral.core.inspect.tasks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.Json;
import dev.corral.core.inspect.tasks.SampleContents.SampleFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the script answers that reads a sample's files and setup. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ContentsDocument(List<Entry> files, Entry setup, long setupTimeout) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(String target, String content, long size) {
        SampleFile in(Path folder) {
            return new SampleFile(target, folder.resolve(content), size);
        }
    }

    /**
     * Reads the script's answer, whose bytes lie in this folder.
     *
     * @throws JsonProcessingException if it is none
     */
    static SampleContents parse(byte[] json, Path folder) throws JsonProcessingException {
        ContentsDocument document;
        try {
            document = Json.mapper().readValue(json, ContentsDocument.class);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            // Bytes in memory can not fail to be read.
            throw new UncheckedIOException(e);
        }
        return new SampleContents(
                document.files().stream().map(entry -> entry.in(folder)).toList(),
                Optional.ofNullable(document.setup()).map(entry -> entry.in(folder)),
                Duration.ofSeconds(document.setupTimeout()),
                folder);
    }
}
