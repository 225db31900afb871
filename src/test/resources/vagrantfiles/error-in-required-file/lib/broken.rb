def names
  nil.length
end
names
