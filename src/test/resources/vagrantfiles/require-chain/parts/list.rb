HOSTS = %w[red blue]
