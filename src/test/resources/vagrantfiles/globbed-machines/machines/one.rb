config.vm.define "one"
