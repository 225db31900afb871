module Hosts
  ALL = %w[left right].freeze
end
