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
	"time"

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

// maxExposure is the exposure that systemd may see in a unit; from 0, none, to 10.
var maxExposure = map[string]float64{"joinery.service": 1.5, "joinery-backup.service": 1.1}

// TestTheUnitsAreSoundAndSandboxed asks systemd.
func TestTheUnitsAreSoundAndSandboxed(t *testing.T) {
	t.Parallel()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	put(t, folder, "joinery-backup.timer", deployed(t, "joinery-backup.timer"))
	for name, most := range maxExposure {
		unit := put(t, folder, name, deployed(t, name, "/usr/local/bin/joinery", path))
		if said := wantFine(t, "systemd-analyze", "verify", "--recursive-errors=no", unit); strings.Contains(said, "joinery") {
			t.Errorf("systemd says of %s\n%s", name, said)
		}
		said := wantFine(t, "systemd-analyze", "security", "--offline=true", unit)
		found := regexp.MustCompile(`Overall exposure level for ` + name + `: ([\d.]+)`).FindStringSubmatch(said)
		if found == nil {
			t.Fatalf("systemd sees no exposure in\n%s", said)
		}
		if exposure, err := strconv.ParseFloat(found[1], 64); err != nil || exposure > most {
			t.Errorf("the exposure of %s is %s (%v), want at most %v", name, found[1], err, most)
		}
		t.Logf("%s: exposure %s", name, found[1])
	}
}

// inBackupUnit returns what a pattern finds in a line of the unit that makes backups.
func inBackupUnit(t *testing.T, pattern string) string {
	t.Helper()
	found := regexp.MustCompile(`(?m)^` + pattern + `$`).FindStringSubmatch(deployed(t, "joinery-backup.service"))
	if found == nil {
		t.Fatalf("the unit has no line %s", pattern)
	}
	return found[1]
}

// TestTheNightlyBackupIsMade runs the command of the unit, and asks systemd about its timer.
func TestTheNightlyBackupIsMade(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	put(t, folder, "joinery-backup.service", deployed(t, "joinery-backup.service", "/usr/local/bin/joinery", path))
	timer := put(t, folder, "joinery-backup.timer", deployed(t, "joinery-backup.timer"))
	if said := wantFine(t, "systemd-analyze", "verify", "--recursive-errors=no", timer); strings.Contains(said, "joinery-backup") {
		t.Errorf("systemd says of the timer\n%s", said)
	}
	s := harness.NewSettings(t, nil)
	start(t, s)
	if status, out, said := result(t, s, inBackupUnit(t, `ExecStart=\S+ (\S+) /mnt/backups`), folder); status != 0 || !exists(strings.TrimSpace(out)) {
		t.Errorf("the command of the unit ends with %d, prints %q and says\n%s", status, out, said)
	}
}

// TestOldNightlyBackupsAreRemoved by the unit, and nothing else that lies beside them.
func TestOldNightlyBackupsAreRemoved(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, days := range map[string]int{"joinery-old.tar": 62, "joinery-new.tar": 59, "joinery-old.db": 90, "other-old.tar": 90} {
		at := time.Now().AddDate(0, 0, -days)
		if err := os.Chtimes(put(t, folder, name, "a backup"), at, at); err != nil {
			t.Fatal(err)
		}
	}
	command := strings.Fields(strings.ReplaceAll(inBackupUnit(t, `ExecStartPost=(.+)`), "/mnt/backups", folder))
	wantFine(t, command[0], command[1:]...)
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 3 || exists(filepath.Join(folder, "joinery-old.tar")) {
		t.Errorf("what stays is %v (%v)", files, err)
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
