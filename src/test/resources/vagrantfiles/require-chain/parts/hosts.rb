require_relative "list"
Vagrant.configure("2") do |config|
  config.vm.provider :stub
  HOSTS.each { |host| config.vm.define host }
end
