LAB_HOSTS = ENV.fetch("LAB_HOSTS", "only").split(",")
