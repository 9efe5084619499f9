// A hook command as Juju's own client runs it: one call on the unit agent's socket by net/rpc, then out. It is the one that it is
// called by, through a link of that name.
package main

import (
	"fmt"
	"io"
	"net/rpc"
	"os"
	"path/filepath"
	"slices"
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
	// Read only when a command asks for it: a charm may leave its own stdin open.
	if file := slices.Index(request.Args, "--file"); file >= 0 && slices.Contains(request.Args[file:], "-") {
		request.StdinSet = true
		request.Stdin, _ = io.ReadAll(os.Stdin)
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
