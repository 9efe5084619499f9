module charmed/bench/go-client

go 1.22
