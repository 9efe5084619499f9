// A hook command as Juju's own client runs it: one call on the unit agent's socket by net/rpc, then out.
package main

import (
	"fmt"
	"net/rpc"
	"os"
	"path/filepath"
)

type Request struct {
	ContextId   string
	Dir         string
	CommandName string
	Args        []string
	StdinSet    bool
	Stdin       []byte
}

type ExecResponse struct {
	Code   int
	Stdout []byte
	Stderr []byte
}

func main() {
	client, err := rpc.Dial("unix", os.Getenv("JUJU_AGENT_SOCKET_ADDRESS"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	dir, _ := os.Getwd()
	request := Request{
		ContextId:   os.Getenv("JUJU_CONTEXT_ID"),
		Dir:         dir,
		CommandName: filepath.Base(os.Args[0]),
		Args:        os.Args[1:],
	}
	var response ExecResponse
	if err := client.Call("Jujuc.Main", request, &response); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	client.Close()
	os.Stdout.Write(response.Stdout)
	os.Stderr.Write(response.Stderr)
	os.Exit(response.Code)
}
