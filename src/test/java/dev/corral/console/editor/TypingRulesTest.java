package dev.corral.console.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.console.editor.syntax.Language;
import dev.corral.core.base.ExpectedFailure;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class TypingRulesTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '@',
            value = {
                "RUBY@Vagrant.configure(\"2\") do |config|@2",
                "RUBY@  config.vm.define 'x' do@4",
                "RUBY@  list.each { |a, b|@4",
                "RUBY@  run({@4",
                "RUBY@if x@2",
                "RUBY@  else@4",
                "RUBY@x = 1 if y@0",
                "RUBY@if x then y end@0",
                "RUBY@  a = 1 # do@2",
                "RUBY@puts 'do |x|'@0",
                "RUBY@x = a | b |@0",
                "SHELL@if true; then@2",
                "SHELL@  for x in a; do@4",
                "SHELL@f() {@2",
                "SHELL@echo undo@0",
                "YAML@nodes:@2",
                "YAML@  text: |@4",
                "YAML@a: b@0",
                "JSON@{@2",
                "PLAIN@{@0"
            })
    void aNewLineIsIndentedAsTheOneAboveOpens(Language language, String line, int columns) {
        assertThat(Indentation.after(line, language)).hasSize(columns);
    }

    @Test
    void tabsStayTabs() {
        assertThat(Indentation.after("\tif x", Language.RUBY)).isEqualTo("\t\t");
        assertThat(LineEdits.outdented("\tx")).isEqualTo("x");
        assertThat(LineEdits.indent("\ta\n\tb", 0, 4).text()).isEqualTo("\t\ta\n\t\tb");
        assertThat(LineEdits.tab("")).isEqualTo("  ");
        assertThat(LineEdits.tab("abc")).isEqualTo(" ");
        assertThat(LineEdits.tab("\t")).isEqualTo("\t");
    }

    @ParameterizedTest
    @CsvSource({
        "RUBY,'  end',true",
        "RUBY,'  ending',false",
        "RUBY,'end',false",
        "RUBY,'  x.end',false",
        "SHELL,'  fi',true",
        "YAML,'  end',false"
    })
    void wordsThatCloseGoBack(Language language, String line, boolean back) {
        assertThat(Indentation.goesBack(line, language)).isEqualTo(back);
    }

    @Test
    void pairsComeWhereTheyAreWanted() {
        assertThat(Pairs.completes("(", "foo", 3, true)).isTrue();
        assertThat(Pairs.completes("(", "foo", 0, true)).as("before a word").isFalse();
        assertThat(Pairs.completes("'", "don", 3, true))
                .as("the apostrophe of a word")
                .isFalse();
        assertThat(Pairs.completes("\"", "a = ", 4, true)).isTrue();
        assertThat(Pairs.completes("\"", "a = ", 4, false))
                .as("within a string")
                .isFalse();
        assertThat(Pairs.completes("x", "", 0, true)).isFalse();
        assertThat(Pairs.stepsOver("\"", "a = \"\"", 5)).isTrue();
        assertThat(Pairs.stepsOver("\"", "a = \"\\\"", 6)).isFalse();
        assertThat(Pairs.empty("f()", 2)).isTrue();
        assertThat(Pairs.empty("f)", 1)).isFalse();
    }

    private static String toggled(String text, int anchor, int caret) {
        return LineEdits.toggleComment(text, anchor, caret, "#").orElseThrow().in(text);
    }

    @Test
    void remarksAreToggledTogether() {
        assertThat(toggled("  a\n\n    b", 0, 10)).isEqualTo("  # a\n\n  #   b");
        assertThat(toggled("  # a\n\n  #   b", 0, 14)).isEqualTo("  a\n\n    b");
        assertThat(toggled("#a\nb", 0, 4)).as("some are none: all become some").isEqualTo("# #a\n# b");
        assertThat(toggled("a\nb", 0, 2))
                .as("a selection up to the next line's begin")
                .isEqualTo("# a\nb");
        assertThat(LineEdits.toggleComment("{}", 0, 0, "")).isEmpty();
        assertThat(LineEdits.toggleComment("\n", 0, 0, "#")).isEmpty();
        Edit edit = LineEdits.toggleComment("ab", 1, 1, "#").orElseThrow();
        assertThat(edit.caret()).as("the caret stays at its character").isEqualTo(3);
    }

    @Test
    void selectionsAreIndentedAndStaySelected() {
        Edit edit = LineEdits.indent("a\n\nb\nc", 0, 4);
        assertThat(edit.in("a\n\nb\nc")).isEqualTo("  a\n\n  b\nc");
        assertThat(edit.anchor()).isZero();
        assertThat(edit.caret()).isEqualTo(8);
        assertThat(LineEdits.outdent("    a\n b", 0, 8).in("    a\n b")).isEqualTo("  a\nb");
        Edit back = LineEdits.indent("a\nb\n", 4, 0);
        assertThat(back.in("a\nb\n")).isEqualTo("  a\n  b\n");
        assertThat(back.caret()).isZero();
        assertThat(back.anchor()).isEqualTo(8);
        assertThat(LineEdits.outdent("x", 1, 1).caret()).isEqualTo(1);
    }

    @Test
    void theSmallestChangeKeepsTheCaret() {
        Edit edit = Edit.between("abc\ndef\n", "abc\nxyz\ndef\n", 5);
        assertThat(edit.in("abc\ndef\n")).isEqualTo("abc\nxyz\ndef\n");
        assertThat(edit.caret()).isEqualTo(9);
        assertThat(Edit.between("aaa", "aa", 3).in("aaa")).isEqualTo("aa");
        assertThat(Edit.between("", "", 0).in("")).isEmpty();
        assertThat(Edit.between("abcdef", "af", 3).caret()).isEqualTo(1);
    }

    @Test
    void findingCountsAndReplaces() {
        assertThat(new Search("A", false, false).in("a A b", "x")).hasSize(2);
        assertThat(new Search("A", false, true).in("a A b", "x")).hasSize(1);
        assertThat(new Search("a.c", false, true).in("abc a.c", "")).containsExactly(new Search.Place(4, 7, ""));
        assertThat(new Search("^(\\w+)=(\\w+)$", true, true).in("a=b\nc=d", "$2=$1\\n\\$0"))
                .extracting(Search.Place::replacement)
                .containsExactly("b=a\n$0", "d=c\n$0");
        assertThat(new Search("x*", true, true).in("abc", ""))
                .as("empty places are none")
                .isEmpty();
        assertThat(new Search("$1", false, true).in("a $1", "$2"))
                .extracting(Search.Place::replacement)
                .containsExactly("$2");
        assertThat(new Search("a", true, true).in("a", "$7"))
                .extracting(Search.Place::replacement)
                .containsExactly("$7");
    }

    @Test
    void aPatternThatMakesNoSenseOrNeverEndsIsSaidSo() {
        assertThatThrownBy(() -> new Search("(", true, true).in("a", ""))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("No pattern");
        assertThatThrownBy(() -> new Search("a*a*a*a*a*b", true, true).in("a".repeat(2_000), ""))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("too long");
        String long_ = "x".repeat(100_000);
        assertThatThrownBy(() -> new Search("(x|y)*z", true, true).in(long_, ""))
                .isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void wordsOfTheFileAreCandidates() {
        WordHelp help = new WordHelp();
        assertThat(help.completions("config.vm\nprovider\ncon", 22).list())
                .extracting(EditorHelp.Candidate::insert)
                .containsExactly("config");
        assertThat(help.completions("config.vm\nprovider\ncon", 22).from()).isEqualTo(19);
        assertThat(help.completions("alpha beta gamma ", 17).list())
                .extracting(EditorHelp.Candidate::insert)
                .isEqualTo(List.of("gamma", "beta", "alpha"));
    }
}
