// Reads charms as Juju 3 does.
//
//	charm-archive FILE DIRECTORY    expands an archive, and prints what it declares
//	charm-archive -                 for each line of JSON with the files of a charm, prints what Juju reads in them, or why it refuses
package main

import (
	"fmt"
	"os"
)

func main() {
	if os.Args[1] == "-" {
		readFiles()
		return
	}
	readArchive(os.Args[1], os.Args[2])
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
