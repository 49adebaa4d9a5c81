package cli

import (
	"log/slog"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// run runs a command that must not read the environment.
func run(t *testing.T, args ...string) (out string, err error) {
	t.Helper()
	getenv := func(key string) string {
		t.Errorf("joinery %s reads %s", strings.Join(args, " "), key)
		return ""
	}
	var b strings.Builder
	err = Run(t.Context(), templates, args, getenv, &b, slog.New(slog.DiscardHandler))
	return b.String(), err
}

func TestHelpAndVersionNeedNoSettings(t *testing.T) {
	commands := []string{
		"serve",
		"members",
		"consents",
		"find",
		"waiting",
		"show",
		"export",
		"erase",
		"change-address",
		"scanners",
		"mail",
		"check",
		"backup",
		"restore",
		"keys",
		"version",
		"help",
		"completion",
	}
	release := []string{"joinery development", runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH}
	for line, want := range map[string][]string{
		"version": release, "--version": release, "-v": release,
		"help": commands, "--help": commands, "-h": commands,
		"help members":                 {"--format", "--lang", "DATABASE_URL", "Exit codes", "joinery members --format json"},
		"members --help":               {"--format", "--lang"},
		"serve -h":                     {"BASE_URL"},
		"help change-address":          {"OLD NEW", "--member", "Exit codes", "TIME_ZONE"},
		"help consents":                {"verify", "withdraw", "--json", "MASTER_KEY", "joinery consents zoe@example.org"},
		"consents withdraw --help":     {"--how", "--member", "consent_news"},
		"help completion":              {"bash", "fish"},
		"completion":                   {"bash", "fish"},
		"completion bash":              {"complete", "joinery"},
		"__complete ":                  commands,
		"__complete members --format ": {"csv", "json"},
		"__complete help ":             commands[:5],
	} {
		out, err := run(t, strings.Split(line, " ")...)
		if err != nil {
			t.Errorf("joinery %s ends with %v", line, err)
		}
		for _, words := range want {
			if !strings.Contains(out, words) {
				t.Errorf("joinery %s prints\n%swant %q in it", line, out, words)
			}
		}
	}
}

func TestWhatDoesNotExistIsRefusedInOneSentence(t *testing.T) {
	for line, want := range map[string]string{
		"migrate":                        `there is no command "migrate"; joinery help lists the commands`,
		"member":                         `there is no command "member"; did you mean members?`,
		"help migrate":                   `there is no command "migrate"; joinery help lists the commands`,
		"help members all":               `there is no command "all"`,
		"completion ksh":                 `"ksh"`,
		"--quick":                        `unknown flag: --quick; joinery --help lists the flags`,
		"serve --quick":                  `unknown flag: --quick; joinery serve --help lists the flags`,
		"members --format":               `flag needs an argument: --format; joinery members --help lists the flags`,
		"members --format xml":           `--format is csv, xlsx or json and --lang is en or fr, not "xml" and "en"`,
		"members --lang de":              `--format is csv, xlsx or json and --lang is en or fr, not "csv" and "de"`,
		"members all":                    `joinery members takes no argument "all"; joinery members --help says what it takes`,
		"serve now":                      `joinery serve takes no argument "now"; joinery serve --help says what it takes`,
		"consents verfy":                 `"verfy" is neither an address nor a command; joinery consents --help lists the commands`,
		"consents a@x.org b":             `joinery consents takes one address`,
		"consents verify now":            `joinery consents verify takes no argument "now"`,
		"consents verify --head=7":       `--head: a head is the number of a row, a colon and 64 hexadecimal digits`,
		"consents withdraw a@x.org":      `joinery consents withdraw takes an address and the key of a consent`,
		"consents withdraw a@x.org news": `--how says how your organization was told`,
		"consents withdraw a@x.org news --how=a\x01b": `--how is one line of at most 200 characters`,
		"consents withdraw a news --how=told":         `"a" is not an address`,
		"erase":                                       `joinery erase takes one address; joinery erase --help says more`,
		"erase zoe":                                   `"zoe" is not an address`,
		"erase a@x.org --json":                        `--json does not ask: add --yes`,
		"erase a@x.org --all --member=A":              `--member, --waiting and --all exclude each other`,
		"export a@x.org --lang=de":                    `--lang is en or fr, not "de"`,
		"find":                                        `joinery find takes one text`,
		"waiting --resend zoe":                        `--resend: "zoe" is not an address`,
		"version of what":                             `joinery version takes no argument "of"`,
		"check --help=of --what":                      `invalid argument`,
	} {
		out, err := run(t, strings.Split(line, " ")...)
		if err == nil || out != "" || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("joinery %s prints %q and ends with %v, want %s", line, out, err, want)
		}
	}
}

// TestArgumentsAreThoseOfRun also where there are none: cobra would take those
// of the test.
func TestArgumentsAreThoseOfRun(t *testing.T) {
	getenv := func(key string) string { return map[string]string{"ADDR": "nowhere"}[key] }
	err := Run(t.Context(), templates, nil, getenv, os.Stdout, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "ADDR: ") {
		t.Errorf("without arguments it ends with %v, want serve to refuse ADDR", err)
	}
}

// withCommands returns c and all commands below it, but for completion, whose words are
// cobra's.
func withCommands(c *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{c}
	for _, child := range c.Commands() {
		if child.Name() != "completion" {
			all = append(all, withCommands(child)...)
		}
	}
	return all
}

func TestEveryCommandExplainsItself(t *testing.T) {
	root := new(program).root(new(strings.Builder))
	for _, c := range withCommands(root) {
		for _, part := range []string{"\n\nEnvironment: ", "\n\nExit codes: "} {
			if !strings.Contains(c.Long, part) {
				t.Errorf("%s does not explain %q", c.CommandPath(), strings.TrimSpace(part))
			}
		}
		if c.Short == "" || c.Example == "" {
			t.Errorf("%s has the summary %q and the example %q", c.CommandPath(), c.Short, c.Example)
		}
		for line := range strings.Lines(c.Long + "\n" + c.Example) {
			if len(line) > 81 {
				t.Errorf("%s: a line does not fit a terminal: %q", c.CommandPath(), line)
			}
		}
	}
}
