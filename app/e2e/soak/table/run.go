package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// An event is a line of go test -json.
type event struct {
	Action, Test, Output, Key, Value string
	Elapsed                          float64
}

// arguments returns what go is told to run tests.
func (t tests) arguments() []string {
	args := []string{"test", "-json", "-count=1", "-timeout=2h", "-tags=e2e,soak"}
	if !t.fuzzing() {
		args = append(args, "-run=^("+strings.Join(t.names, "|")+")$")
	}
	return append(append(args, "./app/"+t.pkg), t.flags...)
}

// run runs tests, adds to a result what they show, and tells how it goes. It returns an
// error only if go test cannot be run.
func run(ctx context.Context, t tests, into *result, progress io.Writer) error {
	fmt.Fprintln(progress, "go", strings.Join(t.arguments(), " "))
	c := exec.CommandContext(ctx, "go", t.arguments()...)
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) } // go ends the tests, and they what they started
	c.Stderr = progress
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	if err := follow(out, into, progress); err != nil {
		return err
	}
	err = c.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		return err
	}
	into.end(t, err == nil)
	return nil
}

// follow reads events until there are no more.
func follow(from io.Reader, into *result, progress io.Writer) error {
	lines := bufio.NewReader(from)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var e event
		if err := json.Unmarshal(line, &e); err != nil {
			return fmt.Errorf("go test says %s: %w", line, err)
		}
		if told := into.add(e); told != "" {
			fmt.Fprint(progress, told)
		}
	}
}
