MOST = %w[loaded-too]
