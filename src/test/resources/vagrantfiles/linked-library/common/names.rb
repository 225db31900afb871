NAMES = %w[north south] unless defined?(NAMES)
