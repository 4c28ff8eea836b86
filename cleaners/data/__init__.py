"""Data files of the cleaners: line rules, walls, and the weights of the block scorer."""
