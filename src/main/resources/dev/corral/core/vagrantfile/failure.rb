# What was raised, and where in the user's files: Vagrant wraps it and names a line of a deeper frame, or none.
module CorralResolve
  module Failure
    DEEPEST = 8

    module_function

    def of(error)
      chain = [error]
      chain << chain.last.cause while chain.last.cause && chain.length < DEEPEST && !chain.include?(chain.last.cause)
      root = chain.reverse.find { |one| place(one) } || chain.last
      file, line, column = place(root)
      message = message(root)
      # Where Vagrant itself fails to translate what is said in the oldest way, no line of the file is to be seen.
      if file.nil? && defined?(Lines) && (old = Lines.of(:version_one)).any? &&
         (root.backtrace || []).any? { |text| text.include?("/kernel_v1/") }
        file, line = old.values_at("file", "line")
        message = "this Vagrant can't translate what is said in the way of Vagrant 1.0 (write Vagrant.configure(\"2\")): #{message}"
      end
      { "class" => root.class.name, "message" => message, "file" => Plain.of(file), "line" => line, "column" => column,
        "did_you_mean" => suggestions(root), "vagrant" => error.equal?(root) ? nil : Plain.of(error.message),
        "more" => root.is_a?(SyntaxError) ? syntax_errors(root) : [],
        "backtrace" => Plain.of((root.backtrace || []).select { |text| Asker.blamed([text]) }.first(10)) }
    end

    def message(error)
      text = error.respond_to?(:original_message) ? error.original_message : error.message
      text = ["exit #{error.status}", *(error.message unless error.message == "exit")].join(": ") if error.is_a?(SystemExit)
      text = drawn(error.message).first&.last || error.message.lines.first.to_s.sub(/\A.+?:\d+: /, "") if error.is_a?(SyntaxError)
      Plain.of(text.to_s.strip)
    end

    def place(error)
      if error.is_a?(SyntaxError)
        file, line = error.message.match(/\A(.+?):(\d+):/m)&.captures
        first = drawn(error.message).first
        return [File.expand_path(file), first ? first[0] : line.to_i, first ? first[1] : column(error.message)] if file
      end
      Asker.blamed(error.backtrace)
    end

    # Below the line that is wrong Ruby draws a mark.
    def column(text)
      mark = text.lines.drop(1).find { |one| one =~ /\A[^a-zA-Z0-9]*\^/ }
      mark && mark.index("^") + 1
    end

    # Since Ruby 3.4 the first line only says that there are errors. They stand below, in an excerpt of the file, each behind its mark:
    #   > 3 | end
    #       | ^~~ unexpected 'end'; expected an expression after `=`
    # A row that is long is shown without its beginning, so that the mark tells no column, and one without text is behind the file's end.
    def drawn(text)
      number = 0
      shift = 0
      found = text.lines.drop(1).filter_map do |one|
        if (row = one.match(/\A[> ]\s*(\d+) \| ?(.*)/))
          number = row[1].to_i
          shift = row[2].start_with?("... ") ? nil : 1
          number -= 1 if one.start_with?(">") && row[2].empty? && number > 1
          nil
        elsif number.positive? && (mark = one.match(/\A\s+\| (\s*)\^~* (\S.*)/))
          [number, shift && mark[1].length + shift, mark[2].strip]
        end
      end
      telling(found)
    end

    # It goes on after an error, and says where it stumbles over it again.
    def telling(found)
      main = found.reject { |_, _, said| said.match?(/, ignoring it\z|, assuming it is closing/) }
      main = found if main.empty?
      main.uniq
    end

    def syntax_errors(error)
      shown = drawn(error.message)
      file = error.message[/\A(.+?):\d+:/m, 1]
      if file && shown.any?
        return shown.drop(1).first(20).map do |line, _, said|
          { "file" => Plain.of(File.expand_path(file)), "line" => line, "message" => Plain.of(said) }
        end
      end
      error.message.lines.drop(1).filter_map do |text|
        file, line, said = text.match(/\A(\/.+?):(\d+): (.+)/)&.captures
        file && { "file" => Plain.of(file), "line" => line.to_i, "message" => Plain.of(said.strip) }
      end.first(20)
    end

    def suggestions(error)
      error.respond_to?(:corrections) ? Plain.of(Array(error.corrections).map(&:to_s)) : []
    rescue StandardError
      []
    end
  end
end
