// SPDX-License-Identifier: MIT

//go:build linux

// Command deploy deploys a bundle on this machine: deploy DIRECTORY [TRIAL-ROOT]
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"libcodedeploy.internal/codedeploy"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "Usage: deploy DIRECTORY [TRIAL-ROOT]")
		os.Exit(2)
	}
	options := codedeploy.DeployOptions{
		Bundle: os.Args[1],
		News: func(news codedeploy.News) error {
			if news.Kind == codedeploy.NewsEventEnded {
				fmt.Printf("%-20s %s\n", news.Event, news.Status)
			}
			return nil
		},
	}
	if len(os.Args) > 2 {
		options.DestinationRoot = os.Args[2]
		options.RootDirectory = filepath.Join(os.Args[2], "records")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if _, err := codedeploy.Deploy(ctx, options); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
