NAMES = %w[one two] unless defined?(NAMES)
