# A Vagrant that goes on, after its answer, as the command that the answer was wanted for: by then it has loaded itself, which takes it
# longer than anything else here. A child evaluates the Vagrantfile, so that nothing that it does stays behind in this process.
require "fileutils"

module CorralResolve
  module Stay
    STEP = 0.005
    # Whoever asked is done with the answer much sooner, or has found another way.
    LONGEST = 60

    class << self
      def execute
        parent = Process.ppid
        answer_in_a_child
        order = await(parent)
        return leave unless order
        follow(order, parent)
      end

      private

      def folder
        CorralResolve.request["stay"]
      end

      def answer_in_a_child
        child = fork { answer }
        group(child)
        File.write(File.join(folder, "child"), child.to_s)
        before = trap("INT") { signal(:INT, child) }
        Process.wait(child)
        trap("INT", before || "DEFAULT")
        # What the Vagrantfile left running.
        signal(:KILL, -child)
        FileUtils.touch(File.join(folder, "answered"))
      end

      def answer
        group(0)
        CorralResolve.answer_here
        CorralResolve.load_all
        enter(CorralResolve.request["directory"])
        CorralResolve.answer
      ensure
        CorralResolve.finish
      end

      # As a shell does it that starts a program there.
      def enter(directory)
        Dir.chdir(directory)
        ENV["PWD"] = Dir.pwd if ENV.key?("PWD")
      end

      # Both do it, since nobody knows who is first.
      def group(pid)
        Process.setpgid(pid, pid)
      rescue SystemCallError
        nil
      end

      def signal(name, pid)
        Process.kill(name, pid)
      rescue SystemCallError
        nil
      end

      def await(parent)
        path = File.join(folder, "order.json")
        last = now + LONGEST
        until File.exist?(path)
          return if Process.ppid != parent || now > last
          sleep STEP
        end
        JSON.parse(File.read(path, encoding: "UTF-8"))
      end

      def now
        Process.clock_gettime(Process::CLOCK_MONOTONIC)
      end

      # Nobody has any use for it, and nothing was done.
      def leave
        FileUtils.rm_rf(folder)
        0
      end

      # From here on it is as if it had been started so.
      def follow(order, parent)
        FileUtils.touch(File.join(folder, "taken"))
        tidy_up(parent)
        [STDOUT, STDERR].each do |stream|
          stream.reopen(order["log"], "a")
          stream.sync = true
        end
        ENV.replace(order["variables"])
        ARGV.replace(order["arguments"])
        enter(order["directory"])
        env = Vagrant::Environment.new(ui_class: Vagrant::UI::MachineReadable)
        begin
          env.cli(order["arguments"] - ["--machine-readable"])
        ensure
          env.unload
        end
      end

      # Whoever made the folder removes it, unless Vagrant has outlived them.
      def tidy_up(parent)
        pid = Process.pid
        made = folder
        at_exit { FileUtils.rm_rf(made) if Process.pid == pid && Process.ppid != parent }
      end
    end
  end
end
