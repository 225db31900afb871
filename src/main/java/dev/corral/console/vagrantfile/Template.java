package dev.corral.console.vagrantfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Vagrantfiles to begin with. Each works in a sandbox as it is, with the box that its first lines name. */
enum Template {
    ONE_MACHINE("One VM", "A VM with a script that runs when it is made", "one-machine"),
    TWO_MACHINES("Attacker and victim", "Two VMs; the tools of an eval run in the attacker", "two-machines"),
    DATA_DRIVEN("VMs from a list", "As many VMs as a list in the file has, each with its memory", "from-a-list"),
    FROM_VARIABLES("VM from variables", "Its box and memory come from an eval's variables", "from-variables");

    private final String title;
    private final String explanation;
    private final String resource;

    Template(String title, String explanation, String resource) {
        this.title = title;
        this.explanation = explanation;
        this.resource = resource;
    }

    String title() {
        return title;
    }

    String explanation() {
        return explanation;
    }

    /** Its text. */
    String text() {
        try (InputStream in = Template.class.getResourceAsStream("templates/" + resource + ".rb")) {
            if (in == null) {
                throw new IllegalStateException("a template is missing: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes it where nothing is yet. Blocks.
     *
     * @throws java.nio.file.FileAlreadyExistsException if something is there
     * @throws IOException                              if it can not be written
     */
    void write(Path file) throws IOException {
        Files.writeString(file, text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
}
