module example.com/conformance/hook-command

go 1.22
