package dev.corral.console.editor.syntax;

/** Finds the colours of a line. Reads each character a bounded number of times, whatever stands there. Pure. */
interface Lexer {
    /** The colours of a line, which is without its end, and what is open after it. */
    LexedLine lex(String line, LineState before);
}
