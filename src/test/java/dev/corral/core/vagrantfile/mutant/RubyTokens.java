package dev.corral.core.vagrantfile.mutant;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.corral.core.base.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A file of Ruby as Ruby's own scanner sees it. */
record RubyTokens(List<Token> tokens) {
    /** One of them: what Ripper calls it, and its text. */
    record Token(String type, String text) {
        boolean is(String other) {
            return type.equals(other);
        }

        boolean is(String other, String what) {
            return type.equals(other) && text.equals(what);
        }
    }

    private static final String SCAN = """
            sources = JSON.parse(STDIN.read)
            print JSON.generate(sources.map { |source|
              next unless Ripper.sexp(source)
              tokens = Ripper.lex(source).map { |one| [one[1].to_s.delete_prefix("on_"), one[2]] }
              rest = source.byteslice(tokens.sum { |one| one[1].bytesize }..-1).to_s
              tokens + (rest.empty? ? [] : [["rest", rest]])
            })
            """;
    private static final String COMPILE = """
            print JSON.generate(JSON.parse(STDIN.read).map { |source|
              begin
                RubyVM::InstructionSequence.compile(source)
                ""
              rescue SyntaxError => error
                error.message
              end
            })
            """;

    /** The tokens of each source; null for one that is no Ruby. */
    static List<@Nullable RubyTokens> of(List<String> sources) throws IOException, InterruptedException {
        List<@Nullable List<List<String>>> all = ask(SCAN, sources, new TypeReference<>() {});
        return all.stream()
                .map(one -> one == null
                        ? null
                        : new RubyTokens(one.stream()
                                .map(pair -> new Token(pair.get(0), pair.get(1)))
                                .collect(Collectors.toCollection(ArrayList::new))))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** What Ruby complains about in each source; empty where it takes it. */
    static List<String> complaints(List<String> sources) throws IOException, InterruptedException {
        return ask(COMPILE, sources, new TypeReference<>() {});
    }

    private static <T> T ask(String program, List<String> sources, TypeReference<T> type)
            throws IOException, InterruptedException {
        Process ruby = new ProcessBuilder("ruby", "-W0", "-EUTF-8:UTF-8", "-rripper", "-rjson", "-e", program)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var in = ruby.getOutputStream()) {
            in.write(Json.mapper().writeValueAsBytes(sources));
        }
        byte[] out = ruby.getInputStream().readAllBytes();
        if (ruby.waitFor() != 0) {
            throw new IllegalStateException("ruby: " + new String(out, StandardCharsets.UTF_8));
        }
        return Json.mapper().readValue(out, type);
    }

    /** The file's text. */
    String text() {
        return tokens.stream().map(Token::text).collect(Collectors.joining());
    }

    Token at(int index) {
        return index < 0 || index >= tokens.size() ? new Token("none", "") : tokens.get(index);
    }

    /** The nearest token before that is no space. */
    Token before(int index) {
        int at = index - 1;
        while (at(at).is("sp")) {
            at--;
        }
        return at(at);
    }

    /** The nearest token after that is no space. */
    Token after(int index) {
        int at = index + 1;
        while (at(at).is("sp")) {
            at++;
        }
        return at(at);
    }

    RubyTokens copy() {
        return new RubyTokens(new ArrayList<>(tokens));
    }
}
