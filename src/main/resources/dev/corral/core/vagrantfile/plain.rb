# What JSON can carry of a value.
require "pathname"
require "set"

module CorralResolve
  module Plain
    LONGEST = 100_000
    DEEPEST = 8
    MOST = 5_000

    module_function

    def of(value, depth = 0)
      case value
      when nil, true, false, Integer then value
      when Float then value.finite? ? value : value.to_s
      when Vagrant::Plugin::V2::Config::UNSET_VALUE then nil
      when String then text(value)
      when Symbol, Pathname then text(value.to_s)
      when Array then depth > DEEPEST ? nil : value.first(MOST).map { |item| of(item, depth + 1) }
      when Set then of(value.to_a, depth)
      when Hash then depth > DEEPEST ? nil : value.first(MOST).to_h { |key, item| [text(key.to_s), of(item, depth + 1)] }
      when Proc, Method then source(value)
      when Vagrant::Config::V2::DummyConfig then nil
      when Vagrant::Plugin::V2::Config then depth > DEEPEST ? nil : settings(value, depth + 1)
      else saying(value)
      end
    end

    # An IPAddr or a URI says what it is; most other objects only say that they are there.
    def saying(value)
      value.method(:to_s).owner == Kernel ? "#<#{value.class}>" : text(value.to_s)
    end

    # A value that is to be one text.
    def word(value)
      value.nil? || value == Vagrant::Plugin::V2::Config::UNSET_VALUE ? nil : text(value.to_s)
    end

    def whole(value)
      value.respond_to?(:to_i) ? value.to_i.clamp(0, 2**31 - 1) : 0
    end

    # Text in whatever encoding, as UTF-8.
    def text(value)
      value = value.dup
      bytes = value.encoding == Encoding::BINARY || !value.valid_encoding?
      value = bytes ? value.force_encoding("UTF-8") : value.encode("UTF-8", invalid: :replace, undef: :replace)
      value.scrub[0, LONGEST]
    rescue EncodingError
      value.to_s.b.force_encoding("UTF-8").scrub[0, LONGEST]
    end

    def source(callable)
      file, line = callable.source_location
      { "proc" => text(file.to_s), "line" => line }
    end

    # What a configuration object holds, by name. Internals start with an underscore.
    def settings(config, depth = 0)
      config.instance_variables_hash.reject { |name, _| name.start_with?("_", "corral_") || %w[logger invalid].include?(name) }
            .to_h { |name, value| [name, of(value, depth)] }.compact
    end
  end
end
