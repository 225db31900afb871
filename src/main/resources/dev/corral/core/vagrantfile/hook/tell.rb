# Writes what is told, a line of JSON each, to a file that was made for it.
require "fileutils"

module CorralHook
  module Tell
    LONGEST = 500

    class << self
      def start(path)
        @out = File.open(path, File::WRONLY | File::APPEND)
        @pid = Process.pid
        @guard = Mutex.new
        tidy_up(File.dirname(path))
      end

      # A child that the Vagrantfile forks has the file open, too, and is not who is listened to.
      def tell(event, about = {})
        return unless Process.pid == @pid
        line = "#{JSON.generate(about.merge("event" => event))}\n"
        @guard.synchronize do
          @out.write(line)
          @out.flush
        end
      end

      # Whatever goes wrong in here is told and otherwise nothing: Vagrant must not notice.
      def safely
        yield
      rescue StandardError, ScriptError => error
        begin
          tell("trouble", "class" => error.class.name.to_s, "message" => short(error.message), "at" => short(error.backtrace&.first))
        rescue StandardError
          nil
        end
        nil
      end

      private

      # Whoever made the folder removes it, unless Vagrant has outlived them.
      def tidy_up(folder)
        parent = Process.ppid
        at_exit do
          FileUtils.rm_rf(folder) if Process.pid == @pid && Process.ppid != parent
        end
      end

      def short(text)
        text.to_s.dup.force_encoding("UTF-8").scrub[0, LONGEST]
      end
    end
  end
end
