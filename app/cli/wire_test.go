package cli

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/access"
	"joinery/app/config"
	"joinery/app/draft"
	"joinery/app/i18n"
	"joinery/app/mail"
)

var templates = os.DirFS("../..")

// configured returns what a folder of its own and these variables make.
func configured(t *testing.T, env map[string]string) config.Config {
	t.Helper()
	data := t.TempDir()
	cfg, err := config.Load(func(key string) string {
		if key == "DATA" {
			return data
		}
		return env[key]
	})
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// write returns the path of a new file with these words in it.
func write(t *testing.T, words string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(words), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenMakesEverythingReadyInAnEmptyFolder(t *testing.T) {
	p, err := Open(t.Context(), configured(t, nil), templates, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Ready(t.Context()); err != nil || p.Outbox == nil || len(p.Work()) != 6 {
		t.Errorf("the stores are %v, the outbox is %v, and %d go on beside the site", err, p.Outbox, len(p.Work()))
	}
	if err := p.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

func TestReadySaysWhichStoreCannotBeUsed(t *testing.T) {
	for store, closeStore := range map[string]func(*Parts) error{
		"member": func(p *Parts) error { return p.Queue.DB.Close() },
		"draft":  func(p *Parts) error { return p.drafts.(*draft.SQL).Close() },
	} {
		p, err := Open(t.Context(), configured(t, nil), templates, time.Now, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		if err := closeStore(p); err != nil {
			t.Fatal(err)
		}
		err = p.Ready(t.Context())
		if err == nil || errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), store+": ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("without the store of package %s Ready says %v, want a word about that store alone", store, err)
		}
	}
}

func TestTheLogoIsPartOfTheBrandAndSaidToBeGood(t *testing.T) {
	logo := write(t, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 12"/>`)
	if err := os.Rename(logo, logo+".svg"); err != nil {
		t.Fatal(err)
	}
	cfg := configured(t, map[string]string{"ORG_LOGO": logo + ".svg", "ORG_COLOUR": "#1d3f8a"})
	p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if p.Brand.Logo != "logo.svg" || p.Brand.Light.Deep != cfg.Colour {
		t.Errorf("the logo is %q and the colour %s", p.Brand.Logo, p.Brand.Light.Deep)
	}
	var out strings.Builder
	if err := p.check(t.Context(), cfg, &out); err != nil || !strings.Contains(out.String(), "ok: logo "+cfg.Logo+"\n") {
		t.Errorf("check: %v; it prints\n%s", err, out.String())
	}
	letter, err := p.letters.Confirm(mail.Order{Lang: i18n.English}, mail.Confirmation{Code: "ABCDEF"})
	if err != nil || !strings.Contains(letter.HTML, `bgcolor="#1d3f8a"`) {
		t.Errorf("letters have another colour: %v", err)
	}
}

func TestTheLimitsOfDraftsAreThoseOfTheConfiguration(t *testing.T) {
	l := beginLimits(configured(t, map[string]string{"DRAFTS_PER_NETWORK": "1/1h", "DRAFTS_TOTAL": "2/2h"}), slog.New(slog.DiscardHandler))
	if l.PerNetwork != (access.Budget{Max: 1, Per: time.Hour}) || l.Total != (access.Budget{Max: 2, Per: 2 * time.Hour}) || l.Log == nil {
		t.Errorf("the limits are %+v", l)
	}
}

// TestTheLimitsOfMailAreThoseOfTheConfiguration also where the DNS is not asked.
func TestTheLimitsOfMailAreThoseOfTheConfiguration(t *testing.T) {
	for lookups, want := range map[string]bool{"1": true, "0": false} {
		cfg := configured(t, map[string]string{
			"MAIL_PER_ADDRESS": "1/1h", "MAIL_PER_NETWORK": "2/2h", "MAIL_TOTAL": "3/3h", "MX_CHECK": lookups,
		})
		p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		l := p.limits
		for i, got := range []mail.Budget{l.PerAddress, l.PerNetwork, l.Total} {
			if want := (mail.Budget{Max: i + 1, Per: time.Duration(i+1) * time.Hour}); got != want {
				t.Errorf("a limit is %+v, want %+v", got, want)
			}
		}
		if l.Log == nil || (p.MX != nil) != want {
			t.Errorf("the limits have the log %v, and the DNS is asked by %v, want it asked: %t", l.Log, p.MX, want)
		}
	}
}

func TestOpenSaysEverythingThatIsWrong(t *testing.T) {
	broken := map[string]string{
		"FORM":         write(t, `{"sections": [`),
		"DATABASE_URL": "sqlite:" + write(t, strings.Repeat("This is no database. ", 300)),
		"REDIS_URL":    "redis://joinery/hunter2@cache",
		"ORG_LOGO":     write(t, "This is no picture."),
	}
	cfg := configured(t, broken)
	p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
	if err == nil || p != nil {
		t.Fatalf("Open = %v, %v, want nothing but an error", p, err)
	}
	for _, want := range []string{"FORM: " + cfg.Form, "db: " + cfg.Database, "draft: write the address of Redis", "ORG_LOGO: " + cfg.Logo} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("Open does not say %q:\n%v", want, err)
		}
	}
	if strings.Contains(err.Error(), "hunter2") {
		t.Errorf("Open says %v", err)
	}
}

// TestNoErrorShowsThePasswordOfRedis mistypes addresses in ways that config
// lets pass and in ways that it does not.
func TestNoErrorShowsThePasswordOfRedis(t *testing.T) {
	cfg := configured(t, nil)
	for _, url := range []config.Secret{
		"redis://joinery/hunter2@cache",
		"redis://joinery:hunter2/@cache",
		"redis://:hunter2#@cache:6379",
		"redis://:hunter2%zz@cache:6379",
		"redis://:hunter2@cache:6379/hunter2",
		"redis://cache:6379/?password=hunter2",
		"redis://cache:6379/0?db=hunter2",
		"rediss://hunter2@cache:6379/a/b",
		"unix://joinery:hunter2@/?db=hunter2",
		"hunter2@cache",
	} {
		cfg.RedisURL = url
		p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
		if err == nil {
			t.Errorf("%s is taken for an address", string(url))
			p.Close()
			continue
		}
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("Open says %v", err)
		}
	}
}
