package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/spf13/cobra"

	"joinery/app/address"
	"joinery/app/config"
	"joinery/app/draft"
	"joinery/app/person"
)

// oneAddress refuses arguments of c that are not one address.
func oneAddress(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("%s takes one address; %[1]s --help says more", c.CommandPath())
	}
	if !address.Valid(args[0]) {
		return fmt.Errorf("%q is not an address", args[0])
	}
	return nil
}

// readPeople opens the stores of a site that has run before for reading alone.
func (p *program) readPeople(ctx context.Context, cfg config.Config) (people *person.Stores, close func() error, err error) {
	file, ring, err := openSealed(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	drafts, err := p.readDrafts(ctx, cfg)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return person.New(file, ring, drafts), func() error { return errors.Join(drafts.Close(), file.Close()) }, nil
}

// changePeople opens the same stores to change something. It migrates nothing, see
// openWriting.
func (p *program) changePeople(ctx context.Context, cfg config.Config) (people *person.Stores, close func() error, err error) {
	file, ring, err := openWriting(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	drafts, err := p.changeDrafts(ctx, cfg)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return person.New(file, ring, drafts), func() error { return errors.Join(drafts.Close(), file.Close()) }, nil
}

// openDrafts is a store of drafts that is to be closed.
type openDrafts interface {
	draft.Store
	Close() error
}

// readDrafts opens the store of drafts of a site that has run before for reading alone.
func (p *program) readDrafts(ctx context.Context, cfg config.Config) (openDrafts, error) {
	if cfg.RedisURL != "" {
		return draft.NewRedis(string(cfg.RedisURL), cfg.DraftTTL, p.now)
	}
	store, err := draft.OpenSQLReading(ctx, cfg.Drafts, cfg.DraftTTL, p.now)
	return store, explainMissing(cfg, err)
}

// explainMissing returns err, which says what to look at if it is that of a missing file.
func explainMissing(cfg config.Config, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there are no drafts at %s; are DATA and REDIS_URL those of the site? %w", cfg.Drafts, err)
	}
	return err
}

// changeDrafts opens it to change something, and migrates nothing.
func (p *program) changeDrafts(ctx context.Context, cfg config.Config) (openDrafts, error) {
	if cfg.RedisURL == "" {
		file, err := p.changeFile(ctx, cfg)
		return file, explainMissing(cfg, err)
	}
	redis, err := p.readDrafts(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return p.addFormer(ctx, cfg, redis)
}

// writeIndented writes v as JSON that people can read too.
func writeIndented(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
