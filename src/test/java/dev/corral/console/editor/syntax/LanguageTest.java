package dev.corral.console.editor.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class LanguageTest {
    private static List<String> colours(Language language, String text) {
        List<String> found = new ArrayList<>();
        LineState state = LineState.NONE;
        for (String line : text.split("\n", -1)) {
            LexedLine lexed = language.lex(line, state);
            int last = 0;
            for (LexedLine.Piece piece : lexed.pieces()) {
                assertThat(piece.from()).isGreaterThanOrEqualTo(last).isLessThan(piece.to());
                last = piece.to();
                found.add(line.substring(piece.from(), piece.to()) + "="
                        + piece.token().name().toLowerCase(Locale.ROOT));
            }
            assertThat(last).isLessThanOrEqualTo(line.length());
            state = lexed.after();
        }
        return found;
    }

    private static LineState after(Language language, String text) {
        LineState state = LineState.NONE;
        for (String line : text.split("\n", -1)) {
            state = language.lex(line, state).after();
        }
        return state;
    }

    @Test
    void partsOfAVagrantfileHaveTheirColours() {
        assertThat(colours(
                        Language.RUBY,
                        "Vagrant.configure(\"2\") do |c| # all\n  c.vm.box = 'a#{b}', primary: true, cpus: 2\nend"))
                .containsExactly(
                        "Vagrant=constant",
                        "\"2\"=string",
                        "do=keyword",
                        "# all=comment",
                        "'a#{b}'=string",
                        "primary:=symbol",
                        "true=keyword",
                        "cpus:=symbol",
                        "2=number",
                        "end=keyword");
    }

    @Test
    void codeWithinAStringIsCode() {
        assertThat(colours(Language.RUBY, "x = \"a#{ENV['B'] || \"c#{1}\"}d\""))
                .containsExactly(
                        "\"a#{=string", "ENV=constant", "'B'=string", "\"c#{=string", "1=number", "}\"}d\"=string");
        assertThat(after(Language.RUBY, "\"#{ {a: {}} }\"")).isEqualTo(LineState.NONE);
    }

    @Test
    void hereDocumentsEndWhereTheyDo() {
        String text = "provision inline: <<~SHELL, env: <<-'E N'\n  echo end #{x}\n  SHELL\n  # text\n  E N\nend";
        assertThat(colours(Language.RUBY, text))
                .containsExactly(
                        "inline:=symbol",
                        "<<~SHELL=string",
                        "env:=symbol",
                        "<<-'E N'=string",
                        "  echo end #{x}=string",
                        "  SHELL=string",
                        "  # text=string",
                        "  E N=string",
                        "end=keyword");
        assertThat(colours(Language.RUBY, "list << Thing\nend")).containsExactly("Thing=constant", "end=keyword");
        assertThat(after(Language.RUBY, "a <<EOS\n EOS"))
                .as("only <<~ and <<- may end indented")
                .isNotEqualTo(LineState.NONE);
        assertThat(after(Language.SHELL, "cat > x <<-'EOF'\ntext 'it\n\tEOF")).isEqualTo(LineState.NONE);
        assertThat(after(Language.SHELL, "cat <<< \"$x\"")).isEqualTo(LineState.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a / b / c # x",
                "x = a ? 'b' : :c",
                "foo(&:bar)",
                "m::Const",
                "%w[a b].each { |x| y }",
                "h = { 'a' => %q{b {c} d} }",
                "x =~ /a\"b/",
                "puts ?a",
                "a %= 3",
                "obj.end.class"
            })
    void nothingStaysOpenAfterALineThatIsComplete(String line) {
        assertThat(after(Language.RUBY, line)).isEqualTo(LineState.NONE);
    }

    @Test
    void remarksAndDataGoOverLines() {
        assertThat(colours(Language.RUBY, "=begin\nif\n=end\nif"))
                .containsExactly("=begin=comment", "if=comment", "=end=comment", "if=keyword");
        assertThat(colours(Language.RUBY, "__END__\nif\n=end\nif")).doesNotContain("if=keyword");
        assertThat(colours(Language.RUBY, "x.end # y")).containsExactly("# y=comment");
    }

    @Test
    void scriptsHaveVariablesAndWords() {
        assertThat(colours(Language.SHELL, "if [ -f \"$HOME/x\" ]; then # y\n  export A=1 ${B#c} b#d\nfi"))
                .containsExactly(
                        "if=keyword",
                        "\"=string",
                        "$HOME=variable",
                        "/x\"=string",
                        "then=keyword",
                        "# y=comment",
                        "export=keyword",
                        "A=variable",
                        "${B#c}=variable",
                        "fi=keyword");
    }

    @Test
    void settingsHaveKeysAndValues() {
        assertThat(colours(
                        Language.YAML,
                        "---\na: 1 # x\n- b c: \"d: #e\"\n  f: |\n    text: 1\n\n  g: yes\nurl: http://x#y"))
                .containsExactly(
                        "---=keyword",
                        "a=symbol",
                        "1=number",
                        "# x=comment",
                        "b c=symbol",
                        "\"d: #e\"=string",
                        "f=symbol",
                        "|=keyword",
                        "    text: 1=string",
                        "g=symbol",
                        "yes=keyword",
                        "url=symbol");
        assertThat(colours(Language.JSON, "{\"a\" : \"b\\\"c\", \"d\": [-1.5e3, true]}"))
                .containsExactly("\"a\"=symbol", "\"b\\\"c\"=string", "\"d\"=symbol", "-1.5e3=number", "true=keyword");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void noLineTakesLong(Language language) {
        List<String> parts = List.of(
                "\"", "'", "#{", "%w(", "<<~A ", "<<'", "${", "|", "| ", "/ ", "\\", "a: ", ": ", "- ", "(", "{\"",
                "$(", "`", " ", "x");
        assertTimeout(Duration.ofSeconds(120), () -> {
            for (String part : parts) {
                String line = part.repeat(300_000 / part.length());
                LineState after = language.lex(line, LineState.NONE).after();
                assertThat(after.open()).hasSizeLessThanOrEqualTo(40);
            }
        });
    }

    @Test
    void aLargeFileIsReadAtOnce() {
        String block =
                "  config.vm.define \"m#{i}\" do |m| # x\n    m.vm.provision :shell, inline: <<~E\n      echo 'a'\n    E\n  end\n";
        String text = block.repeat(1_000);
        after(Language.RUBY, text);
        assertTimeout(Duration.ofSeconds(60), () -> assertThat(after(Language.RUBY, text))
                .isEqualTo(LineState.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "Vagrantfile,'',RUBY",
        "Vagrantfile.test,'',RUBY",
        "lib/names.rb,'',RUBY",
        "provision.sh,'',SHELL",
        "setup,#!/usr/bin/env bash,SHELL",
        "tool,#!/usr/bin/ruby -w,RUBY",
        "nodes.yaml,'',YAML",
        "a.json,'',JSON",
        "README,hello,PLAIN"
    })
    void filesHaveTheLanguageOfTheirNameOrFirstLine(String name, String text, Language language) {
        assertThat(Language.of(Path.of(name), text)).isEqualTo(language);
    }

    @Test
    void whatIsTypedAfterAStringBeganIsNoCode() {
        assertThat(Language.RUBY.codeAfter("a = 'b", LineState.NONE)).isFalse();
        assertThat(Language.RUBY.codeAfter("a = 'b'", LineState.NONE)).isTrue();
        assertThat(Language.RUBY.codeAfter("a # b", LineState.NONE)).isFalse();
        assertThat(Language.RUBY.codeAfter("a <<~X", LineState.NONE)).isTrue();
        assertThat(Language.RUBY.codeAfter("a", after(Language.RUBY, "x <<~X"))).isFalse();
    }

    @Test
    void blocksAreWhatIsIndented() {
        String text = "a do\n  b do\n    c\n\n  end\n  d {\n  }\nend\ne";
        assertThat(Shape.folds(List.of(text.split("\n", -1))))
                .containsExactly(new Shape.Fold(0, 7), new Shape.Fold(1, 4));
        assertThat(Shape.folds(List.of("if a", "  b", "else", "  c", "end")))
                .containsExactly(new Shape.Fold(0, 1), new Shape.Fold(2, 4));
        assertThat(Shape.folds(List.of("a:", "  b: 1", "c:", "\td: 1")))
                .containsExactly(new Shape.Fold(0, 1), new Shape.Fold(2, 3));
        assertThat(Shape.folds(List.of(""))).isEmpty();
    }
}
