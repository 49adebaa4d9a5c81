package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"joinery/app/config"
	"joinery/app/db"
	"joinery/app/seal"
)

// openReading opens the database of a site that has run before for reading alone.
func openReading(ctx context.Context, cfg config.Config) (*db.DB, error) {
	file, err := db.OpenReading(ctx, cfg.Database, db.Migrations())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no database at %s; are DATA and DATABASE_URL those of the site? %w", cfg.Database, err)
	}
	return file, err
}

// openSealed opens the same with its keys, for what is sealed.
func openSealed(ctx context.Context, cfg config.Config) (*db.DB, *seal.Ring, error) {
	file, err := openReading(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	return withRing(ctx, cfg, file)
}

// openWriting opens the database of a site that has run before, with its keys. It migrates
// nothing: the site that runs meanwhile may be of another version.
func openWriting(ctx context.Context, cfg config.Config) (*db.DB, *seal.Ring, error) {
	readable, err := openReading(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	if err := readable.Close(); err != nil {
		return nil, nil, err
	}
	file, err := db.Open(ctx, cfg.Database, db.PowerLoss, db.Migrations())
	if err != nil {
		return nil, nil, err
	}
	return withRing(ctx, cfg, file)
}

// withRing returns file with its keys, or closes it.
func withRing(ctx context.Context, cfg config.Config, file *db.DB) (*db.DB, *seal.Ring, error) {
	ring, err := loadRing(ctx, cfg, file)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, ring, nil
}

// loadRing returns the keys of a site that has run before.
func loadRing(ctx context.Context, cfg config.Config, file *db.DB) (*seal.Ring, error) {
	if cfg.MasterKey != "" {
		return seal.Load(ctx, file, seal.Given(string(cfg.MasterKey)))
	}
	return seal.Load(ctx, file, seal.FromFile(cfg.MasterKeyFile))
}
