//go:build e2e

package process

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"joinery/app/config"
	"joinery/app/e2e/harness"
)

// deployed returns a file of deploy/ with some of its words replaced. Each must be there.
func deployed(t *testing.T, name string, replace ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(string(text), replace[i]) {
			t.Fatalf("%s has no %q", name, replace[i])
		}
		text = []byte(strings.ReplaceAll(string(text), replace[i], replace[i+1]))
	}
	return string(text)
}

// put writes a file in a folder and returns its path.
func put(t *testing.T, folder, name, text string) (path string) {
	t.Helper()
	path = filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// wantFine runs a checker and returns what it says.
func wantFine(t *testing.T, name string, args ...string) string {
	t.Helper()
	said, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Errorf("%s %v: %v\n%s", name, args, err, said)
	}
	return string(said)
}

// maxExposure is the exposure that systemd may see in the unit; from 0, none, to 10.
const maxExposure = 1.5

// TestTheUnitIsSoundAndSandboxed asks systemd.
func TestTheUnitIsSoundAndSandboxed(t *testing.T) {
	t.Parallel()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	unit := put(t, t.TempDir(), "joinery.service", deployed(t, "joinery.service", "/usr/local/bin/joinery", path))
	if said := wantFine(t, "systemd-analyze", "verify", "--recursive-errors=no", unit); strings.Contains(said, "joinery.service") {
		t.Errorf("systemd says of the unit\n%s", said)
	}
	said := wantFine(t, "systemd-analyze", "security", "--offline=true", unit)
	found := regexp.MustCompile(`Overall exposure level for joinery.service: ([\d.]+)`).FindStringSubmatch(said)
	if found == nil {
		t.Fatalf("systemd sees no exposure in\n%s", said)
	}
	if exposure, err := strconv.ParseFloat(found[1], 64); err != nil || exposure > maxExposure {
		t.Errorf("the exposure is %s (%v), want at most %v", found[1], err, maxExposure)
	}
	t.Logf("exposure %s", found[1])
}

// TestTheNightlyBackupIsSound asks systemd about the timer, and runs the command of the unit.
func TestTheNightlyBackupIsSound(t *testing.T) {
	t.Parallel()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	service := put(t, folder, "joinery-backup.service", deployed(t, "joinery-backup.service", "/usr/local/bin/joinery", path))
	timer := put(t, folder, "joinery-backup.timer", deployed(t, "joinery-backup.timer"))
	if said := wantFine(t, "systemd-analyze", "verify", "--recursive-errors=no", service, timer); strings.Contains(said, "joinery-backup") {
		t.Errorf("systemd says of the units\n%s", said)
	}
	started := regexp.MustCompile(`(?m)^ExecStart=\S+ (\S+) /mnt/backups$`).FindStringSubmatch(deployed(t, "joinery-backup.service"))
	if started == nil {
		t.Fatal("the unit makes no backup")
	}
	s := harness.NewSettings(t, nil)
	start(t, s)
	if status, out, said := result(t, s, started[1], folder); status != 0 || !exists(strings.TrimSpace(out)) {
		t.Errorf("the command of the unit ends with %d, prints %q and says\n%s", status, out, said)
	}
}

// TestComposeTakesItsFile asks Compose what it makes of the file and the sample settings.
func TestComposeTakesItsFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	put(t, folder, "joinery.env", deployed(t, "joinery.env"))
	file := put(t, folder, "compose.yaml", deployed(t, "compose.yaml"))
	said := wantFine(t, "docker-compose", "-f", file, "config")
	for _, want := range []string{"ADDR: :3000", "DATA: /data", "REDIS_URL: redis://redis:6379/0", "ORG_NAME_FR: Carrefour du port", "dockerfile: deploy/Dockerfile", "data:/data:rw"} {
		if !strings.Contains(said, want) {
			t.Errorf("Compose sees no %q in\n%s", want, said)
		}
	}
}

// TestTheSampleSettingsStartASite reads them as systemd does, and as the shell command in
// docs/operations.md.
func TestTheSampleSettingsStartASite(t *testing.T) {
	t.Parallel()
	file := put(t, t.TempDir(), "env", deployed(t, "joinery.env"))
	read, err := exec.Command("env", "-i", "sh", "-c", `set -a; . "$0"; exec env`, file).Output()
	if err != nil {
		t.Fatal(err)
	}
	s := make(harness.Settings)
	for line := range strings.Lines(string(read)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		s[name] = value
	}
	cfg, err := config.Load(s.Getenv)
	if err != nil || cfg.OrgAddress != "2 Quay Road, Halifax NS  B3H 0A0" || !cfg.HTTPS() || len(cfg.TrustedProxies) != 1 {
		t.Errorf("the settings are %+v (%v)", cfg, err)
	}
	asked := make(map[string]bool)
	config.Load(func(name string) string { asked[name] = true; return "" }) //nolint:errcheck // the names matter alone
	for _, found := range regexp.MustCompile(`(?m)^#?([A-Z_]+)=`).FindAllStringSubmatch(deployed(t, "joinery.env"), -1) {
		if !asked[found[1]] {
			t.Errorf("there is no setting %s", found[1])
		}
	}
}

// TestTheAlertsAreSound asks Prometheus about the rules, and whether they fire when they
// should.
func TestTheAlertsAreSound(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	put(t, folder, "alerts.yaml", deployed(t, "alerts.yaml"))
	wantFine(t, "promtool", "check", "rules", filepath.Join(folder, "alerts.yaml"))
	tests, err := os.ReadFile("testdata/alerts_test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	wantFine(t, "promtool", "test", "rules", put(t, folder, "test.yaml", string(tests)))
}
