package member

import (
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/access"
	"joinery/app/consent"
	"joinery/app/form"
)

// TestErasingLeavesNothingButTheProof of two members who share a mailbox, one with former
// answers, and of an application that waits there.
func TestErasingLeavesNothingButTheProof(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "other@example.ca", form.Answers{"name": {"Olaf"}})
	first, again := newApplication("Zoe@private.example", form.Answers{"name": {"Zoë Former"}}), newApplication("zoe@private.example", form.Answers{"name": {"Zoë Present"}})
	partner, waits := newApplication("zoe@private.example", form.Answers{"name": {"Max Partner"}}), newApplication("ZOE@private.example", form.Answers{"name": {"Ida Waiting"}})
	links := []Link{h.mustSubmit(t, first)}
	h.mustConfirm(t, first, noon)
	links = append(links, h.mustSubmit(t, again))
	h.mustConfirm(t, again, noon.Add(time.Minute))
	links = append(links, h.mustSubmit(t, partner))
	if _, err := h.Confirm(t.Context(), partner.ID, Proof{At: noon.Add(time.Hour)}, anotherPerson, letters(partner.Email)); err != nil {
		t.Fatal(err)
	}
	links = append(links, h.mustSubmit(t, waits))

	found, err := h.Erase(t.Context(), "zoe@PRIVATE.example", noon.Add(2*time.Hour))
	want := Erasure{Members: []string{first.ID, partner.ID}, Former: 1, Waiting: []string{waits.ID}, Drafts: []string{first.Draft, again.Draft, partner.Draft, waits.Draft}}
	slices.Sort(found.Drafts)
	slices.Sort(want.Drafts)
	if err != nil || !reflect.DeepEqual(found, want) {
		t.Errorf("found is %+v, %v, want %+v", found, err, want)
	}
	for _, l := range links {
		if got := h.mustFind(t, l); got.State != Withdrawn || got.Email != "" || len(got.Answers) > 0 {
			t.Errorf("a link leads to %+v", got.Application)
		}
	}
	if all := h.members(t); len(all) != 1 || all[0].Email != "other@example.ca" {
		t.Errorf("the members are %+v", all)
	}
	if n := h.count(t, `SELECT count(*) FROM mails WHERE state = 'waiting' AND topic <> '' AND topic NOT IN (SELECT id FROM members)`); n != 0 {
		t.Errorf("%d letters wait", n)
	}
	h.wantProofs(t, "zoe@private.example", 6)
	h.wantNowhere(t, "Former", "Present", "Partner", "Ida Waiting")
	if found, err := h.Erase(t.Context(), "zoe@private.example", noon); err != nil || !reflect.DeepEqual(found, Erasure{}) {
		t.Errorf("a second time it finds %+v, %v", found, err)
	}
}

// TestErasingDiscardsTheDraftsOfAnApplication which browsers hold: the one that was sent, and
// the one in which it is being corrected.
func TestErasingDiscardsTheDraftsOfAnApplication(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	browsers := access.NewStore(h.file, h.ring)
	a := newApplication("zoe@example.ca", nil)
	_, err := browsers.Begin(t.Context(), access.Beginning{Draft: a.Draft, Session: "SESSION", ExpiresAt: noon.Add(time.Hour), At: noon}, nil)
	if err != nil {
		t.Fatal(err)
	}
	h.mustSubmit(t, a)
	if err := h.StartCorrection(t.Context(), a, a.Draft, "CORRECTION", noon, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	found, err := h.Erase(t.Context(), "zoe@example.ca", noon)
	if slices.Sort(found.Drafts); err != nil || !slices.Equal(found.Drafts, slices.Sorted(slices.Values([]string{a.Draft, "CORRECTION"}))) {
		t.Errorf("found is %+v, %v", found, err)
	}
	if n := h.count(t, `SELECT (SELECT count(*) FROM draft_access) + (SELECT count(*) FROM sessions)`); n != 0 {
		t.Errorf("%d rows still lead to the drafts", n)
	}
	if keys, err := browsers.Discarded(t.Context(), 9); err != nil || len(keys) != 2 {
		t.Errorf("of the drafts %q, %v are noted to be deleted from their store, want both", keys, err)
	}
}

// wantProofs wants so many consents of an address, and a chain that holds.
func (h *harness) wantProofs(t *testing.T, address string, want int) {
	t.Helper()
	n, chain := 0, consent.NewStore(h.file, h.ring)
	if err := chain.EachOf(t.Context(), address, func(consent.Record) error { n++; return nil }); err != nil || n != want {
		t.Errorf("there are %d consents of the address, %v, want %d", n, err, want)
	}
	if _, err := chain.Verify(t.Context(), consent.Head{}); err != nil {
		t.Errorf("the chain does not hold: %v", err)
	}
}

// wantNowhere wants texts to be neither in the file nor in its journal.
func (h *harness) wantNowhere(t *testing.T, texts ...string) {
	t.Helper()
	var path string
	if err := h.file.Read().QueryRow(`SELECT file FROM pragma_database_list`).Scan(&path); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			if strings.Contains(string(content), text) {
				t.Errorf("%s has %q", name, text)
			}
		}
	}
}

func TestOneOfThoseWhoShareAnAddressIsErased(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", form.Answers{"name": {"Zoë"}})
	partner := newApplication("zoe@example.ca", form.Answers{"name": {"Max"}})
	h.mustSubmit(t, partner)
	if _, err := h.Confirm(t.Context(), partner.ID, Proof{At: noon}, anotherPerson, letters(partner.Email)); err != nil {
		t.Fatal(err)
	}
	if found, err := h.EraseMember(t.Context(), partner.ID, noon); err != nil || !slices.Equal(found.Members, []string{partner.ID}) {
		t.Errorf("found is %+v, %v", found, err)
	}
	if all := h.members(t); len(all) != 1 || all[0].Answers["name"][0] != "Zoë" {
		t.Errorf("the members are %+v", all)
	}
	if _, err := h.EraseMember(t.Context(), partner.ID, noon); !errors.Is(err, ErrNotFound) {
		t.Errorf("a second time: %v", err)
	}
}

// TestErasingFindsAnswersThatWereTakenBack whose letter still has a link.
func TestErasingFindsAnswersThatWereTakenBack(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", nil)
	again, letters := newApplication("zoe@example.ca", nil), letters("zoe@example.ca")
	l := h.mustSubmit(t, again)
	if _, err := h.Confirm(t.Context(), again.ID, Proof{At: noon.Add(time.Minute)}, anyMember, letters); err != nil {
		t.Fatal(err)
	}
	if err := h.Restore(t.Context(), letters.Restore.Selector, noon, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Erase(t.Context(), "zoe@example.ca", noon.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := h.mustFind(t, l); got.State != Withdrawn {
		t.Errorf("the link leads to an application that is %s", got.State)
	}
}
