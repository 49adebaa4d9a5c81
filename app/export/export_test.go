package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"joinery/app/export"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
)

const asked = `{
	"version": "1",
	"sections": [{"key": "one", "title": {"en": "One", "fr": "Un"}, "fields": [
		{"key": "name", "kind": "text", "label": {"en": "Your name", "fr": "Votre nom"}},
		{"key": "mail", "kind": "email", "role": "address", "required": true,
			"label": {"en": "Address", "fr": "Adresse"}, "missing": {"en": "Give it", "fr": "Donnez-la"}},
		{"key": "lang", "kind": "radio", "role": "language", "required": true,
			"label": {"en": "Language", "fr": "Langue"}, "missing": {"en": "Choose", "fr": "Choisissez"},
			"options": [{"code": "en", "label": {"en": "English", "fr": "Anglais"}}, {"code": "fr", "label": {"en": "French", "fr": "Français"}}]},
		{"key": "roles", "kind": "checkboxes", "label": {"en": "Roles", "fr": "Rôles"},
			"options": [{"code": "a", "label": {"en": "Author", "fr": "Auteur"}}, {"code": "b", "label": {"en": "Baker", "fr": "Boulanger"}}]}
	]}],
	"consents": [
		{"key": "keep", "version": "1", "purpose": {"en": "keeping", "fr": "conservation"}, "wording": {"en": "K", "fr": "K"}},
		{"key": "news", "version": "1", "purpose": {"en": "news", "fr": "nouvelles"}, "wording": {"en": "N", "fr": "N"}}
	]
}`

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// people are members of whom one has given the consent to news.
func people(names ...string) export.Each {
	return func(_ context.Context, do func(member.Member) error) error {
		for i, name := range names {
			err := do(member.Member{
				ID: "id-" + name, Email: "zoe@example.ca", Lang: "fr", Confirmed: noon, Updated: noon, Sharing: len(names),
				Answers:  form.Answers{"name": {name}, "mail": {"zoe@example.ca"}, "lang": {"fr"}, "roles": {"a", "b"}, "shoes": {"40"}},
				Consents: []member.Consent{{Key: "news", Given: i == 0, At: noon}},
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
}

// aTable returns a table in French, in a zone five hours behind.
func aTable(t *testing.T) export.Table {
	t.Helper()
	d, err := form.Parse([]byte(asked))
	if err != nil {
		t.Fatal(err)
	}
	return export.Table{Form: d, Lang: i18n.French, Zone: time.FixedZone("EST", -5*60*60), Retired: []string{"shoes"}}
}

// asCSV returns a table as a spreadsheet reads it that expects commas.
func asCSV(t *testing.T, table export.Table, each export.Each) [][]string {
	t.Helper()
	var out bytes.Buffer
	if err := export.CSV(t.Context(), &out, table, each); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked || !strings.HasSuffix(text, "\"\r\n") {
		t.Fatalf("it reads as %q, %v, want a mark, cells in quotes and lines that end with CR LF", out.String(), err)
	}
	return rows
}

func TestThereAreWordsForPeopleAndNoColumnTwice(t *testing.T) {
	rows := asCSV(t, aTable(t), people("Zoë, \"Z\"\nŁ"))
	headings := []string{
		"Adresse courriel (confirmée)", "Langue de correspondance", "Confirmation", "Mise à jour", "Identifiant de membre", "Membres ayant cette adresse", "Votre nom", "Rôles",
		"Consentement\u00a0: conservation", "Consentement\u00a0: conservation (date)", "Consentement\u00a0: nouvelles", "Consentement\u00a0: nouvelles (date)", "shoes",
	}
	want := []string{"zoe@example.ca", "Français", "2026-11-22 07:00", "2026-11-22 07:00", "id-Zoë, \"Z\"\nŁ", "1", "Zoë, \"Z\"\nŁ", "Auteur; Boulanger", "", "", "oui", "2026-11-22 07:00", "40"}
	if len(rows) != 2 || !slices.Equal(rows[0], headings) || !slices.Equal(rows[1], want) {
		t.Errorf("it prints\n%q, want\n%q\n%q", rows, headings, want)
	}
	table := aTable(t)
	table.Codes = true
	if row := asCSV(t, table, people("Zoë"))[1]; row[1] != "fr" || row[7] != "a; b" || row[10] != "true" {
		t.Errorf("with codes it prints %q", row)
	}
}

func TestOnlyMembersWithAConsentAreExported(t *testing.T) {
	table := aTable(t)
	table.Consent = "news"
	if rows := asCSV(t, table, people("Zoë", "Bob")); len(rows) != 2 || rows[1][6] != "Zoë" {
		t.Errorf("it prints %q, want the one who gives it", rows)
	}
	table.Consent = "keep"
	if rows := asCSV(t, table, people("Zoë")); len(rows) != 1 {
		t.Errorf("it prints %q, want nobody: none was asked", rows)
	}
}

func TestNoCellIsAFormulaUnderAnyListSeparator(t *testing.T) {
	for answer, cell := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "\t'=1", "＝1": "'＝1", "＠x": "'＠x",
		`x;=cmd|'/C calc'!A0;y`: `x;'=cmd|'/C calc'!A0;y`, "x,+1": "x,'+1", "x\n-1": "x\n'-1", "x|@y": "x|'@y", "x==1": "x='=1", `x;"=1`: `x;"'=1`, "x; =1": "x; '=1",
		"Jean-Luc": "Jean-Luc", "a=1": "a=1", "É": "É", "": "", "zoe+news@example.ca": "zoe+news@example.ca",
	} {
		if got := asCSV(t, aTable(t), people(answer))[1][6]; got != cell {
			t.Errorf("%q is written as %q, want %q", answer, got, cell)
		}
	}
}

func TestAWorkbookHasDatesAndNoFormulas(t *testing.T) {
	var out bytes.Buffer
	scratch := filepath.Join(t.TempDir(), "tmp")
	if err := export.XLSX(t.Context(), &out, scratch, aTable(t), people("=1+1", "Bob")); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(scratch); err != nil || len(left) > 0 {
		t.Errorf("in the scratch folder stays %v (%v)", left, err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Sheet1")
	if err != nil || len(rows) != 3 || rows[0][6] != "Votre nom" || rows[1][6] != "=1+1" || rows[2][7] != "Auteur; Boulanger" {
		t.Errorf("the sheet is %q, %v", rows, err)
	}
	if formula, err := book.GetCellFormula("Sheet1", "G2"); err != nil || formula != "" {
		t.Errorf("G2 is the formula %q, %v", formula, err)
	}
	shown, err1 := book.GetCellValue("Sheet1", "C2")
	stored, err2 := book.GetCellValue("Sheet1", "C2", excelize.Options{RawCellValue: true})
	if err := errors.Join(err1, err2); err != nil || shown != "2026-11-22 07:00" || !strings.HasPrefix(stored, "46348.29") {
		t.Errorf("the time is shown as %q and stored as %q, %v, want a date", shown, stored, err)
	}
}

func TestAWorkbookTakesOnlySoManyMembers(t *testing.T) {
	endless := func(_ context.Context, do func(member.Member) error) error {
		for {
			if err := do(member.Member{}); err != nil {
				return err
			}
		}
	}
	var out bytes.Buffer
	if err := export.XLSX(t.Context(), &out, t.TempDir(), aTable(t), endless); !errors.Is(err, export.ErrTooMany) || out.Len() > 0 {
		t.Errorf("XLSX = %v after %d bytes, want ErrTooMany and nothing written", err, out.Len())
	}
}

func TestJSONHasCodesOrWords(t *testing.T) {
	table := aTable(t)
	for _, codes := range []bool{true, false} {
		table.Codes = codes
		var out bytes.Buffer
		if err := export.JSON(t.Context(), &out, table, people("Zoë", "Bob")); err != nil {
			t.Fatal(err)
		}
		var got struct {
			Questions map[string]string `json:"questions"`
			Members   []member.Member   `json:"members"`
		}
		want := map[bool]string{true: "a", false: "Auteur"}[codes]
		err := json.Unmarshal(out.Bytes(), &got)
		if err != nil || len(got.Members) != 2 || got.Questions["name"] != "Votre nom" || got.Members[0].Answers["roles"][0] != want {
			t.Errorf("it reads as %+v, %v, want %s among the answers", got, err, want)
		}
	}
}
