package cli

import (
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"joinery/app/journeytest"
)

var (
	codeInDocs    = regexp.MustCompile("(?m)`[^`\n]+`|^    .*$")
	commandInCode = regexp.MustCompile("\\b(?:j|joinery) ([a-z][^`|>;]*)")
	flagOfCommand = regexp.MustCompile(`--([a-z][a-z-]*)`)
)

// TestEveryCommandInTheDocsExists with the flags that it has there.
func TestEveryCommandInTheDocsExists(t *testing.T) {
	text, err := os.ReadFile("../../docs/operations.md")
	journeytest.Must(t, err)
	p, seen := &program{now: time.Now, getenv: func(string) string { return "" }}, 0
	for _, code := range codeInDocs.FindAllString(string(text), -1) {
		for _, line := range commandInCode.FindAllStringSubmatch(code, -1) {
			seen++
			root := p.root(io.Discard)
			root.InitDefaultHelpCmd()
			c, _, err := root.Find(strings.Fields(line[1]))
			if err != nil || c == root {
				t.Errorf("docs/operations.md has %s, and there is no such command (%v)", code, err)
				continue
			}
			for _, flag := range flagOfCommand.FindAllStringSubmatch(line[1], -1) {
				if c.Flag(flag[1]) == nil {
					t.Errorf("docs/operations.md has %s, and %s has no flag --%s", code, c.CommandPath(), flag[1])
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("this test sees only %d commands in docs/operations.md", seen)
	}
}
