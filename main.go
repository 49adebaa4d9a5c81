// Joinery is a membership application that anyone can finish.
//
//	joinery            the same as joinery serve
//	joinery serve      runs the site
//	joinery members    prints the members: --format csv or json, --lang en or fr
//	joinery check      says whether everything it needs is right, and what is not
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

	"joinery/app/config"
	"joinery/app/db"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/join"
	"joinery/app/mail"
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
		"serve": serve, "members": members, "check": check,
	}[command]
	if !ok {
		return fmt.Errorf("there is no command %q; there are serve, members and check", command)
	}
	cfg, err := config.Load(getenv)
	if err != nil {
		return fmt.Errorf("the configuration has mistakes:\n%w", err)
	}
	return do(ctx, cfg, args, out, log)
}

// serve runs the site until ctx is done and everything under way has ended.
func serve(ctx context.Context, cfg config.Config, _ []string, out io.Writer, log *slog.Logger) error {
	p, err := open(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer p.close()
	site, err := web.New(p.site(cfg, log))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("cannot listen at ADDR %s: %w", cfg.Addr, err)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return p.queue.Run(ctx) })
	g.Go(func() error { return p.join.Run(ctx) })
	g.Go(func() error { return p.sweep(ctx) })
	g.Go(func() error { return site.Serve(listener) })
	g.Go(func() error { <-ctx.Done(); return site.Shutdown(10 * time.Second) })
	fmt.Fprintf(out, "Joinery is ready at %s\n", cfg.BaseURL)
	if p.outbox != nil {
		fmt.Fprintf(out, "Mail goes no further than %s/outbox\n", cfg.BaseURL)
	}
	return g.Wait()
}

// members prints the members.
func members(ctx context.Context, cfg config.Config, args []string, out io.Writer, _ *slog.Logger) error {
	flags := flag.NewFlagSet("joinery members", flag.ContinueOnError)
	format := flags.String("format", "csv", "csv or json")
	lang := flags.String("lang", "en", "the language of the headings: en or fr")
	if err := flags.Parse(args); err != nil {
		return err
	}
	l, ok := i18n.Parse(*lang)
	if !ok || flags.NArg() > 0 || *format != "csv" && *format != "json" {
		return errors.New("use: joinery members [--format csv|json] [--lang en|fr]")
	}
	definition, err := definition(cfg)
	if err != nil {
		return err
	}
	conn, err := db.Open(ctx, cfg.Database, db.PowerLoss, db.Migrations())
	if err != nil {
		return err
	}
	defer conn.Close()
	if *format == "json" {
		return member.NewStore(conn).WriteJSON(ctx, out)
	}
	return member.NewStore(conn).WriteCSV(ctx, out, definition, l)
}

// check tries everything that the site needs and says what is wrong.
func check(ctx context.Context, cfg config.Config, _ []string, out io.Writer, log *slog.Logger) error {
	fmt.Fprintln(out, "ok: configuration")
	p, err := open(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer p.close()
	fmt.Fprintln(out, "ok: form definition, letters, database", cfg.Database)
	if err := p.drafts.Ping(ctx); err != nil {
		return fmt.Errorf("the draft store does not answer; is REDIS_URL right, and Redis running? %w", err)
	}
	fmt.Fprintln(out, "ok: draft store")
	smtp, ok := p.queue.Sender.(*mail.SMTP)
	if !ok {
		fmt.Fprintln(out, "no SMTP_URL: mail goes to the development outbox", cfg.Outbox)
		return nil
	}
	if err := smtp.Check(ctx); err != nil {
		return err
	}
	fmt.Fprintln(out, "ok: mail server")
	return nil
}

// definition reads the form that is asked.
func definition(cfg config.Config) (*form.Definition, error) {
	if cfg.Form == "" {
		return form.Membership()
	}
	data, err := os.ReadFile(cfg.Form)
	if err != nil {
		return nil, fmt.Errorf("FORM: %w", err)
	}
	return form.Parse(data)
}

// parts are what the program is made of.
type parts struct {
	join   *join.Service
	queue  *mail.Queue
	drafts draft.Store
	outbox *mail.Outbox // nil: mail is sent
	sweep  func(context.Context) error
	close  func()
}

// open makes the parts ready, or says what is wrong with the first that is not.
func open(ctx context.Context, cfg config.Config, log *slog.Logger) (*parts, error) {
	questions, err := definition(cfg)
	if err != nil {
		return nil, err
	}
	org := mail.Organisation{Name: cfg.OrgName, Address: cfg.OrgAddress, Contact: cfg.OrgContact}
	letters, err := mail.NewLetters(files(cfg), org)
	if err != nil {
		return nil, err
	}
	conn, err := db.Open(ctx, cfg.Database, db.PowerLoss, db.Migrations())
	if err != nil {
		return nil, err
	}
	p := &parts{close: func() { conn.Close() }}
	if err := p.openDrafts(ctx, cfg, log); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	sender, err := p.sender(cfg, org)
	if err != nil {
		p.close()
		return nil, err
	}
	p.queue = &mail.Queue{DB: conn, Sender: sender, Now: time.Now, Log: log}
	p.join = &join.Service{
		Form:       questions,
		Drafts:     p.drafts,
		Members:    member.NewStore(conn),
		Letters:    letters,
		Queued:     p.queue.Wake,
		Now:        time.Now,
		Org:        cfg.OrgName,
		BaseURL:    cfg.BaseURL,
		DraftTTL:   cfg.DraftTTL,
		LinkTTL:    cfg.LinkTTL,
		WaitingTTL: cfg.WaitingTTL,
		PerAddress: mail.Budget(cfg.MailPerAddress),
		Log:        log,
	}
	return p, nil
}

// openDrafts opens the drafts: in Redis, or in a file of their own.
func (p *parts) openDrafts(ctx context.Context, cfg config.Config, log *slog.Logger) error {
	closeFirst := p.close
	if cfg.RedisURL != "" {
		store, err := draft.NewRedis(string(cfg.RedisURL), cfg.DraftTTL)
		if err != nil {
			return err
		}
		p.drafts, p.close = store, func() { store.Close(); closeFirst() }
		p.sweep = func(context.Context) error { return nil } // Redis forgets by itself
		return nil
	}
	store, err := draft.OpenSQL(ctx, cfg.Drafts, cfg.DraftTTL, time.Now)
	if err != nil {
		return err
	}
	store.Log = log
	p.drafts, p.close, p.sweep = store, func() { store.Close(); closeFirst() }, store.Run
	return nil
}

// sender returns what delivers mail: a server, or the development outbox.
func (p *parts) sender(cfg config.Config, org mail.Organisation) (mail.Sender, error) {
	if cfg.SMTPURL != "" {
		return mail.NewSMTP(string(cfg.SMTPURL), cfg.MailFrom, cfg.MailReplyTo, org)
	}
	p.outbox = &mail.Outbox{Dir: cfg.Outbox, From: cfg.MailFrom, ReplyTo: cfg.MailReplyTo, Org: org}
	return p.outbox, nil
}

func (p *parts) site(cfg config.Config, log *slog.Logger) web.Options {
	return web.Options{
		Files:   files(cfg),
		Reload:  cfg.Dev,
		Join:    p.join,
		Outbox:  p.outbox,
		HTTPS:   cfg.HTTPS(),
		Name:    cfg.OrgName,
		Contact: cfg.OrgContact,
		Log:     log,
	}
}

// files are the templates and static files: those in the program or, for
// development, those in the working directory.
func files(cfg config.Config) fs.FS {
	if cfg.Dev {
		return os.DirFS(".")
	}
	return embedded
}
