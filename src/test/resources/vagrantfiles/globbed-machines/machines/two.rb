config.vm.define "two"
