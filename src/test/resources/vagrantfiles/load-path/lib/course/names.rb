class Course
  module Names
    ALL = %w[algebra logic].freeze
  end
end
