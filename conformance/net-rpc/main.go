// Go's own net/rpc on either side of a unit agent's socket:
//
//	net-rpc serve SOCKET     answers each hook command with its request as JSON, or with the answer that its stdin asks for
//	net-rpc call SOCKET      makes the calls that it reads, one a line, and prints their answers
//	net-rpc together SOCKET  the same, without waiting for one answer before the next call
//
// What is text to hook commands is bytes to Go, and base64 here.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	Token       string
}

type ExecResponse struct {
	Code   int
	Stdout []byte
	Stderr []byte
}

// Call is a Request as JSON, with the arguments as bytes.
type Call struct {
	Method      string
	ContextId   []byte
	Dir         []byte
	CommandName []byte
	Args        [][]byte
	StdinSet    bool
	Stdin       []byte
	Token       []byte
}

// Answer is an ExecResponse, or an error of the call itself.
type Answer struct {
	ExecResponse
	Error string
}

type Jujuc struct{}

func (Jujuc) Main(request Request, response *ExecResponse) error {
	if request.CommandName == "answer" {
		var answer Answer
		if err := json.Unmarshal(request.Stdin, &answer); err != nil {
			return err
		}
		*response = answer.ExecResponse
		if answer.Error != "" {
			return errors.New(answer.Error)
		}
		return nil
	}
	var args [][]byte
	for _, arg := range request.Args {
		args = append(args, []byte(arg))
	}
	var err error
	response.Stdout, err = json.Marshal(Call{
		ContextId:   []byte(request.ContextId),
		Dir:         []byte(request.Dir),
		CommandName: []byte(request.CommandName),
		Args:        args,
		StdinSet:    request.StdinSet,
		Stdin:       request.Stdin,
		Token:       []byte(request.Token),
	})
	return err
}

func serve(socket string) {
	must(rpc.Register(Jujuc{}))
	listener, err := net.Listen("unix", socket)
	must(err)
	fmt.Println("ready")
	rpc.Accept(listener)
}

func call(socket string, together bool) {
	client, err := rpc.Dial("unix", socket)
	must(err)
	defer client.Close()
	calls := json.NewDecoder(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	var started []*rpc.Call
	for {
		var next Call
		if err := calls.Decode(&next); err == io.EOF {
			break
		} else {
			must(err)
		}
		started = append(started, client.Go(next.Method, next.request(), &ExecResponse{}, nil))
		if !together {
			<-started[len(started)-1].Done
			must(answers.Encode(answerOf(started[len(started)-1])))
		}
	}
	for _, each := range started {
		if together {
			<-each.Done
			must(answers.Encode(answerOf(each)))
		}
	}
}

func (c Call) request() Request {
	var args []string
	for _, arg := range c.Args {
		args = append(args, string(arg))
	}
	return Request{
		ContextId:   string(c.ContextId),
		Dir:         string(c.Dir),
		CommandName: string(c.CommandName),
		Args:        args,
		StdinSet:    c.StdinSet,
		Stdin:       c.Stdin,
		Token:       string(c.Token),
	}
}

func answerOf(done *rpc.Call) Answer {
	answer := Answer{ExecResponse: *done.Reply.(*ExecResponse)}
	if done.Error != nil {
		answer.Error = done.Error.Error()
	}
	return answer
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	switch mode, socket := os.Args[1], os.Args[2]; mode {
	case "serve":
		serve(socket)
	case "call", "together":
		call(socket, mode == "together")
	}
}
