// A unit agent's socket served by Go's own net/rpc, which answers each hook command with its request as JSON: net-rpc SOCKET.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/rpc"
	"os"
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

type Jujuc struct{}

func (Jujuc) Main(request Request, response *ExecResponse) error {
	switch request.CommandName {
	case "refuse":
		return errors.New("bad request: refused")
	case "fail":
		response.Code = 2
		response.Stderr = []byte("ERROR failed")
		return nil
	}
	var err error
	response.Stdout, err = json.Marshal(map[string]any{
		"contextId": request.ContextId,
		"dir":       request.Dir,
		"command":   request.CommandName,
		"args":      request.Args,
		"stdin":     string(request.Stdin),
	})
	return err
}

func main() {
	if err := rpc.Register(Jujuc{}); err != nil {
		panic(err)
	}
	listener, err := net.Listen("unix", os.Args[1])
	if err != nil {
		panic(err)
	}
	fmt.Println("ready")
	rpc.Accept(listener)
}
