//go:build e2e

package process

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"joinery/app/e2e/harness"
)

// An image is what the last stage of the Dockerfile says.
type image struct {
	root     string
	settings harness.Settings
	command  []string
	user     uint32
}

var (
	copied  = regexp.MustCompile(`(?m)^COPY --from=build (?:--chown=\S+ )?(\S+) (\S+)$`)
	setting = regexp.MustCompile(`(?m)^ENV (.+)$`)
	words   = regexp.MustCompile(`"([^"]+)"`)
	user    = regexp.MustCompile(`(?m)^USER (\d+):\d+$`)
	started = regexp.MustCompile(`(?m)^(?:ENTRYPOINT|CMD) (.+)$`)
)

// readImage builds the root of the image in a folder, from this machine's files.
func readImage(t *testing.T, program string) image {
	t.Helper()
	_, last, found := strings.Cut(deployed(t, "Dockerfile"), "\nFROM scratch\n")
	if !found {
		t.Fatal("the image has more than the program in it")
	}
	i := image{root: t.TempDir(), settings: make(harness.Settings), user: userOf(t, last)}
	for _, c := range copied.FindAllStringSubmatch(last, -1) {
		from, to := c[1], filepath.Join(i.root, c[2])
		if from == "/joinery" {
			from = program
		}
		wantFine(t, "mkdir", "-p", filepath.Dir(to))
		if from == "/data" {
			wantFine(t, "mkdir", "-m", "0700", to)
			i.own(t, to)
			continue
		}
		wantFine(t, "cp", from, to)
	}
	for _, line := range setting.FindAllStringSubmatch(last, -1) {
		for _, pair := range strings.Fields(line[1]) {
			name, value, _ := strings.Cut(pair, "=")
			i.settings[name] = value
		}
	}
	for _, line := range started.FindAllStringSubmatch(last, -1) {
		for _, word := range words.FindAllStringSubmatch(line[1], -1) {
			i.command = append(i.command, word[1])
		}
	}
	return i
}

// userOf returns the user of an image, which is not root.
func userOf(t *testing.T, text string) uint32 {
	t.Helper()
	found := user.FindStringSubmatch(text)
	if found == nil {
		t.Fatal("the image runs as root")
	}
	id, err := strconv.ParseUint(found[1], 10, 32)
	if err != nil || id == 0 {
		t.Fatalf("the user of the image is %s (%v)", found[1], err)
	}
	return uint32(id)
}

// own gives the user of the image a folder. Root alone can; others are that user
// themselves.
func (i image) own(t *testing.T, path string) {
	t.Helper()
	if os.Geteuid() == 0 {
		if err := os.Chown(path, int(i.user), int(i.user)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTheImageHasAllThatTheProgramNeeds runs its command in its root folder, as its user,
// with nothing else of this machine's.
func TestTheImageHasAllThatTheProgramNeeds(t *testing.T) {
	t.Parallel()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	i := readImage(t, path)
	if fmt.Sprint(i.command) != "[/joinery serve]" || i.settings["DATA"] != "/data" || i.settings["ADDR"] != ":3000" {
		t.Fatalf("the image runs %v with %v", i.command, i.settings)
	}
	s := harness.NewSettings(t, harness.Settings{"DATA": i.settings["DATA"], "TIME_ZONE": "America/St_Johns"})
	p := &process{Cmd: confined(i.root, s, i.command[1:]...)}
	if os.Geteuid() == 0 {
		p.SysProcAttr.Credential = &syscall.Credential{Uid: i.user, Gid: i.user}
	}
	p.Stdout, p.Stderr = &p.out, &p.err
	p.start(t, s)
	harness.NewApplicant(t, s).Apply()
	p.stop(t)
	if _, err := os.Stat(filepath.Join(i.root, "etc/ssl/certs/ca-certificates.crt")); err != nil {
		t.Errorf("certificates cannot be checked: %v", err)
	}
}
