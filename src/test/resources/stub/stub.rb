# A provider without a hypervisor: a machine is a file in the folder Stub.world that holds its state. Vagrant itself is
# the real one, with its index, locks, exit codes and output.
require "fileutils"
require "securerandom"

module Stub
  class << self
    # The folder that stands for the hypervisor.
    attr_accessor :world
    # What goes wrong: :create, :create_after_id, :destroy_keeps_id, :no_id, or nothing.
    attr_accessor :trouble
    # Seconds that the boot takes.
    attr_accessor :boot

    def file(machine)
      File.join(world, machine.id)
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
        File.write(File.join(Stub.world, id), "preparing")
        machine.id = id unless Stub.trouble == :no_id
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
      deadline = Time.now + (Stub.boot || 0)
      while Time.now < deadline
        raise Vagrant::Errors::VagrantInterrupt if env[:interrupted]
        sleep 0.05
      end
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
        FileUtils.rm_f(Stub.file(machine))
        machine.id = nil
      end
      @app.call(env)
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
          builder.use Vagrant::Action::Builtin::Provision
          builder.use Create
          builder.use Boot
        end
      when :destroy
        Vagrant::Action::Builder.new.tap { |builder| builder.use Destroy }
      end
    end

    def ssh_info
      state.id == :running ? { host: "127.0.0.1", port: 9 } : nil
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
      raise Failure if config.fails
    end
  end

  class Plugin < Vagrant.plugin("2")
    name "stub"
    provider(:stub, box_optional: true, defaultable: true, priority: 100) { Provider }
    config(:local, :provisioner) { LocalConfig }
    provisioner(:local) { Local }
  end
end
