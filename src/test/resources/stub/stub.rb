# A provider without a hypervisor: a machine is a file in the folder Stub.world that holds its state. Vagrant itself is
# the real one, with its index, locks, exit codes and output.
require "fileutils"
require "securerandom"

module Stub
  class << self
    # The folder that stands for the hypervisor.
    attr_accessor :world
    # What goes wrong: :create, :create_after_id, :destroy_keeps_id, :no_id, :no_provision, or nothing.
    attr_accessor :trouble
    # Seconds that the boot takes.
    attr_accessor :boot
    # Seconds that each step takes, for tests that do something in the middle of one; they also get a note of each.
    attr_accessor :pace
    # Whether it can do more than up and destroy.
    attr_accessor :verbs

    def file(machine)
      File.join(world, machine.id)
    end

    def step(machine, name, env = {})
      return unless pace
      File.open(File.join(world, "steps-#{File.basename(machine.env.root_path)}"), "a") { |file| file.puts(name) }
      wait(pace, env)
    end

    def wait(seconds, env)
      deadline = Time.now + seconds
      while Time.now < deadline
        raise Vagrant::Errors::VagrantInterrupt if env[:interrupted]
        sleep 0.05
      end
    end
  end

  class Failure < Vagrant::Errors::VagrantError
    def error_message
      "The stub can't make this machine: no room in the world"
    end
  end

  class Create
    def initialize(app, _env)
      @app = app
    end

    def call(env)
      machine = env[:machine]
      unless machine.id
        env[:ui].info("Creating domain with the following settings...")
        raise Failure if Stub.trouble == :create
        id = "stub-#{machine.name}-#{SecureRandom.hex(4)}"
        Stub.step(machine, "create", env)
        # Nobody can ask this hypervisor, so the id is all there is, and it is noted before there is a machine to lose.
        machine.id = id unless Stub.trouble == :no_id
        File.write(File.join(Stub.world, id), "preparing")
        File.open(File.join(Stub.world, "ever"), "a") { |file| file.puts(id) } if Stub.pace
        Stub.step(machine, "made", env)
        raise Failure if Stub.trouble == :create_after_id
      end
      @app.call(env)
    end

    def recover(_env); end
  end

  class Boot
    def initialize(app, _env)
      @app = app
    end

    def call(env)
      env[:ui].info("Starting domain.")
      Stub.step(env[:machine], "boot", env)
      Stub.wait(Stub.boot || 0, env)
      env[:ui].info("Waiting for machine to boot. This may take a few minutes...")
      env[:ui].detail("SSH address: 192.0.2.1:22")
      env[:ui].output("Machine booted and ready!")
      File.write(Stub.file(env[:machine]), "running") if env[:machine].id
      @app.call(env)
    end
  end

  class Destroy
    def initialize(app, _env)
      @app = app
    end

    def call(env)
      machine = env[:machine]
      if machine.id && Stub.trouble == :destroy_keeps_id
        env[:ui].info("Removing domain...")
        File.write(Stub.file(machine), "stopped")
      elsif machine.id
        env[:ui].info("Removing domain...")
        Stub.step(machine, "destroy", env)
        FileUtils.rm_f(Stub.file(machine))
        Stub.step(machine, "destroyed", env)
        machine.id = nil
      end
      @app.call(env)
    end
  end

  class Halt
    def initialize(app, _env)
      @app = app
    end

    def call(env)
      env[:ui].info("Halting domain...")
      Stub.step(env[:machine], "halt", env)
      File.write(Stub.file(env[:machine]), "stopped") if env[:machine].id
      Stub.step(env[:machine], "halted", env)
      @app.call(env)
    end
  end

  class SaveSnapshot
    def initialize(app, _env)
      @app = app
    end

    def call(env)
      Stub.step(env[:machine], "save", env)
      File.write(File.join(Stub.world, "snapshot-#{env[:machine].id}-#{env[:snapshot_name]}"), "")
      Stub.step(env[:machine], "saved", env)
      @app.call(env)
    end
  end

  module Capabilities
    def self.snapshot_list(machine)
      start = File.join(Stub.world, "snapshot-#{machine.id}-")
      Dir.glob("#{start}*").map { |file| file.delete_prefix(start) }
    end
  end

  class Provider < Vagrant.plugin("2", :provider)
    def initialize(machine)
      @machine = machine
    end

    def action(name)
      case name
      when :up
        Vagrant::Action::Builder.new.tap do |builder|
          builder.use Vagrant::Action::Builtin::ConfigValidate
          builder.use Vagrant::Action::Builtin::HandleBox if @machine.config.vm.box
          builder.use Vagrant::Action::Builtin::Provision unless Stub.trouble == :no_provision
          builder.use Create
          builder.use Boot
        end
      when :destroy
        Vagrant::Action::Builder.new.tap { |builder| builder.use Destroy }
      else
        verb(name) if Stub.verbs
      end
    end

    def verb(name)
      work = { halt: Halt, provision: Vagrant::Action::Builtin::Provision, snapshot_save: SaveSnapshot }[name]
      work && Vagrant::Action::Builder.new.tap { |builder| builder.use work }
    end

    def ssh_info
      return nil unless state.id == :running
      port, user, key = ENV.fetch("STUB_SSH", "9").split(" ")
      { host: "127.0.0.1", port: port.to_i, username: user, private_key_path: key }.compact
    end

    def state
      known = @machine.id && File.exist?(Stub.file(@machine))
      id = known ? File.read(Stub.file(@machine)).to_sym : Vagrant::MachineState::NOT_CREATED_ID
      Vagrant::MachineState.new(id, id.to_s, id.to_s)
    end
  end

  class LocalConfig < Vagrant.plugin("2", :config)
    attr_accessor :says, :fails
  end

  # Says its lines and fails when it is told to, without any guest.
  class Local < Vagrant.plugin("2", :provisioner)
    def provision
      Array(config.says).each { |line| @machine.ui.detail(line) }
      Stub.step(@machine, "provision")
      raise Failure if config.fails
    end
  end

  class Plugin < Vagrant.plugin("2")
    name "stub"
    provider(:stub, box_optional: true, defaultable: true, priority: 100) { Provider }
    config(:local, :provisioner) { LocalConfig }
    provisioner(:local) { Local }
    provider_capability(:stub, :snapshot_list) { Capabilities }
  end
end
