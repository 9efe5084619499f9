package main

import (
	"encoding/json"
	"os"
	"sort"

	"github.com/juju/charm/v12"
)

func readArchive(file, directory string) {
	archive, err := charm.ReadCharmArchive(file)
	check(err)
	check(archive.ExpandTo(directory))
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
