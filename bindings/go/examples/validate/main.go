// SPDX-License-Identifier: MIT

// Command validate checks an AppSpec and prints what is wrong with it: validate FILE
package main

import (
	"errors"
	"fmt"
	"os"

	"libcodedeploy.internal/codedeploy"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "Usage: validate FILE")
		os.Exit(2)
	}
	file := os.Args[1]
	text, err := os.ReadFile(file)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	spec, err := codedeploy.ParseAppSpec(text, nil)
	var found codedeploy.Diagnostics
	if err == nil {
		found = spec.Diagnostics()
	} else if !errors.As(err, &found) {
		fmt.Fprintln(os.Stderr, err)
	}
	for _, one := range found {
		fmt.Printf("%s:%v: %v: %s\n", file, one.Place, one.Severity, one.Message)
	}
	if err != nil {
		os.Exit(1)
	}
	fmt.Printf("%s: a valid AppSpec for %v\n", file, spec.Platform())
}
