// A charm in Go that sets its status twenty times, each by the hook command's executable, as goops does.
package main

import (
	"fmt"
	"os"
	"os/exec"
)

func main() {
	for step := 1; step <= 20; step++ {
		command := exec.Command("status-set", "maintenance", fmt.Sprintf("step %d", step))
		if output, err := command.CombinedOutput(); err != nil {
			fmt.Fprintln(os.Stderr, err, string(output))
			os.Exit(1)
		}
	}
}
