module goprofiles

go 1.24
