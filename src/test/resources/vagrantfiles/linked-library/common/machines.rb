require_relative "names"
