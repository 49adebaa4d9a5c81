// Joinery is a membership application that anyone can finish.
//
//	joinery            the same as joinery serve
//	joinery serve      runs the site
//	joinery members    prints the members: --format csv or json, --lang en or fr
//	joinery scanners   prints how often links in letters were opened by others than who applied
//	joinery check      says what is wrong with the settings, the form, the stores and the mail server
//
// It is configured by the environment; the README has the table.
package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // zones of the times in letters, also where the system has none

	"golang.org/x/sync/errgroup"

	"joinery/app/cli"
	"joinery/app/config"
	"joinery/app/db"
	"joinery/app/i18n"
	"joinery/app/member"
	"joinery/app/web"
)

//go:embed views partials static
var embedded embed.FS

func main() {
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, log)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "joinery:", err)
		os.Exit(1)
	}
}

// run does what args ask for and returns when it is done, or when ctx is.
func run(ctx context.Context, args []string, getenv func(string) string, out io.Writer, log *slog.Logger) error {
	command := "serve"
	if len(args) > 0 {
		command, args = args[0], args[1:]
	}
	do, ok := map[string]func(context.Context, config.Config, []string, io.Writer, *slog.Logger) error{
		"serve": serve, "members": members, "scanners": scanners, "check": check,
	}[command]
	if !ok {
		return fmt.Errorf("there is no command %q; there are serve, members, scanners and check", command)
	}
	if len(args) > 0 && command != "members" {
		return fmt.Errorf("joinery %s takes nothing more", command)
	}
	cfg, err := config.Load(getenv)
	if err != nil {
		return fmt.Errorf("the configuration has mistakes:\n%w", err)
	}
	return do(ctx, cfg, args, out, log)
}

// serve runs the site until ctx is done and everything under way has ended.
func serve(ctx context.Context, cfg config.Config, _ []string, out io.Writer, log *slog.Logger) error {
	p, err := cli.Open(ctx, cfg, files(cfg), log)
	if err != nil {
		return err
	}
	defer p.Close()
	if err := p.Archive(ctx); err != nil {
		return err
	}
	site, err := web.New(web.Options{
		Files:   files(cfg),
		Reload:  cfg.Dev,
		Join:    p.Join,
		Outbox:  p.Outbox,
		HTTPS:   cfg.HTTPS(),
		Name:    cfg.OrgName,
		Address: cfg.OrgAddress,
		Contact: cfg.OrgContact,
		BaseURL: cfg.BaseURL,
		Brand:   p.Brand,
		MX:      p.MX,
		Proxies: cfg.TrustedProxies,
		Log:     log,
	})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("cannot listen at ADDR %s: %w", cfg.Addr, err)
	}
	g, ctx := errgroup.WithContext(ctx)
	for _, work := range p.Work() {
		g.Go(func() error { return work(ctx) })
	}
	g.Go(func() error { return ended(ctx, site.Serve(listener)) })
	g.Go(func() error {
		<-ctx.Done()
		defer listener.Close() // for a site that has not begun to serve yet
		return site.Shutdown(10 * time.Second)
	})
	fmt.Fprintf(out, "Joinery is ready at %s\n", cfg.BaseURL)
	if p.Outbox != nil {
		fmt.Fprintf(out, "Mail goes no further than %s/outbox\n", cfg.BaseURL)
	}
	return g.Wait()
}

// ended returns nil for a listener that was closed because ctx is done.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// members prints the members.
func members(ctx context.Context, cfg config.Config, args []string, out io.Writer, _ *slog.Logger) error {
	flags := flag.NewFlagSet("joinery members", flag.ContinueOnError)
	format := flags.String("format", "csv", "csv or json")
	lang := flags.String("lang", "en", "the language of the headings: en or fr")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	l, ok := i18n.Parse(*lang)
	if !ok || flags.NArg() > 0 || *format != "csv" && *format != "json" {
		return errors.New("use: joinery members [--format csv|json] [--lang en|fr]")
	}
	questions, err := cli.Form(cfg)
	if err != nil {
		return err
	}
	conn, err := open(ctx, cfg)
	if err != nil {
		return err
	}
	defer conn.Close()
	if *format == "json" {
		return member.NewStore(conn).WriteJSON(ctx, out, questions, l)
	}
	return member.NewStore(conn).WriteCSV(ctx, out, questions, l)
}

// scanners prints what was counted of how links in letters were opened.
func scanners(ctx context.Context, cfg config.Config, _ []string, out io.Writer, _ *slog.Logger) error {
	conn, err := open(ctx, cfg)
	if err != nil {
		return err
	}
	defer conn.Close()
	return member.NewStore(conn).WriteLinkOpens(ctx, out)
}

// open opens the database of the site, which must be there.
func open(ctx context.Context, cfg config.Config) (*db.DB, error) {
	if _, err := os.Stat(cfg.Database); err != nil {
		return nil, fmt.Errorf("there is no database at %s; are DATA and DATABASE_URL those of the site? %w", cfg.Database, err)
	}
	return db.Open(ctx, cfg.Database, db.PowerLoss, db.Migrations())
}

// check tries everything that the site needs and says what is wrong.
func check(ctx context.Context, cfg config.Config, _ []string, out io.Writer, log *slog.Logger) error {
	fmt.Fprintln(out, "ok: configuration")
	p, err := cli.Open(ctx, cfg, files(cfg), log)
	if err != nil {
		return err
	}
	defer p.Close()
	return p.Check(ctx, cfg, out)
}

// files are the templates and static files: those in the program or, for
// development, those in the working directory.
func files(cfg config.Config) fs.FS {
	if cfg.Dev {
		return os.DirFS(".")
	}
	return embedded
}
