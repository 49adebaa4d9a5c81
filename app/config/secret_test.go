package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestPrintingNeverShowsAPassword(t *testing.T) {
	c := mustLoad(t, publicSite.with("REDIS_URL", "redis://:hunter2@cache:6379"))
	var logged bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&logged, nil), slog.NewJSONHandler(&logged, nil)} {
		slog.New(h).Info("started", "config", c, "smtp", c.SMTPURL)
	}
	asJSON, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	printed := []string{
		fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), fmt.Sprintf("%q %x", c.SMTPURL, c.SMTPURL),
		logged.String(), string(asJSON),
	}
	for _, s := range printed {
		if strings.Contains(s, "hunter2") || strings.Contains(s, fmt.Sprintf("%x", "hunter2")) {
			t.Errorf("printed %s", s)
		}
	}
}
