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
      { "class" => root.class.name, "message" => message, "file" => Plain.of(file), "line" => line, "column" => column,
        "did_you_mean" => suggestions(root), "vagrant" => error.equal?(root) ? nil : Plain.of(error.message),
        "more" => root.is_a?(SyntaxError) ? syntax_errors(root) : [],
        "backtrace" => Plain.of((root.backtrace || []).select { |text| Asker.blamed([text]) }.first(10)) }
    end

    def message(error)
      text = error.respond_to?(:original_message) ? error.original_message : error.message
      text = ["exit #{error.status}", *(error.message unless error.message == "exit")].join(": ") if error.is_a?(SystemExit)
      text = error.message.lines.first.to_s.sub(/\A.+?:\d+: /, "") if error.is_a?(SyntaxError)
      Plain.of(text.to_s.strip)
    end

    def place(error)
      if error.is_a?(SyntaxError)
        file, line = error.message.match(/\A(.+?):(\d+):/m)&.captures
        return [File.expand_path(file), line.to_i, column(error.message)] if file
      end
      Asker.blamed(error.backtrace)
    end

    # Below the line that is wrong Ruby draws a mark.
    def column(text)
      mark = text.lines.drop(1).find { |one| one =~ /\A[^a-zA-Z0-9]*\^/ }
      mark && mark.index("^") + 1
    end

    def syntax_errors(error)
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
