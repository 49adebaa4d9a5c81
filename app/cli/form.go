package cli

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"joinery/app/config"
	"joinery/app/form"
	"joinery/app/member"
)

// settingsAndForm reads the configuration and the form that it names.
func (p *program) settingsAndForm() (config.Config, *form.Definition, error) {
	cfg, err := p.settings()
	if err != nil {
		return cfg, nil, err
	}
	questions, err := readForm(cfg)
	return cfg, questions, err
}

// readForm reads the definition of the form: the one in the program, or the
// file that FORM names.
func readForm(cfg config.Config) (*form.Definition, error) {
	if cfg.Form == "" {
		return form.Membership()
	}
	data, err := os.ReadFile(cfg.Form)
	if err != nil {
		return nil, fmt.Errorf("FORM: %w", err)
	}
	questions, err := form.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("FORM: %s:\n%w", cfg.Form, err)
	}
	return questions, nil
}

// formerForms returns the earlier definitions in the archive, by version. An
// archive with another definition under the version of this one is an error.
// A definition that this program can no longer read is left out: applicants
// are then not told what has changed since.
func formerForms(ctx context.Context, archive *member.Store, questions *form.Definition, log *slog.Logger) (map[string]*form.Definition, error) {
	kept, err := archive.Archived(ctx)
	if err != nil {
		return nil, err
	}
	if source, ok := kept[questions.Version]; ok && source != questions.Source() {
		return nil, fmt.Errorf("FORM: version %q: %w", questions.Version, member.ErrVersion)
	}
	delete(kept, questions.Version)
	former := make(map[string]*form.Definition, len(kept))
	for version, source := range kept {
		if former[version], err = form.Parse([]byte(source)); err != nil {
			log.Warn("an earlier form cannot be read any more", "version", version)
			delete(former, version)
		}
	}
	return former, nil
}

// Archive keeps the definition of the form for good, before applicants answer
// it.
func (p *Parts) Archive(ctx context.Context) error {
	err := p.members.Archive(ctx, p.Wizard.Form.Version, p.Wizard.Form.Source(), p.now())
	if err != nil {
		return fmt.Errorf("FORM: version %q: %w", p.Wizard.Form.Version, err)
	}
	return nil
}
