# Goes along in a Vagrant that boots or provisions the machines of a sandbox, and tells what only that process knows: how each machine is
# reached, and which provisioners began and ended. Vagrant loads this file in the place of the sandbox's Vagrantfile; the real one is
# loaded by its last line, and from then on nothing shows that it was not the first. Nothing in here may stop Vagrant, but for chosen
# provisioners: what goes wrong is told, and Vagrant goes on without it.
require "json"

module CorralHook
  FILE = File.expand_path(__FILE__)

  class << self
    # The Vagrantfile that is meant, absolute; nil if there is none.
    attr_reader :vagrantfile
    # The name that it has when that is not Vagrant's usual one, as Vagrant keeps it: a list of one, or nil.
    attr_reader :names

    def start
      told, chosen = take_over
      Vagrant::Environment.prepend(Name)
      Vagrant::Errors::VagrantfileLoadError.prepend(Blame)
      install(told)
      choose(chosen) if chosen
    end

    # Forgets how Vagrant was led here, before any of the user's Ruby can read it.
    def take_over
      told = ENV.delete("CORRAL_HOOK")
      chosen = ENV.delete("CORRAL_HOOK_CHOSEN")
      name = ENV.delete("CORRAL_HOOK_VAGRANTFILE")
      ENV["VAGRANT_VAGRANTFILE"] = name
      @names = name && [name]
      folder = ENV["VAGRANT_CWD"] || Dir.pwd
      @vagrantfile = (names || %w[Vagrantfile vagrantfile]).map { |one| File.expand_path(one, folder) }.find { |one| File.file?(one) }
      [told, chosen]
    end

    def install(told)
      require_relative "tell"
      Tell.start(told)
      %w[plain asker machines provisioners share].each { |name| Tell.safely { require_relative name } }
      Tell.safely { CorralResolve::Asker.prepare }
      [:Machines, :Provisioners, :Share].each { |name| Tell.safely { const_get(name).install } }
      Tell.tell("loaded", "vagrant" => Vagrant::VERSION, "ruby" => RUBY_VERSION)
    rescue StandardError, ScriptError
      # Then nothing is told, which is known to happen.
      nil
    end

    # What goes wrong here ends Vagrant before it has done anything.
    def choose(chosen)
      require_relative "chosen"
      Chosen.install(chosen)
    end
  end

  # Where a machine's lock and its entry in Vagrant's index name the Vagrantfile, they name the real one.
  module Name
    def vagrantfile_name
      name = super
      name == [FILE] ? CorralHook.names : name
    end
  end

  # What is raised while the real one is loaded was not raised by this file.
  module Blame
    def initialize(*given, **more)
      super(*given.map { |one| one.is_a?(Hash) ? Blame.real(one) : one }, **Blame.real(more))
    end

    def self.real(about)
      about[:path].to_s == FILE ? about.merge(path: CorralHook.vagrantfile) : about
    end
  end
end

CorralHook.start
raise Vagrant::Errors::NoEnvironmentError unless CorralHook.vagrantfile
Kernel.load(CorralHook.vagrantfile)
