package dev.corral.core.solve.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may differ between two sandboxes, and what may not. */
@Tag("unit")
class ToleranceTest {
    private final Tolerance tolerance = new Tolerance(List.of("ab12cd34", "debian12", "attacker", "ip"));

    private boolean same(String one, String other) {
        return same(List.of(one), List.of(other), Tolerance.Jobs.NEW);
    }

    private boolean same(List<String> one, List<String> other, Tolerance.Jobs jobs) {
        return Comparison.first(one, new Comparison.Shown(other, false, jobs), GoldenStep.Check.OUTPUT, tolerance)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Sat Nov 28 10:59:23 UTC 2026                    | Mon Dec  7 01:02:03 UTC 2026
            2026-11-28T10:59:23.123Z started                | 2027-01-02T00:00:00.9Z started
            drwxr-xr-x 2 root root 4096 Nov 28 10:58 tmp    | drwxr-xr-x 2 root root 4096 Dec  1  2026 tmp
            inet 192.168.121.57/24 brd 192.168.121.255      | inet 192.168.121.9/24 brd 192.168.121.255
            link/ether 52:54:00:aa:bb:cc                    | link/ether 52:54:00:01:02:03
            inet6 fe80::5054:ff:feaa:bbcc/64                | inet6 fe80::1:2/64
            [1] 4711                                        | [1] 99
            sshd[812]: Server listening                     | sshd[77]: Server listening
            real 0m0.012s                                   | real 0m1.500s
            finished in 3.2 s                               | finished in 14 s
            Linux debian12 6.1.0                            | Linux attacker 6.1.0
            /x/ab12cd34/Vagrantfile                         | /x/debian12/Vagrantfile
            [1]+  Done                    sleep 0.2         | [2]-  Running                 sleep 9 &
            a     b                                         | a b
            """)
    void whatIsOfTheMomentOrTheSandboxMayDiffer(String one, String other) {
        assertThat(same(one, other)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            flag{deadbeef00112233}       | flag{deadbeef00112234}
            flag-4711                    | flag-4712
            3                            | 4
            total 8                      | total 12
            127.0.0.1 localhost          | 10.0.0.1 localhost
            12                           | 12.5
            d41d8cd98f00b204e9800998     | d41d8cd98f00b204e9800999
            ip a                         | id a
            10:59 yes                    | 10:59 no
            port 22/tcp open             | port 80/tcp open
            """)
    void whatMayBeAnAnswerMayNot(String one, String other) {
        assertThat(same(one, other)).isFalse();
    }

    @Test
    void belowTheHeaderOfPsNumbersAreOfTheMoment() {
        List<String> one = List.of("    PID TTY          TIME CMD", "   4711 pts/0    00:00:00 bash", "", "4711");
        List<String> other = List.of("    PID TTY          TIME CMD", "     12 pts/0    00:00:01 bash", "", "4711");
        assertThat(tolerance.plain(one)).isEqualTo(tolerance.plain(other));
        assertThat(tolerance.plain(List.of("", "4712"))).isNotEqualTo(tolerance.plain(List.of("", "4711")));
    }

    @Test
    void aLineInWhichPidIsAWordIsNoHeaderOfPs() {
        assertThat(tolerance.plain(List.of("The PID of it is the answer", "4711")))
                .isNotEqualTo(tolerance.plain(List.of("The PID of it is the answer", "4712")));
        assertThat(tolerance.plain(List.of("  PID USER      PR  NI    TIME+ COMMAND", " 12 root 20 0 x bash")))
                .isEqualTo(tolerance.plain(List.of("  PID USER      PR  NI    TIME+ COMMAND", " 7 root 20 1 x bash")));
    }

    @Test
    void numbersInBracketsAreAnAnswerWhereNoJobIs() {
        List<String> one = List.of("[1] 4711");
        List<String> other = List.of("[1] 4712");
        assertThat(same(one, other, Tolerance.Jobs.NONE)).isFalse();
        assertThat(same(one, other, Tolerance.Jobs.EARLIER)).isFalse();
        assertThat(same(one, other, Tolerance.Jobs.NEW)).isTrue();
        List<String> done = List.of("[1]+  Done                    sleep 1", "a");
        assertThat(same(List.of("a"), done, Tolerance.Jobs.EARLIER)).isTrue();
        assertThat(same(List.of("a"), done, Tolerance.Jobs.NONE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sleep 9 &, true",
        "a && b & c, true",
        "a&, true",
        "a && b, false",
        "a 2>&1, false",
        "a &> b, false",
        "a |& b, false",
        "a <&3, false",
        "a, false"
    })
    void aJobIsBegunByItsSign(String command, boolean background) {
        assertThat(Tolerance.background(command)).isEqualTo(background);
    }

    @ParameterizedTest
    @CsvSource({
        "{{any}} MB free, 12 MB free, true",
        "a {{any}} c {{any}} e, a b c d e, true",
        "{{any}}, anything, true",
        "x{{any}}x, x, false",
        "a{{any}}b{{any}}b, ab, false",
        "free {{any}}, used 3, false"
    })
    void anythingIsAnything(String expected, String seen, boolean agrees) {
        assertThat(Tolerance.agrees(expected, seen)).isEqualTo(agrees);
    }

    @Test
    void eachCheckComparesItsOwnWay() {
        List<String> seen = List.of("one", "two", "three");
        assertThat(first(List.of("one"), seen, GoldenStep.Check.OUTPUT))
                .isEqualTo(new Comparison.Difference(2, "", "two"));
        assertThat(first(List.of("one", "two"), seen, GoldenStep.Check.BEGINNING))
                .isNull();
        assertThat(first(List.of("one", "three"), seen, GoldenStep.Check.CONTAINS))
                .isNull();
        assertThat(first(List.of("three", "one"), seen, GoldenStep.Check.CONTAINS))
                .isEqualTo(new Comparison.Difference(2, "one", ""));
        assertThat(first(List.of("nothing"), seen, GoldenStep.Check.STATUS)).isNull();
        assertThat(first(List.of("one", "two", "three", "four"), seen, GoldenStep.Check.OUTPUT))
                .isEqualTo(new Comparison.Difference(4, "four", ""));
    }

    private Comparison.Difference first(List<String> expected, List<String> seen, GoldenStep.Check check) {
        return Comparison.first(expected, new Comparison.Shown(seen, false, Tolerance.Jobs.NONE), check, tolerance)
                .orElse(null);
    }
}
