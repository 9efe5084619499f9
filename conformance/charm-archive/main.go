// Reads a charm archive as Juju 3 does, expands it, and prints what it declares: charm-archive FILE DIRECTORY.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"

	"github.com/juju/charm/v12"
)

func main() {
	archive, err := charm.ReadCharmArchive(os.Args[1])
	check(err)
	check(archive.ExpandTo(os.Args[2]))
	actions := []string{}
	for name := range archive.Actions().ActionSpecs {
		actions = append(actions, name)
	}
	options := []string{}
	for name := range archive.Config().Options {
		options = append(options, name)
	}
	endpoints := []string{}
	for name := range archive.Meta().CombinedRelations() {
		endpoints = append(endpoints, name)
	}
	sort.Strings(actions)
	sort.Strings(options)
	sort.Strings(endpoints)
	check(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"name":      archive.Meta().Name,
		"endpoints": endpoints,
		"actions":   actions,
		"options":   options,
		"bases":     len(archive.Manifest().Bases),
	}))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
