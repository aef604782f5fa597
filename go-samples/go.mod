module bazaar

go 1.24
