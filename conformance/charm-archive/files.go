package main

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"

	"github.com/juju/charm/v12"
)

func readFiles() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var files map[string]string
		check(json.Unmarshal(lines.Bytes(), &files))
		read, err := charmIn(files)
		if err != nil {
			read = map[string]any{"refused": err.Error()}
		}
		check(json.NewEncoder(os.Stdout).Encode(read))
	}
	check(lines.Err())
}

// As for an archive whose manifest has bases, which asks for the second format of metadata.
func charmIn(files map[string]string) (map[string]any, error) {
	meta, err := charm.ReadMeta(strings.NewReader(files["metadata.yaml"]))
	if err != nil {
		return nil, err
	}
	if err := meta.Check(charm.FormatV2, charm.SelectionManifest, charm.SelectionBases); err != nil {
		return nil, err
	}
	config, actions := charm.NewConfig(), charm.NewActions()
	if text, ok := files["config.yaml"]; ok {
		if config, err = charm.ReadConfig(strings.NewReader(text)); err != nil {
			return nil, err
		}
	}
	if text, ok := files["actions.yaml"]; ok {
		if actions, err = charm.ReadActionsYaml(meta.Name, strings.NewReader(text)); err != nil {
			return nil, err
		}
	}
	return map[string]any{"meta": meta, "config": config, "actions": actions}, nil
}
