package member

import (
	"crypto/rand"
	"sync"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
)

// newChange returns a change that is asked for at noon and lasts two hours.
func newChange(member, from, to string) AddressChange {
	return AddressChange{
		CodedLink: CodedLink{Selector: rand.Text(), VerifierHash: rand.Text(), CodeHash: rand.Text()},
		Member:    member, From: from, To: to, AskedAt: noon, EndsAt: noon.Add(2 * time.Hour),
	}
}

func (h *harness) ask(t *testing.T, c AddressChange) (time.Time, error) {
	t.Helper()
	letter := newLetter(c.To)
	letter.Kind = mail.NewAddress
	return h.AskAddressChange(t.Context(), c, letter, new(mail.Limits))
}

func (h *harness) mustAsk(t *testing.T, c AddressChange) {
	t.Helper()
	if _, err := h.ask(t, c); err != nil {
		t.Fatal(err)
	}
}

// told returns the letter to the address from before.
func told() mail.Order { return mail.NewOrder(mail.AddressChanged, "", i18n.English, noon) }

func (h *harness) mustConfirmChange(t *testing.T, c AddressChange, now time.Time) {
	t.Helper()
	if err := h.ConfirmAddressChange(t.Context(), c.Selector, "email", told(), now); err != nil {
		t.Fatal(err)
	}
}

// onlyChange returns the only open change of an address.
func (h *harness) onlyChange(t *testing.T, address string) AddressChange {
	t.Helper()
	all, err := h.OpenAddressChanges(t.Context(), address)
	if err != nil || len(all) != 1 {
		t.Fatalf("the open changes are %+v, %v, want one", all, err)
	}
	return all[0]
}

func (h *harness) wantChange(t *testing.T, selector string, want ChangeState) {
	t.Helper()
	c, err := h.AddressChangeBySelector(t.Context(), selector)
	if err != nil || c.State != want || want != ChangeOpen && (c.To != "" || c.CodeHash != "") {
		t.Errorf("the change is %+v, %v, want %s", c, err, want)
	}
}

// wantLetters wants so many letters of one kind to wait for an address.
func (h *harness) wantLetters(t *testing.T, kind mail.Kind, to string, want int) {
	t.Helper()
	all, err := mail.LettersTo(t.Context(), h.file, h.ring, to)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, l := range all {
		if l.Kind == kind && l.State == mail.Queued {
			n++
		}
	}
	if n != want {
		t.Errorf("%d letters %s wait for %s, want %d", n, kind, to, want)
	}
}

// TestANewerChangeIsInThePlaceOfAnOlder whose letter is not sent any more.
func TestANewerChangeIsInThePlaceOfAnOlder(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", nil)
	zoe := h.members(t)[0].ID
	older, newer := newChange(zoe, "zoe@example.ca", "wrong@example.ca"), newChange(zoe, "zoe@example.ca", "right@example.ca")
	h.mustAsk(t, older)
	h.mustAsk(t, newer)
	h.wantChange(t, older.Selector, ChangeSuperseded)
	h.wantChange(t, newer.Selector, ChangeOpen)
	h.wantLetters(t, mail.NewAddress, "wrong@example.ca", 0)
	h.wantLetters(t, mail.NewAddress, "right@example.ca", 1)
	h.mustConfirmChange(t, older, noon)
	if got := h.members(t)[0].Email; got != "zoe@example.ca" {
		t.Errorf("the older change gave the member %s", got)
	}
	h.wantNowhere(t, "wrong@example.ca", "right@example.ca")
}

// TestAChangeIsDoneOnceOfManyTimes and letters that wait follow the member.
func TestAChangeIsDoneOnceOfManyTimes(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", form.Answers{"email": {"zoe@example.ca"}})
	c := newChange(h.members(t)[0].ID, "zoe@example.ca", "new@example.ca")
	h.mustAsk(t, c)
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			if err := h.ConfirmAddressChange(t.Context(), c.Selector, "email", told(), noon.Add(time.Hour)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	h.wantChange(t, c.Selector, ChangeDone)
	h.wantMember(t, "new@example.ca", form.Answers{"email": {"new@example.ca"}})
	h.wantLetters(t, mail.AddressChanged, "zoe@example.ca", 1)
	h.wantLetters(t, mail.Welcome, "zoe@example.ca", 0)
	h.wantLetters(t, mail.Welcome, "new@example.ca", 1)
}

// TestAChangeThatIsOverChangesNothing and its address goes by the hourly job.
func TestAChangeThatIsOverChangesNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", nil)
	c := newChange(h.members(t)[0].ID, "zoe@example.ca", "new@example.ca")
	h.mustAsk(t, c)
	h.mustConfirmChange(t, c, c.EndsAt)
	if got := h.members(t)[0].Email; got != "zoe@example.ca" {
		t.Errorf("after its time the change gave the member %s", got)
	}
	if err := h.ClearAddressChanges(t.Context(), c.EndsAt.Add(-time.Second)); err != nil || h.onlyChange(t, "zoe@example.ca").To != "new@example.ca" {
		t.Errorf("before its time the change was cleared, %v", err)
	}
	if err := h.ClearAddressChanges(t.Context(), c.EndsAt); err != nil {
		t.Fatal(err)
	}
	if got, err := h.AddressChangeBySelector(t.Context(), c.Selector); err != nil || got.To != "" || got.CodeHash != "" {
		t.Errorf("after its time the change is %+v, %v", got, err)
	}
	if err := h.ClearAddressChanges(t.Context(), c.EndsAt.Add(keepChange)); err != nil || h.count(t, `SELECT count(*) FROM address_changes`) != 0 {
		t.Errorf("a year later the change is still there, %v", err)
	}
}

// TestErasingEndsAChange with the member, or with the address that was to be theirs.
func TestErasingEndsAChange(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "zoe@example.ca", nil)
	c := newChange(h.members(t)[0].ID, "zoe@example.ca", "new@example.ca")
	h.mustAsk(t, c)
	if _, err := h.Erase(t.Context(), "NEW@example.ca", noon); err != nil {
		t.Fatal(err)
	}
	h.wantChange(t, c.Selector, ChangeWithdrawn)
	h.wantLetters(t, mail.NewAddress, "new@example.ca", 0)
	again := newChange(c.Member, "zoe@example.ca", "new@example.ca")
	h.mustAsk(t, again)
	if _, err := h.Erase(t.Context(), "zoe@example.ca", noon); err != nil {
		t.Fatal(err)
	}
	if n := h.count(t, `SELECT count(*) FROM address_changes`); n != 0 {
		t.Errorf("%d changes are still there without the member", n)
	}
	h.wantLetters(t, mail.NewAddress, "new@example.ca", 0)
}
