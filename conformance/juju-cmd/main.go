// Answers, one JSON object a line, how the modules that Juju's hook commands are made of read command lines and files and print values.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/juju/cmd/v3"
	"github.com/juju/gnuflag"
	"github.com/juju/names/v5"
	"github.com/juju/utils/v3/keyvalues"
	"gopkg.in/yaml.v2"
)

type request struct {
	Kind  string          `json:"kind"`
	Text  string          `json:"text"`
	Argv  []string        `json:"argv"`
	Value json.RawMessage `json:"value"`
}

type answer struct {
	Code   int               `json:"code"`
	Stdout string            `json:"stdout"`
	Stderr string            `json:"stderr"`
	Flags  map[string]string `json:"flags,omitempty"`
	Args   []string          `json:"args,omitempty"`
	Values map[string]string `json:"values,omitempty"`
	Number int64             `json:"number,omitempty"`
	Error  string            `json:"error,omitempty"`
	Is     bool              `json:"is,omitempty"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		if err := out.Encode(answerTo(asked)); err != nil {
			panic(err)
		}
	}
}

func answerTo(asked request) answer {
	switch asked.Kind {
	case "run":
		return run(asked)
	case "key-values":
		values, err := keyvalues.Parse(asked.Argv, true)
		return answer{Values: values, Error: text(err)}
	case "settings":
		values := map[string]string{}
		err := yaml.Unmarshal([]byte(asked.Text), values)
		return answer{Values: values, Error: text(err)}
	case "quote":
		return answer{Stdout: fmt.Sprintf("%q", asked.Text)}
	case "atoi":
		number, err := strconv.Atoi(asked.Text)
		return answer{Number: int64(number), Error: text(err)}
	case "parse-int":
		number, err := strconv.ParseInt(asked.Text, 0, 64)
		return answer{Number: number, Error: text(err)}
	case "application":
		return answer{Is: names.IsValidApplication(asked.Text)}
	case "unit":
		return answer{Is: names.IsValidUnit(asked.Text)}
	case "storage":
		return answer{Is: names.IsValidStorage(asked.Text)}
	}
	panic("unknown kind " + asked.Kind)
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// A command that takes flags of each kind, and prints a value.
type command struct {
	cmd.CommandBase
	out         cmd.Output
	value       interface{}
	all, strict bool
	label       string
	revision    int
	args        []string
}

func run(asked request) answer {
	c := &command{value: decoded(asked.Value)}
	var stdout, stderr bytes.Buffer
	code := cmd.Main(c, &cmd.Context{Dir: "/", Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr}, asked.Argv)
	flags := map[string]string{
		"all":      strconv.FormatBool(c.all),
		"strict":   strconv.FormatBool(c.strict),
		"label":    c.label,
		"revision": strconv.Itoa(c.revision),
	}
	return answer{Code: code, Stdout: stdout.String(), Stderr: stderr.String(), Flags: flags, Args: c.args}
}

func (c *command) Info() *cmd.Info {
	return &cmd.Info{Name: "print", FlagKnownAs: "option"}
}

func (c *command) SetFlags(f *gnuflag.FlagSet) {
	c.out.AddFlags(f, "smart", cmd.DefaultFormatters.Formatters())
	f.BoolVar(&c.all, "a", false, "")
	f.BoolVar(&c.all, "all", false, "")
	f.BoolVar(&c.strict, "strict", false, "")
	f.StringVar(&c.label, "l", "", "")
	f.StringVar(&c.label, "label", "", "")
	f.IntVar(&c.revision, "revision", 0, "")
}

func (c *command) Init(args []string) error {
	c.args = args
	return nil
}

func (c *command) Run(ctx *cmd.Context) error {
	return c.out.Write(ctx, c.value)
}

// Whole numbers become integers, as configuration options of that type are.
func decoded(raw json.RawMessage) interface{} {
	if len(raw) == 0 {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value interface{}
	if err := decoder.Decode(&value); err != nil {
		panic(err)
	}
	return withNumbers(value)
}

func withNumbers(value interface{}) interface{} {
	switch value := value.(type) {
	case json.Number:
		if whole, err := value.Int64(); err == nil {
			return whole
		}
		number, _ := value.Float64()
		return number
	case []interface{}:
		for index, item := range value {
			value[index] = withNumbers(item)
		}
	case map[string]interface{}:
		for key, item := range value {
			value[key] = withNumbers(item)
		}
	}
	return value
}
