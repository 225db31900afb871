package dev.corral.core.vagrant;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in plain words which Ruby error a Vagrantfile stopped with: each kind has another cure. */
public final class RubyCauses {
    private static final Pattern KEY = Pattern.compile("key not found: [\":]?([^\"]+)\"?");
    private static final Pattern NO_FILE = Pattern.compile(
            "(?:No such file or directory(?: @ \\w+)?|cannot load such file -+|no such file to load -+) ?-? ?(.+)");
    private static final String COPY = "Put it beside the Vagrantfile, then start again.";

    private RubyCauses() {}

    /**
     * A cause, and what to do about it.
     *
     * @param sentence the cause
     * @param nextStep what to do
     */
    public record Cause(String sentence, String nextStep) {}

    /**
     * The cause and what to do.
     *
     * @param type      the error's class
     * @param said      its message
     * @param place     where, and how the sentence calls it
     * @param directory the Vagrantfile's folder as a text that paths begin with
     */
    public static Cause of(String type, String said, Place place, String directory) {
        String message = Paragraphs.sentence(said);
        if (type.startsWith("Vagrant::Errors::")) {
            return new Cause(message, "Mend that, then start again.");
        }
        return switch (type) {
            case "SyntaxError" ->
                new Cause(
                        place.file + " has a Ruby syntax error" + place.line + ".",
                        "Correct that line and start again.");
            case "LoadError" -> load(said, place, directory, message);
            case "KeyError" -> key(said, place, message);
            case "Errno::ENOENT" -> {
                Matcher file = NO_FILE.matcher(said);
                yield new Cause(
                        place.file + " reads " + (file.find() ? inside(file.group(1), directory) : "a file")
                                + place.line + ", and there is no such file.",
                        COPY);
            }
            case "NameError", "NoMethodError" ->
                new Cause(
                        place.file + " stops with a Ruby error" + place.line + ": "
                                + message.replace(" for main:Object", ""),
                        "Correct it and start again.");
            // A bare raise with a text: somebody wrote it for others to read.
            case "RuntimeError" ->
                new Cause(
                        place.file + " stops" + place.line + " and says: " + message,
                        "Do what it says, then start again.");
            case "SystemStackError" ->
                new Cause(place.file + " calls itself without end" + place.line + ".", "Correct it and start again.");
            case "Psych::SyntaxError", "JSON::ParserError" ->
                new Cause(
                        "Data that " + lower(place.file) + " reads" + place.line + " is no good "
                                + (type.equals("JSON::ParserError") ? "JSON" : "YAML") + ": " + message,
                        "Correct that data and start again.");
            default ->
                new Cause(
                        place.file + " stops with " + type + place.line + ": " + message,
                        "Correct it and start again.");
        };
    }

    /**
     * Where something happened, in words.
     *
     * @param file the file as the beginning of a sentence
     * @param line {@code " in line 3"}, or empty
     */
    public record Place(String file, String line) {}

    private static Cause load(String said, Place place, String directory, String message) {
        Matcher file = NO_FILE.matcher(said);
        if (!file.find()) {
            return new Cause(
                    place.file + " can't load a Ruby library" + place.line + ": " + message,
                    "Mend that library, or take the line out.");
        }
        String name = file.group(1).strip();
        if (name.startsWith("/") || name.startsWith(".")) {
            return new Cause(
                    place.file + " loads " + inside(name, directory) + place.line + ", and there is no such file.",
                    COPY);
        }
        return new Cause(
                place.file + " requires " + name + place.line + ", and Vagrant's Ruby has no such library.",
                "Install it for Vagrant (vagrant plugin install, or the package that has it), or take that line out.");
    }

    private static Cause key(String said, Place place, String message) {
        Matcher key = KEY.matcher(said);
        if (!key.find()) {
            return new Cause(
                    place.file + " looks up something that is not there" + place.line + ": " + message,
                    "Correct it and start again.");
        }
        return new Cause(
                place.file + " looks up " + key.group(1) + place.line + ", and it is not there.",
                "If that is a variable of the environment, set it with --env " + key.group(1)
                        + "=VALUE, or in the sample's vagrantfile_env_vars.");
    }

    private static String inside(String file, String directory) {
        int at = file.lastIndexOf(directory);
        return Paragraphs.shortened(at >= 0 ? file.substring(at + directory.length()) : file);
    }

    private static String lower(String file) {
        return file.startsWith("The ") ? "the " + file.substring(4) : file;
    }
}
