package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"

	"joinery/app/config"
	"joinery/app/db"
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

// refuseChangedForm returns an error if a site of an earlier version keeps another definition
// under the version of this one. It is asked before tables are changed: afterwards the
// earlier program cannot go on. Pending are the changes that this version will make.
func refuseChangedForm(ctx context.Context, cfg config.Config, pending []string) error {
	if len(pending) == 0 || slices.Contains(pending, "0005_forms.sql") || !begun(ctx, cfg.Database, db.Migrations()) {
		return nil // formerForms asks, or nothing is kept yet
	}
	questions, err := readForm(cfg)
	if err != nil {
		return err
	}
	file, err := db.OpenAnyVersion(ctx, cfg.Database)
	if err != nil {
		return err
	}
	kept, err := member.NewStore(file, nil).Archived(ctx)
	return errors.Join(err, sameDefinition(kept, questions), file.Close())
}

// sameDefinition returns an error if another definition is kept under the version of this one.
func sameDefinition(kept map[string]string, questions *form.Definition) error {
	if source, ok := kept[questions.Version]; ok && source != questions.Source() {
		return fmt.Errorf("FORM: version %q: %w", questions.Version, member.ErrVersion)
	}
	return nil
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
	if err := sameDefinition(kept, questions); err != nil {
		return nil, err
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
