MORE = %w[loaded]
