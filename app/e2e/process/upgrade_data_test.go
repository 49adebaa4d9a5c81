//go:build e2e

package process

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joinery/app/e2e/harness"
	"joinery/app/redistest"
)

// What former versions of the program wrote. The README of each says how.
const (
	oldData       = "../testdata/before-rooms"
	beforeSealing = "../testdata/before-sealing"
)

// facts are what there is to know of a folder of old data: facts.json.
type facts struct {
	Made     int64 // Unix seconds
	Settings harness.Settings
	Cookie   string // its name
	Guesser  string // the User-Agent of a browser that typed wrong codes
	Cases    map[string]oldCase
	Rows     map[string]int // of joinery.db, by the former name of the table
	Drafts   map[string]int // of drafts.db, or of Redis
	Members  struct {
		JSONEn string `json:"json_en"`
		CSVFr  string `json:"csv_fr"`
	}
	Openings string // as joinery scanners printed them
}

// An oldCase is one person and what is in their hands.
type oldCase struct {
	Browsers map[string]string // the values of their cookies
	Links    map[string]string // paths from letters
	Codes    map[string]string // from letters and pages
	Typed    map[string]string // answers
}

// readFacts reads the facts of a store of drafts in a folder of old data.
func readFacts(t *testing.T, data, store string) (f facts) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(data, store, "facts.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// start is the time at which the present program starts on the data. The codes for
// another device have just expired then. No test
// depends on the date: Redis alone has a clock of its own, and its keys stay for a
// hundred years.
func (f facts) start() time.Time { return time.Unix(f.Made, 0).Add(622 * time.Second) }

// An oldSite is a copy of old data for the present program.
type oldSite struct {
	facts
	settings harness.Settings
	redis    *redistest.Server // nil: drafts are in drafts.db
}

// unpack makes a fresh copy of the data of a store of drafts.
func unpack(t *testing.T, store string) oldSite {
	t.Helper()
	return unpackFrom(t, oldData, store)
}

// unpackFrom does the same in a folder of old data.
func unpackFrom(t *testing.T, data, store string) oldSite {
	t.Helper()
	f := readFacts(t, data, store)
	o := oldSite{facts: f, settings: harness.NewSettings(t, f.Settings)}
	gunzip(t, filepath.Join(data, store, "joinery.db.gz"), o.settings["DATA"])
	gunzip(t, filepath.Join(data, "form.json.gz"), o.settings["DATA"])
	o.settings["TIME_ZONE"] = "UTC"                                     // as the times that it noted
	o.settings["FORM"] = filepath.Join(o.settings["DATA"], "form.json") // as it was: other tests are about forms that change
	if store == "sqlite" {
		gunzip(t, filepath.Join(data, store, "drafts.db.gz"), o.settings["DATA"])
		return o
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(data, store))); err != nil {
		t.Fatal(err)
	}
	o.redis = redistest.Restore(t, filepath.Join(dir, "dump.rdb"))
	o.settings["REDIS_URL"] = o.redis.URL
	return o
}

// gunzip unpacks a file into dir.
func gunzip(t *testing.T, path, dir string) {
	t.Helper()
	packed, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	content, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(filepath.Join(dir, strings.TrimSuffix(filepath.Base(path), ".gz")))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := io.Copy(file, content); err != nil {
		t.Fatal(err)
	}
}
