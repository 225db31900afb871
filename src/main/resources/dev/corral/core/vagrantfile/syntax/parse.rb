# Reads Ruby text without running any of it. One question a line on standard input, as JSON with "text"; the answer is a line with the
# number of lines that follow, which together are JSON. Nothing else is written, and the end of the input is the end of this.
require "json"
require "ripper"

module CorralSyntax
  MOST_ERRORS = 50
  PIECE = 60_000
  MEMORY = 2 << 30
  QUICK = 1 << 18

  # Words with their places, in the order of the text. There are tens of thousands of them, so that each of what is known of them stands
  # in a list of its own: a list for each word would be most of the work.
  class Words
    attr_reader :lines, :events, :texts, :columns, :states

    def initialize
      @lines, @events, @texts, @columns, @states = Array.new(5) { [] }
      @last = 0
      @token = ""
    end

    def add(line, event, token, column, state)
      return late(line, event, token, column, state) if line < @last
      @last = line
      @token = token
      @lines << line
      @events << event
      @texts << token
      @columns << column
      @states << state
    end

    # What is no word, and has been passed all the same.
    def pass(line, token)
      return if line < @last
      @last = line
      @token = token
    end

    # The last line that was passed to its end.
    def last
      @last + @token.chomp.count("\n")
    end

    # More that stand so many lines further down.
    def concat(words, lines)
      @lines.concat(words.lines.map { |line| line + lines })
      @events.concat(words.events)
      @texts.concat(words.texts)
      @columns.concat(words.columns)
      @states.concat(words.states)
    end

    # The number of the word that begins there.
    def at(line, column)
      from = (0...@lines.length).bsearch { |one| @lines[one] >= line }
      return if from.nil?
      from += 1 while @lines[from] == line && @columns[from] < column
      from if @lines[from] == line && @columns[from] == column
    end

    private

    # What stands behind the beginning of a here-document is told after its text.
    def late(line, event, token, column, state)
      at = (0...@lines.length).bsearch { |one| @lines[one] > line } || @lines.length
      @lines.insert(at, line)
      @events.insert(at, event)
      @texts.insert(at, token)
      @columns.insert(at, column)
      @states.insert(at, state)
    end
  end

  # Ruby's own parser, once over the text: its words, and its errors with the place where it stood then. Ripper's own collecting of words
  # costs four times as much.
  class Scan < Ripper
    SILENT = %i[sp comment ignored_nl embdoc embdoc_beg embdoc_end words_sep].freeze

    attr_reader :words, :errors

    def initialize(text)
      super(text, "Vagrantfile")
      # Ruby finds the variables of a parser slowly, and this one soon enough.
      @words = Words.new
      @errors = []
      begin
        parse
      rescue ArgumentError, EncodingError => error
        # It names an encoding that there is none of, for instance.
        @errors << [1, 0, error.message]
      end
    end

    SCANNER_EVENTS.each do |name|
      if SILENT.include?(name)
        class_eval("def on_#{name}(token); @words.pass(lineno, token); end")
      else
        class_eval("def on_#{name}(token); @words.add(lineno, :on_#{name}, token, column, state); end")
      end
    end

    def on_parse_error(message)
      note(message)
    end

    def compile_error(message)
      note(message)
    end

    %i[alias_error assign_error class_name_error param_error].each do |name|
      define_method("on_#{name}") { |*about| note(about.grep(String).first || name.to_s.tr("_", " ")) }
    end

    private

    def note(message)
      @errors << [lineno || 1, column || 0, message.to_s] if @errors.length < MOST_ERRORS
      nil
    end
  end

  # What the pieces of a text say when they are read one after the other: works on text that is no valid Ruby as well, which text is
  # most of the time while somebody types. Lines count from 1 and columns in bytes from 0.
  class Reading
    OPENING = %w[class module def begin if unless case while until for].freeze
    LOOPS = %w[while until for].freeze
    MODIFIERS = %w[if unless while until rescue].freeze
    PAIRS = ["(", "[", "{"].freeze
    CLOSING = { on_rparen: "(", on_rbracket: "[", on_rbrace: "{", on_embexpr_end: "{" }.freeze
    WORDS = %i[on_qwords_beg on_words_beg on_qsymbols_beg on_symbols_beg].freeze
    CLOSINGS = CLOSING.keys.freeze
    OPENINGS = %i[on_lparen on_lbracket on_lbrace on_tlambeg on_embexpr_beg].freeze
    NAMES = %i[on_ident on_const on_ivar on_gvar].freeze
    ARGUMENT = %i[on_tstring_beg on_symbeg on_ident on_const on_ivar on_label on_int on_float on_heredoc_beg on_embexpr_beg on_lparen]
               .to_h { |one| [one, true] }.freeze
    READS = %w[fetch key? has_key? include? member? values_at slice assoc].freeze
    FAR = 400
    # What is to be done with a word, found at once: there are tens of thousands of them.
    MEANT = {
      on_nl: :ended, on_semicolon: :ended, on_kw: :keyword, on_heredoc_beg: :heredoc, on_heredoc_end: :heredoc_end,
      on_tstring_beg: :string, **OPENINGS.to_h { |one| [one, :opening] }, **CLOSINGS.to_h { |one| [one, :closing] },
      **WORDS.to_h { |one| [one, :words] }, **NAMES.to_h { |one| [one, :name] }
    }.freeze

    Frame = Struct.new(:open, :line, :column, :indent, :calls, :meanings, :bound, :call, :loop)
    Call = Struct.new(:of, :parts, :value, :type) do
      def path
        [of, *parts.map(&:first)].reject(&:empty?).join(".")
      end
    end

    attr_reader :words, :errors, :folds, :bound, :settings, :names, :unclosed, :mismatched, :extra, :strings, :dots

    def initialize(text)
      @rows = text.lines
      scan(text)
      @folds, @bound, @settings, @names, @unclosed, @mismatched, @extra, @strings, @dots = Array.new(9) { [] }
      @heredocs = []
      @start = 0
      @frames = [frame("", 1, 0)]
      index = 0
      while index < @events.length
        meant = MEANT[@events[index]]
        index = meant ? step(index, meant) : index + 1
      end
      @frames.drop(1).each { |one| @unclosed << [one.open, one.line, one.column] }
      leave(@frames.pop, @rows.length) until @frames.empty?
    end

    private

    # Ruby stops reading at some errors; the rest is read as a text of its own.
    def scan(text)
      first = Scan.new(text)
      @errors = first.errors
      @words = first.words
      read = @words.last
      while read < @rows.length && read.positive? && @words.events.last != :on___end__
        rest = Scan.new(@rows.drop(read).join).words
        @words.concat(rest, read)
        break if rest.last.zero?
        read += rest.last
      end
      @lines, @events, @texts, @columns, @states = @words.lines, @words.events, @words.texts, @words.columns, @words.states
    end

    def frame(open, line, column, call = nil)
      Frame.new(open, line, column, indent(line), [], {}, [], call, false)
    end

    def indent(line)
      (@rows[line - 1] || "")[/\A[ \t]*/].length
    end

    # Before the first word there is none.
    def event(index)
      index < 0 ? nil : @events[index]
    end

    def token(index)
      index < 0 ? nil : @texts[index]
    end

    def step(index, meant)
      case meant
      when :name then return named(index)
      when :ended then ended(index)
      when :keyword then keyword(index, @texts[index], @states[index])
      when :opening then open(PAIRS.include?(@texts[index]) ? @texts[index] : "{", index)
      when :closing then close(CLOSING[@events[index]], @lines[index])
      when :heredoc then @heredocs << [@lines[index], @texts[index]]
      when :heredoc_end
        begun = @heredocs.shift
        @folds << [begun[0], @lines[index], "heredoc", begun[1].gsub(/[<~\-"'`]/, "")] if begun
      when :string then string(index)
      when :words then return after_words(index)
      end
      index + 1
    end

    def named(index)
      if event(index - 1) == :on_symbeg || dotted?(index)
        return index + 1 unless dotted?(index) && lone?(index)
        return chain(index) if token(index) != "end"
        ending(@lines[index], @columns[index])
        return index + 1
      end
      chain(index)
    end

    # A dot with nothing behind it makes a name of what begins the next line.
    def lone?(index)
      @lines[index - 1] < @lines[index] && (token(index) == "end" || !meaning(token(index)).nil?)
    end

    def dotted?(index)
      before = event(index - 1)
      before == :on_period || before == :on_op && @texts[index - 1] == "&."
    end

    def after_words(index)
      index += 1 while index < @events.length && @events[index] != :on_tstring_end
      index + 1
    end

    # Long ones are noted: a quote that was forgotten makes a text of all that follows.
    def string(index)
      ending = index + 1
      ending += 1 while ending < @events.length && @events[ending] != :on_tstring_end
      last = @lines[ending] || @rows.length + 1
      @strings << [@lines[index], @columns[index], last, @lines[ending].nil?] if last > @lines[index]
    end

    def ended(index)
      @frames.last.calls.clear
      @start = index + 1
    end

    def keyword(index, token, state)
      return if event(index - 1) == :on_symbeg || token(index - 1) == "def"
      case token
      when "end" then ending(@lines[index], @columns[index])
      when "do" then @frames.last.loop ? @frames.last.loop = false : open("do", index)
      when *OPENING
        return if MODIFIERS.include?(token) && (state & Ripper::EXPR_LABEL) != 0
        return if token == "def" && endless?(index)
        open(token, index)
        @frames.last.loop = LOOPS.include?(token)
      end
    end

    # def name(a) = 1
    def endless?(index)
      at = index + 2
      at += 2 while event(at) == :on_period
      if event(at) == :on_lparen
        at += 1 while at < @events.length && at < index + FAR && event(at) != :on_rparen
        at += 1
      end
      event(at) == :on_op && token(at) == "="
    end

    def open(opening, index)
      made = frame(opening, @lines[index], @columns[index])
      if opening == "do" || opening == "{" && token(index + 1) == "|"
        made.call = @frames.last.calls.find(&:of) || @frames.last.calls.last
        meanings = Meaning.of(made.call)
        parameters(index + 1).each_with_index { |name, at| mean(made, name, meanings[at], made.line) }
      end
      @frames << made
      @start = index + 1
      @start += 1 until token(@start - 1) == "|" && @start > index + 2 || @events[@start].nil? if token(index + 1) == "|"
    end

    def mean(frame, name, path, line)
      frame.meanings[name] = path
      frame.bound << [name, path, line, nil] if path
    end

    def parameters(index)
      return [] unless event(index) == :on_op && token(index) == "|"
      found = []
      (index + 1..index + 20).each do |at|
        break if token(at) == "|" || @events[at].nil?
        found << token(at) if event(at) == :on_ident && ["|", ","].include?(token(at - 1))
      end
      found
    end

    def ending(line, column)
      @unclosed << take.then { |one| [one.open, one.line, one.column] } while PAIRS.include?(@frames.last.open)
      return @extra << [line, column] if @frames.length == 1
      taken = take
      first = indent(line) == column && line != taken.line
      @mismatched << [taken.open, taken.line, taken.column, taken.indent, line, column] if first && taken.indent != column
      folded(taken, line)
    end

    def close(opening, line)
      at = @frames.rindex { |one| !PAIRS.include?(one.open) || one.open == opening }
      return if @frames[at].open != opening
      @unclosed << take.then { |one| [one.open, one.line, one.column] } while @frames.length > at + 1
      folded(take, line)
    end

    def take
      taken = @frames.pop
      leave(taken, @events.empty? ? 1 : @rows.length)
      taken
    end

    def folded(taken, line)
      taken.bound.each { |one| one[3] = line }
      return if line <= taken.line
      kind, label = Meaning.fold(taken.call)
      @folds << [taken.line, line, kind, label]
    end

    def leave(frame, line)
      frame.bound.each do |one|
        one[3] = line
        @bound << one
      end
    end

    # A name and what is called on it, for instance config.vm.box.
    def chain(index)
      kind = @events[index]
      name = @texts[index]
      parts = []
      at = index + 1
      while (@events[at] == :on_period || @events[at] == :on_op && @texts[at] == "&.") && part?(at)
        parts << [@texts[at + 1], @lines[at + 1], @columns[at + 1]]
        at += 2
      end
      variable(name, parts, at) if name == "ENV"
      of = kind == :on_const ? (name == "Vagrant" ? name : nil) : meaning(name)
      called(index, at, Call.new(of, parts)) if of || parts.any?
      ended(at) if event(at) == :on_period && event(at + 1) && lone?(at + 1)
      at
    end

    def part?(at)
      return false unless %i[on_ident on_const on_kw].include?(event(at + 1))
      return true unless @lines[at] < @lines[at + 1] && lone?(at + 1)
      # Where Ruby stopped behind it, the rest of the line has not been read.
      behind = @rows[@lines[at] - 1].to_s.byteslice(@columns[at] + @texts[at].bytesize..)
      @dots << [@lines[at], @columns[at]] if behind.to_s.match?(/\A\s*(?:#|\z)/)
      false
    end

    def called(index, at, call)
      inside = event(at) == :on_lparen ? at + 1 : at
      assigned = event(at) == :on_op && token(at).match?(/\A(?:[^=!<>]*|<<|>>)=\z/)
      call.value = literal(assigned ? at + 1 : inside)
      call.type = type(inside)
      kind = assigned ? "assigned" : (argument?(at) ? "called" : "read")
      @frames.last.calls << call if call.parts.any?
      return if call.of.nil? || call.of == "Vagrant" && call.parts[0]&.first != "has_plugin?"
      renamed(index, at, call)
      @settings << [call.of, call.parts, kind, call.value, call.type, @lines[index], @columns[index]] if call.parts.any?
    end

    # What stands in brackets right behind a name is an index, and no argument.
    def argument?(at)
      return true if ARGUMENT[@events[at]] || @texts[at] == "do"
      @events[at] == :on_lbracket && @columns[at] > @columns[at - 1] + @texts[at - 1].bytesize
    end

    # vm = config.vm
    def renamed(index, at, call)
      return unless index == @start + 2 && event(@start) == :on_ident && token(@start + 1) == "="
      mean(@frames.last, token(@start), call.path, @lines[@start]) if [:on_nl, :on_semicolon, nil].include?(event(at))
    end

    def meaning(name)
      at = @frames.length
      while (at -= 1) >= 0
        known = @frames[at].meanings
        return known[name] if known.key?(name)
      end
    end

    def variable(name, parts, at)
      found = if parts.empty? && event(at) == :on_lbracket
        literal(at + 1)
      elsif parts.length >= 1 && READS.include?(parts[0][0])
        # What is called on the value stands behind the name, so that only the first call's is one.
        literal(event(at) == :on_lparen ? at + 1 : at) if parts.length == 1
      end
      @names << found if found && found[0].match?(/\A[^=\0]+\z/)
    end

    # A text, symbol, number or truth value that stands there as it is: [text, line, column, end].
    def literal(at)
      text = @texts[at]
      case @events[at]
      when :on_int, :on_float then word(at)
      when :on_kw then %w[true false nil].include?(text) ? word(at) : nil
      when :on_symbeg, :on_tstring_beg
        bare = @events[at] == :on_symbeg && text == ":"
        return nil if !bare && event(at + 2) != :on_tstring_end
        return nil unless bare || event(at + 1) == :on_tstring_content
        @texts[at + 1] && word(at + 1)
      end
    end

    def word(at)
      [@texts[at], @lines[at], @columns[at], @columns[at] + @texts[at].bytesize]
    end

    # What the option of that name is given; a word without a text where that does not stand there as it is.
    def type(at)
      depth = 0
      last = at + FAR
      while at <= last
        case @events[at]
        when nil then return nil
        when :on_nl, :on_semicolon then return nil if depth == 0
        when :on_kw then return nil if depth == 0 && @texts[at] == "do"
        when :on_label then return literal(at + 1) || unsaid(at) if depth == 0 && @texts[at] == "type:"
        when :on_symbeg
          return literal(at + 3) || unsaid(at) if depth == 0 && @texts[at + 1] == "type" && @texts[at + 2] == "=>"
        when :on_lparen, :on_lbracket, :on_lbrace, :on_embexpr_beg then depth += 1
        when :on_rparen, :on_rbracket, :on_rbrace, :on_embexpr_end then return nil if (depth -= 1) < 0
        end
        at += 1
      end
    end

    def unsaid(at)
      ["", @lines[at], @columns[at], @columns[at]]
    end
  end

  # What a block of Vagrant's is given. Paths are those of the key table.
  module Meaning
    module_function

    def of(call)
      return [] if call.nil?
      return call.parts[0]&.first == "configure" ? [""] : [] if call.of == "Vagrant"
      type = (call.type || call.value)&.first
      type = nil if type == ""
      case call.of && call.path
      when "vm.define" then [""]
      when "vm.provider" then [type && "provider.#{type}", ""]
      when "vm.provision" then [type && "provisioner.#{type}"]
      when "trigger.before", "trigger.after" then [call.path]
      when "push.define" then [type && "push.#{type}"]
      else []
      end
    end

    def fold(call)
      label = call&.value&.first.to_s
      case call&.of && call.path
      when "vm.define" then ["machine", label]
      when "vm.provider" then ["provider", label]
      when "vm.provision" then ["provisioner", label]
      else ["block", ""]
      end
    end
  end

  # Puts each error where a person would mend it: Ruby notices a missing "end" at the end of the file.
  class Places
    EVERYTHING = 5
    # In the words of both of Ruby's parsers.
    CLOSER = /(?:expecting '|expected a `)([\])}])/.freeze
    # What Prism says when it goes on after an error.
    GOES_ON = /, ignoring it\z|, assuming it is closing/.freeze

    def initialize(reading, text)
      @reading = reading
      @rows = text.lines
    end

    # The faults, without what follows from others.
    def all(complaints)
      found = complaints.flat_map { |line, column, message| of(line, column, message) }.uniq
      found = without_followers(found)
      first = found.group_by(&:first).transform_values { |row| row.select { |one| one[2] == "ruby" }.min_by { |one| weight(one) } }
      found.select { |one| one[2] != "ruby" || first[one[0]].equal?(one) }
    end

    def of(line, column, message)
      case message
      when /(?:unexpected|expecting) '\|'|block parameters/ then bar(line, column, message)
      when /unexpected [`']end'/ then surplus(line, column, message)
      when /unexpected end[- ]of[- ]input|matching `?'?end|to close|to end with `end`/ then unclosed(line, column, message)
      when /can't find string "|heredoc/ then heredoc(line, column, message[/can't find string "(.*?)\n?" anywhere/m, 1].to_s)
      when /unterminated (?!list|regexp)/ then string(line, column, message)
      else crossed(line, column, message) || [[line, column, "ruby", message]]
      end
    end

    private

    # Both of Ruby's parsers go on after an error, and say where they stumble over it again.
    def without_followers(found)
      bars = found.select { |one| one[2] == "bar" }.map(&:first)
      swallowed = found.any? { |one| one[2] == "heredoc" }
      found = found.reject { |one| one[2] == "unclosed" && (swallowed || bars.include?(one[0]) && one[3] == "do") }
      open = found.select { |one| one[2] == "unclosed" && Reading::PAIRS.include?(one[3]) }.min
      main = found.reject { |one| one[2] == "ruby" && (one[3].match?(GOES_ON) || beyond?(one) || open && (one <=> open).positive?) }
      main.empty? ? found : main
    end

    def beyond?(one)
      one[0] > @rows.length
    end

    # Of several remarks about a line, which one is told: the smallest.
    def weight(one)
      [one[3].match?(/(?:\A|, )unexpected/) ? 0 : 1, one[1]]
    end

    def unclosed(line, column, message)
      return @reading.dots.map { |at, where| [at, where, "dot", ""] }.first(1) if @reading.dots.any?
      early = @reading.mismatched.find { |one| one[5] < one[3] }
      return [[early[1], early[2], "unclosed", early[0]]] if early
      wanted = message[CLOSER, 1]&.tr(")]}", "([{")
      left = @reading.unclosed.select { |one| wanted.nil? || one[0] == wanted }
      left = @reading.unclosed if left.empty?
      return [[line, column, "ruby", message]] if left.empty?
      left.last(EVERYTHING).map { |open, at, where| [at, where, "unclosed", open] }
    end

    # Names of a block that are not closed go on in the next line.
    def bar(line, column, message)
      words = @reading.words
      at = words.texts.length - 1
      at -= 1 until at.negative? || words.texts[at] == "|" && ([words.lines[at], words.columns[at]] <=> [line, column]).negative?
      return [[line, column, "ruby", message]] if at.negative? || @rows[words.lines[at] - 1].to_s.count("|").even?
      [[words.lines[at], words.columns[at], "bar", ""]]
    end

    def surplus(line, column, message)
      left = @reading.unclosed.select { |open, at,| "([{".include?(open) && at <= line }
      return [[left.last[1], left.last[2], "unclosed", left.last[0]]] if left.any? && message.match?(CLOSER)
      late = @reading.mismatched.find { |one| one[5] > one[3] && one[4] <= line }
      return [[late[4], late[5], "extra", "end"]] if late
      # Ruby lost its way further up, where blocks and ends are as many.
      @reading.extra.empty? && @reading.errors.first&.at(0).to_i < line ? [] : [[line, column, "extra", "end"]]
    end

    def heredoc(line, column, word)
      words = @reading.words
      at = words.lines.each_index.find do |one|
        words.lines[one] == line && words.events[one] == :on_heredoc_beg && words.texts[one].include?(word)
      end
      [[line, at ? words.columns[at] : column, "heredoc", word]]
    end

    def string(line, column, message)
      whole = @reading.strings.reject { |one| ends?(one) }
      begun = whole.find { |one| one[3] } || whole.last
      return [[begun[0], begun[1], "string", ""]] if begun
      [[line, column, quote(line, column) ? "string" : "ruby", message]]
    end

    # Where Ruby stopped in the middle of a line, the end of a text may be in what it has not read.
    def ends?(string)
      quote = quote(string[0], string[1])
      quote && @rows[string[0] - 1].byteslice(string[1] + 1..).include?(quote)
    end

    def quote(line, column)
      byte = @rows[line - 1].to_s.getbyte(column)
      byte && "\"'`".bytes.include?(byte) ? byte.chr : nil
    end

    # A quote that was forgotten ends at the next one, some lines on, and what follows makes no sense.
    def crossed(line, column, _message)
      begun = @reading.strings.find { |one| one[0] < line && one[2] == line && !ends?(one) }
      begun && column.positive? ? [[begun[0], begun[1], "string", ""]] : nil
    end
  end

  module_function

  def errors(text, reading)
    found = Places.new(reading, text).all(complaints(text, reading))
    found.concat(reading.dots.map { |line, column| [line, column, "dot", ""] })
    found.uniq.first(MOST_ERRORS).map { |line, column, kind, message| [line, column, ending(reading, line, column), kind, message] }
  end

  def complaints(text, reading)
    found = RUBY_VERSION >= "3.4" && require_prism ? prism(said(text)) : reading.errors
    found.empty? ? compiled(text) : found
  end

  # From Ruby 3.4 on it is what Ruby itself parses with.
  def said(text)
    Prism.parse(text).errors.map { |one| [one.location.start_line, one.location.start_column, one.message] }
  end

  # Of one place it says several things; which bracket is open tells the most.
  def prism(said)
    places = said.group_by { |line, column,| [line, column] }.values
    places.map do |all|
      all.find { |one| one[2].match?(/to close/) } || all.find { |one| !one[2].match?(Places::GOES_ON) } || all[0]
    end.first(MOST_ERRORS)
  end

  def require_prism
    require "prism"
    true
  rescue LoadError
    false
  end

  # Some things are grammar, and no program all the same: a break outside of a loop for instance. Compiling does not run anything.
  def compiled(text)
    RubyVM::InstructionSequence.compile(text, "Vagrantfile")
    []
  rescue SyntaxError => error
    error.message.scan(/^Vagrantfile:(\d+): (.+)$/).map { |line, said| [line.to_i, 0, said] }
  rescue ArgumentError, EncodingError => error
    [[1, 0, error.message]]
  end

  def ending(reading, line, column)
    at = reading.words.at(line, column)
    at ? column + reading.words.texts[at].lines.first.to_s.chomp.bytesize : column + 1
  end

  # Columns as Java counts them, from 1: Ruby counts bytes.
  class Columns
    def initialize(text)
      @plain = text.ascii_only?
      @lines = text.lines
    end

    def of(line, column)
      return column + 1 if @plain
      text = @lines[line - 1]
      return column + 1 if text.nil? || text.ascii_only?
      text.byteslice(0, column).scrub.encode("UTF-16LE").bytesize / 2 + 1
    end

    def literal(found)
      found && [found[0], found[1], of(found[1], found[2]), of(found[1], found[3])]
    end
  end

  def answer(text)
    reading = Reading.new(text)
    columns = Columns.new(text)
    { "errors" => errors(text, reading).map { |line, from, to, kind, message|
                    { "line" => line, "column" => columns.of(line, from), "end" => columns.of(line, to), "kind" => kind,
                      "message" => message } },
      "folds" => reading.folds.sort,
      "variables" => reading.names.map { |one| columns.literal(one) }.map { |name, line, from, to|
                       { "name" => name, "line" => line, "column" => from, "end" => to } },
      "bound" => reading.bound,
      "settings" => reading.settings.map { |one| setting(columns, *one) } }
  end

  # Without names, which would be the most of the answer: there are thousands of these.
  def setting(columns, of, parts, kind, value, type, line, column)
    [of, parts.map { |name, at, from| [name, at, columns.of(at, from), columns.of(at, from + name.bytesize)] }, kind, line,
     columns.of(line, column), columns.literal(value), columns.literal(type)]
  end

  def serve(input, output)
    while (line = input.gets)
      # Somebody waits for the answer, and nobody for what comes after it: the memory is tidied up then. A long text would need too much.
      GC.disable if line.bytesize < QUICK
      told = begin
        text = JSON.parse(line).fetch("text").encode("UTF-8").scrub
        answer(text)
      rescue StandardError, SystemStackError, NoMemoryError => error
        { "failure" => "#{error.class}: #{error.message}"[0, 500] }
      ensure
        GC.enable
      end
      whole = JSON.generate(told, ascii_only: true)
      pieces = (0...whole.length).step(PIECE).map { |at| whole[at, PIECE] }
      output.write("#{pieces.length}\n", *pieces.map { |piece| "#{piece}\n" })
      output.flush
      told = pieces = whole = nil
      GC.start
    end
  end

  # What Ruby remarks about the text is nobody's answer.
  def start
    $VERBOSE = nil
    answers = STDOUT.dup
    [STDOUT, STDERR].each { |stream| stream.reopen(File::NULL) }
    begin
      Process.setrlimit(:AS, MEMORY)
    rescue StandardError, NotImplementedError
      nil
    end
    STDIN.set_encoding("UTF-8")
    serve(STDIN, answers)
  end
end

CorralSyntax.start if ENV["CORRAL_SYNTAX"] == "serve"
