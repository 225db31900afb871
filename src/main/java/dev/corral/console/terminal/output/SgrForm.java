package dev.corral.console.terminal.output;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Colours and styles ({@code CSI … m}) in the one form that the emulator reads rightly. Those in the colon form of ISO 8613-6
 * ({@code 38:2::r:g:b}, {@code 4:3}) become the semicolon form, and underline colours (58), which nobody draws, go. Pure.
 */
final class SgrForm {
    private SgrForm() {}

    /** The parameters as the emulator wants them; empty when nothing of them is left, which is not the same as none given. */
    static Optional<String> of(String parameters) {
        String form = rewrite(parameters);
        return form.isEmpty() && !parameters.isEmpty() ? Optional.empty() : Optional.of(form);
    }

    private static String rewrite(String parameters) {
        if (parameters.indexOf(':') < 0 && !parameters.contains("58")) {
            return parameters;
        }
        StringBuilder kept = new StringBuilder();
        String[] all = parameters.split(";", -1);
        for (int i = 0; i < all.length; i++) {
            String semicolons = all[i].indexOf(':') < 0 ? all[i] : withSemicolons(all[i].split(":", -1));
            if (all[i].equals("38") || all[i].equals("48") || all[i].equals("58")) {
                int last = Math.min(i + operands(all, i), all.length - 1);
                semicolons = all[i].equals("58")
                        ? null
                        : String.join(";", Arrays.asList(all).subList(i, last + 1));
                i = last;
            }
            if (semicolons != null) {
                kept.append(kept.isEmpty() ? "" : ";").append(semicolons);
            }
        }
        return kept.toString();
    }

    /** How many parameters after this one are its colour: {@code 5;n} or {@code 2;r;g;b}. */
    private static int operands(String[] all, int index) {
        String kind = index + 1 < all.length ? all[index + 1] : "";
        return kind.equals("5") ? 2 : kind.equals("2") ? 4 : 0;
    }

    private static @Nullable String withSemicolons(String[] parts) {
        return switch (parts[0]) {
            case "4" -> parts.length > 1 && parts[1].equals("0") ? "24" : "4";
            case "38", "48" -> color(parts);
            default -> null;
        };
    }

    /** {@code 38:5:n}, {@code 38:2:r:g:b}, or with a colour space {@code 38:2:space:r:g:b} and more after it. */
    private static @Nullable String color(String[] parts) {
        if (parts.length >= 3 && parts[1].equals("5")) {
            return parts[0] + ";5;" + number(parts[2]);
        }
        if (parts.length >= 5 && parts[1].equals("2")) {
            int first = parts.length >= 6 ? 3 : 2;
            return parts[0] + ";2;" + number(parts[first]) + ";" + number(parts[first + 1]) + ";"
                    + number(parts[first + 2]);
        }
        return null;
    }

    private static String number(String text) {
        return text.isEmpty() ? "0" : text;
    }
}
