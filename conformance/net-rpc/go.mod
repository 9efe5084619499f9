module example.com/conformance/net-rpc

go 1.22
