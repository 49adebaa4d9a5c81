package cli

import (
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/lmittmann/tint"
)

// NewLog returns a log that writes to out: JSON, one object a line, for programs. A
// terminal gets short lines for people, in colours unless NO_COLOR is set.
func NewLog(out *os.File) *slog.Logger {
	if isTerminal(out) {
		return slog.New(readable(out, os.Getenv("NO_COLOR") != ""))
	}
	return slog.New(slog.NewJSONHandler(out, nil))
}

// readable writes lines for people.
func readable(out io.Writer, plain bool) slog.Handler {
	return tint.NewHandler(out, &tint.Options{TimeFormat: time.TimeOnly, NoColor: plain})
}
