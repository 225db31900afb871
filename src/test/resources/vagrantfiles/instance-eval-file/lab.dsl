machine "m1"
machine "m2"
