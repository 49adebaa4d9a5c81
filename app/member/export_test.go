package member

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
)

const asked = `{
	"version": "1",
	"sections": [{"key": "one", "title": {"en": "One", "fr": "Un"}, "fields": [
		{"key": "name", "kind": "text", "label": {"en": "Your name", "fr": "Votre nom"}},
		{"key": "mail", "kind": "email", "role": "address", "required": true,
			"label": {"en": "Address", "fr": "Adresse"}, "missing": {"en": "Give it", "fr": "Donnez-la"}},
		{"key": "lang", "kind": "radio", "role": "language", "required": true,
			"label": {"en": "Language", "fr": "Langue"}, "missing": {"en": "Choose", "fr": "Choisissez"},
			"options": [{"code": "en", "label": {"en": "E", "fr": "A"}}, {"code": "fr", "label": {"en": "F", "fr": "F"}}]},
		{"key": "roles", "kind": "checkboxes", "label": {"en": "Roles", "fr": "Rôles"},
			"options": [{"code": "a", "label": {"en": "A", "fr": "A"}}, {"code": "b", "label": {"en": "B", "fr": "B"}}]}
	]}],
	"consents": [
		{"key": "keep", "version": "1", "purpose": {"en": "keeping", "fr": "conservation"}, "wording": {"en": "K", "fr": "K"}},
		{"key": "news", "version": "1", "purpose": {"en": "news", "fr": "nouvelles"}, "wording": {"en": "N", "fr": "N"}},
		{"key": "later", "version": "1", "purpose": {"en": "later", "fr": "plus tard"}, "wording": {"en": "L", "fr": "L"}}
	]
}`

func questions(t *testing.T) *form.Definition {
	t.Helper()
	d, err := form.Parse([]byte(asked))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var eastern = time.FixedZone("EST", -5*60*60)

func (h *harness) csv(t *testing.T, l i18n.Lang) [][]string {
	t.Helper()
	var out bytes.Buffer
	if err := h.WriteCSV(t.Context(), &out, questions(t), l, eastern); err != nil {
		t.Fatal(err)
	}
	text, ok := strings.CutPrefix(out.String(), "\ufeff")
	if !ok || !strings.HasSuffix(text, "\r\n") {
		t.Errorf("the file is %q, want it to begin with a byte order mark and to end its lines with CR LF", out.String())
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	return rows
}

func TestCSV(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", form.Answers{"name": {"Zoë, \"Z\"\nŁ"}, "roles": {"a", "b"}, "shoes": {"40", "41"}, "hat": {"=1"}})
	h.join(t, "bob@example.ca", form.Answers{"name": {"Bob"}})
	want := map[i18n.Lang][]string{
		i18n.English: {"Your name", "Address", "Language", "Roles"},
		i18n.French:  {"Votre nom", "Adresse", "Langue", "Rôles"},
	}
	for l, labels := range want {
		headings := []string{i18n.T(l, "export.address"), i18n.T(l, "export.language"), i18n.T(l, "export.confirmed"), i18n.T(l, "export.updated"), i18n.T(l, "export.id"), i18n.T(l, "export.sharing")}
		headings = append(headings, labels...)
		for _, purpose := range []i18n.Text{{"en": "keeping", "fr": "conservation"}, {"en": "news", "fr": "nouvelles"}, {"en": "later", "fr": "plus tard"}} {
			headings = append(headings, i18n.T(l, "export.consent", purpose), i18n.T(l, "export.consent_at", purpose))
		}
		headings = append(headings, "hat", "shoes") // no longer asked
		rows := h.csv(t, l)
		if len(rows) != 3 || !slices.Equal(rows[0], headings) {
			t.Fatalf("the headings are\n%q, want\n%q", rows[0], headings)
		}
		slices.SortFunc(rows[1:], func(a, b []string) int { return strings.Compare(b[0], a[0]) })
		ids := map[string]string{}
		for _, m := range h.members(t) {
			ids[m.Email] = m.ID
		}
		at := "2026-11-22 07:00"
		zoe := []string{"zoe@example.ca", "en", at, at, ids["zoe@example.ca"], "1", "Zoë, \"Z\"\nŁ", "", "", "a; b", "true", at, "false", at, "", "", "'=1", "40; 41"}
		bob := []string{"bob@example.ca", "en", at, at, ids["bob@example.ca"], "1", "Bob", "", "", "", "true", at, "false", at, "", "", "", ""}
		if !slices.Equal(rows[1], zoe) || !slices.Equal(rows[2], bob) {
			t.Errorf("the rows are\n%q, want\n%q\n%q", rows[1:], zoe, bob)
		}
	}
}

func TestCSVWithoutMembers(t *testing.T) {
	t.Parallel()
	if rows := newHarness(t).csv(t, i18n.French); len(rows) != 1 || len(rows[0]) != 16 {
		t.Errorf("the rows are %q, want 16 headings alone", rows)
	}
}

func TestCSVNeutralizesFormulas(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, answer, cell string }{
		{"equals", "=1+1", "'=1+1"},
		{"plus", "+1", "'+1"},
		{"minus", "-1", "'-1"},
		{"at", "@SUM(A1)", "'@SUM(A1)"},
		{"tab", "\t=1", "'\t=1"},
		{"carriage return", "\r=1", "'=1"}, // a reader of CSV takes it for a part of the line end
		{"a program", `=cmd|' /C calc'!A0`, `'=cmd|' /C calc'!A0`},
		{"within", "a=1", "a=1"},
		{"a name", "Jean-Luc", "Jean-Luc"},
		{"an accent", "É", "É"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t)
			h.join(t, "-zoe@example.ca", form.Answers{"name": {tt.answer}, tt.answer: {"x"}})
			rows := h.csv(t, i18n.English)
			if got := rows[1][6]; got != tt.cell {
				t.Errorf("%q is written as %q, want %q", tt.answer, got, tt.cell)
			}
			if got := rows[1][0]; got != "'-zoe@example.ca" {
				t.Errorf("the address is written as %q", got)
			}
			if heading := rows[0][len(rows[0])-1]; heading != tt.cell {
				t.Errorf("the key %q is written as %q, want %q", tt.answer, heading, tt.cell)
			}
		})
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for n := range 3 {
		var out bytes.Buffer
		if err := h.WriteJSON(t.Context(), &out, questions(t), i18n.French); err != nil {
			t.Fatal(err)
		}
		var export struct {
			Questions map[string]string `json:"questions"`
			Members   []Member          `json:"members"`
		}
		err := json.Unmarshal(out.Bytes(), &export)
		if export.Questions["name"] != "Votre nom" {
			t.Errorf("the questions are %v, want them in French", export.Questions)
		}
		got := export.Members
		if err != nil || len(got) != n || got == nil {
			t.Fatalf("with %d members it is %v: %s", n, err, out.String())
		}
		if want := h.members(t); n > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("it reads as\n%+v, want\n%+v", got, want)
		}
		h.join(t, string('a'+rune(n))+"@example.ca", form.Answers{"name": {"Zoë </script>\n"}, "roles": {"a", "b"}})
	}
}

// TestEachLetsOthersWrite adds members while Each lists them.
func TestEachLetsOthersWrite(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for _, email := range []string{"ann@example.ca", "bob@example.ca", "cyd@example.ca"} {
		h.join(t, email, nil)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second) // less than SQLite waits for a lock
	defer cancel()
	seen := 0
	err := h.Each(ctx, func(m Member) error {
		seen++
		a := newApplication("x"+m.Email, nil)
		if err := h.Submit(ctx, a, "", newLink(), newLetter(a.Email), new(mail.Limits), noon); err != nil {
			return err
		}
		_, err := h.Confirm(ctx, a.ID, Proof{At: noon}, anyMember, letters(a.Email))
		return err
	})
	if err != nil || seen != 3 {
		t.Errorf("Each saw %d members, %v, want the 3 that were there when it began", seen, err)
	}
	if n := len(h.members(t)); n != 6 {
		t.Errorf("there are %d members, want 6", n)
	}
}

func TestEachStopsAtAnError(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "ann@example.ca", nil)
	h.join(t, "bob@example.ca", nil)
	seen := 0
	err := h.Each(t.Context(), func(Member) error { seen++; return context.Canceled })
	if err != context.Canceled || seen != 1 {
		t.Errorf("Each = %v after %d members, want the error of do after the first", err, seen)
	}
}

// TestTheExportTellsMembersOfOneMailboxApart by their IDs, and says how many share it.
func TestTheExportTellsMembersOfOneMailboxApart(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", form.Answers{"name": {"Zoé"}})
	a := newApplication("Zoe@example.ca", form.Answers{"name": {"Paul"}})
	h.mustSubmit(t, a)
	h.confirm(t, a, "", anotherPerson, Joined)
	h.join(t, "ann@example.ca", form.Answers{"name": {"Ann"}})
	rows, ids := h.csv(t, i18n.English)[1:], make(map[string]string)
	for _, row := range rows {
		ids[row[4]] = row[6] + " " + row[5]
	}
	var want []string
	for _, m := range h.members(t) {
		want = append(want, ids[m.ID])
	}
	if slices.Sort(want); len(ids) != 3 || !slices.Equal(want, []string{"Ann 1", "Paul 2", "Zoé 2"}) {
		t.Errorf("the rows are %q", rows)
	}
}
