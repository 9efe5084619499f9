module example.com/conformance/juju-cmd

go 1.24.4

require (
	github.com/juju/cmd/v3 v3.0.0
	github.com/juju/gnuflag v1.0.0
	github.com/juju/names/v5 v5.0.0
	github.com/juju/utils/v3 v3.2.3
	gopkg.in/yaml.v2 v2.4.0
)

require (
	github.com/juju/ansiterm v1.0.0 // indirect
	github.com/juju/clock v1.0.3 // indirect
	github.com/juju/errors v1.0.0 // indirect
	github.com/juju/loggo v1.0.0 // indirect
	github.com/lunixbochs/vtclean v1.0.0 // indirect
	github.com/mattn/go-colorable v0.1.14 // indirect
	github.com/mattn/go-isatty v0.0.20 // indirect
	golang.org/x/crypto v0.39.0 // indirect
	golang.org/x/net v0.41.0 // indirect
	golang.org/x/sys v0.33.0 // indirect
)
